"""Alerts to a webhook on loopback."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from broadsheet.alerts import AlertsSettings, channels
from broadsheet.alerts.message import messages
from broadsheet.errors import AlertNotSent, ConfigError
from broadsheet.fetch import Client
from broadsheet.fetch.config import FetchSettings
from broadsheet.model import Incident, Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(id="paper", kind="feed", url="https://p.example/feed", title="The <!channel> Paper", home_url="https://p.example/", added_at=NOON)
INCIDENT = Incident(id="i1", source_id="paper", kind="failing", opened_at=NOON, said="No answer.", do="Look at it.", detail="500")
(MESSAGE,) = messages([INCIDENT], [], {"paper": SOURCE}, our_urls={"paper": "https://me.example/sources/paper/"})


def send(url: str, **more: object) -> None:
    async def sent() -> None:
        async with Client(FetchSettings(host_delay=0, timeout=5)) as client:
            (way,) = channels(AlertsSettings(webhooks=(url,), **more), client.post)  # type: ignore[arg-type]
            await way.send(MESSAGE, NOON)

    asyncio.run(sent())


def test_the_document_says_everything_to_a_program(hook):
    send(hook.url)
    document = json.loads(hook.bodies[0])
    assert (document["event"], document["sent_at"]) == ("opened", "2026-03-01T12:00:00+00:00")
    assert document["incidents"] == [
        {
            "id": "i1", "source": "paper", "title": "The <!channel> Paper", "kind": "failing", "said": "No answer.", "do": "Look at it.",
            "detail": "500", "opened_at": "2026-03-01T12:00:00+00:00", "closed_at": None,
            "urls": {"home": "https://p.example/", "ours": "https://me.example/sources/paper/"},
        }
    ]  # fmt: skip


def test_chat_tools_find_a_text_that_rings_for_nobody(hook):
    send(hook.url)
    text = json.loads(hook.bodies[0])["text"]
    assert "No answer." in text
    assert "<!channel>" not in text


def test_plain_text_is_for_people(hook):
    send(hook.url, webhook_format="text")
    assert hook.headers[0]["Content-Type"].startswith("text/plain")
    assert hook.bodies[0].decode().startswith(MESSAGE.subject + "\n\n")


def test_a_secret_signs_the_very_bytes(hook):
    send(hook.url, webhook_secret="k3y")
    expected = "sha256=" + hmac.new(b"k3y", hook.bodies[0], hashlib.sha256).hexdigest()
    assert hook.headers[0]["X-Broadsheet-Signature"] == expected


def test_without_a_secret_nothing_is_signed(hook):
    send(hook.url)
    assert "X-Broadsheet-Signature" not in hook.headers[0]


def test_a_refusal_is_an_error_that_keeps_the_address_secret(hook):
    hook.status = 403
    with pytest.raises(AlertNotSent, match="answered 403") as caught:
        send(hook.url)
    assert "s3cret" not in str(caught.value)


def test_an_address_that_nobody_answers_at_stays_secret_too():
    with pytest.raises(AlertNotSent) as caught:
        send("http://127.0.0.1:1/services/s3cret")
    assert "s3cret" not in str(caught.value)


def test_a_redirect_is_not_followed(hook):
    hook.status = 302
    with pytest.raises(AlertNotSent, match="302"):
        send(hook.url)


def test_what_is_no_address_is_refused_without_being_repeated():
    with pytest.raises(ConfigError) as caught:
        send("hooks/s3cret")
    assert "s3cret" not in str(caught.value)
