"""Messages to webhooks: as JSON that chat tools take too, or as plain text."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Protocol

from broadsheet.alerts.message import Message, Trouble
from broadsheet.errors import AlertNotSent
from broadsheet.model import Posted, PostOutcome

SIGNATURE = "X-Broadsheet-Signature"
Format = Literal["json", "text"]

_ADDRESS = re.compile(r"(https?://[^/\s?#]+)[^\s,;]*")  # beyond its host it is mostly a secret
_MARKUP = re.compile(r"[<>]")


class Post(Protocol):
    """What sends: `fetch.Client.post`, with leave for a private address that the operator wrote down."""

    async def __call__(
        self, url: str, body: bytes, *, media_type: str, headers: tuple[tuple[str, str], ...] = (), exempt: bool = False
    ) -> PostOutcome: ...


class Webhook:
    """One address. Its name tells it from others without telling the address, which is often a secret."""

    def __init__(self, url: str, post: Post, *, format: Format = "json", secret: str = "") -> None:
        self.name = f"webhook {hashlib.sha256(url.encode()).hexdigest()[:8]}"
        self._url = url
        self._post = post
        self._format = format
        self._secret = secret

    async def send(self, message: Message, now: datetime) -> None:
        """Post *message*. Raises AlertNotSent unless it is answered with success."""
        body = json_body(message, now) if self._format == "json" else text_body(message)
        media_type = "application/json" if self._format == "json" else "text/plain; charset=utf-8"
        headers = ((SIGNATURE, signature(body, self._secret)),) if self._secret else ()
        answer = await self._post(self._url, body, media_type=media_type, headers=headers, exempt=True)
        if not isinstance(answer, Posted):
            raise AlertNotSent(self.name, _ADDRESS.sub(r"\1/…", answer.reason), do="Look at alerts.webhooks")
        if not answer.is_success:
            raise AlertNotSent(self.name, f"answered {answer.status}", do="Look at alerts.webhooks, and at what it says itself")


def json_body(message: Message, now: datetime) -> bytes:
    """The document: what happened, when it was sent, each incident, and all of it as `text` for chat tools."""
    incidents = [_incident(one) for one in message.troubles]
    document = {
        "event": message.event,
        "sent_at": now.isoformat(timespec="seconds"),
        "subject": message.subject,
        "text": _unmarked(f"{message.subject}\n{message.text}"),
        "incidents": incidents,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def text_body(message: Message) -> bytes:
    """The same for people: the subject, then the rest."""
    return f"{message.subject}\n\n{message.text}\n".encode()


def signature(body: bytes, secret: str) -> str:
    """What a receiver computes over the body's bytes to know that they are ours."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _incident(trouble: Trouble) -> Mapping[str, Any]:
    one = trouble.incident
    return {
        "id": one.id,
        "source": one.source_id if one.kind != "outage" else None,
        "title": trouble.title,
        "kind": one.kind,
        "said": one.over if one.closed_at else one.said,
        "do": "" if one.closed_at else one.do,
        "detail": one.detail,
        "opened_at": one.opened_at.isoformat(timespec="seconds"),
        "closed_at": one.closed_at.isoformat(timespec="seconds") if one.closed_at else None,
        "urls": {"home": trouble.home_url, "ours": trouble.our_url},
    }


def _unmarked(text: str) -> str:
    """Without the brackets by which Slack is told to ring for everybody: titles and errors are others' words."""
    return _MARKUP.sub(lambda found: "‹" if found[0] == "<" else "›", text)
