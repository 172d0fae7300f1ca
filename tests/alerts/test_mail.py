"""Alerts by mail, to a mail server on loopback."""

from __future__ import annotations

import asyncio
import base64
import socket
from datetime import UTC, datetime

import pytest

from broadsheet.alerts import AlertsSettings, Message
from broadsheet.alerts.mail import Mail
from broadsheet.errors import AlertNotSent, ConfigError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MESSAGE = Message(event="opened", subject="Broadsheet: Café 新闻: failing", text="No answer – 无\n.\nLook at it.")
LOGIN = base64.b64encode(b"\0ada\0s3cret").decode()


def settings(port: int, **more: object) -> AlertsSettings:
    given = {"smtp_tls": "none", "mail_to": ("op@paper.example",), "timeout": 5.0, **more}
    return AlertsSettings(smtp_host="127.0.0.1", smtp_port=port, **given)  # type: ignore[arg-type]


def send(port: int, **more: object) -> None:
    asyncio.run(Mail(settings(port, **more)).send(MESSAGE, NOON))


def test_a_message_arrives_with_its_words_as_they_are(mail_server):
    server = mail_server()
    send(server.port)
    (letter,) = server.letters
    assert letter["Subject"] == MESSAGE.subject
    assert letter.get_content().replace("\r\n", "\n").strip() == MESSAGE.text


def test_it_goes_to_everybody_named_from_whom_the_settings_say(mail_server):
    server = mail_server()
    send(server.port, mail_to=("a@x.example", "b@y.example"), mail_from="news@z.example")
    assert server.receivers == ["a@x.example", "b@y.example"]
    assert server.letters[0]["From"] == "news@z.example"


def test_it_is_marked_as_written_by_a_machine(mail_server):
    server = mail_server()
    send(server.port)
    assert server.letters[0]["Auto-Submitted"] == "auto-generated"


def test_a_login_is_used_when_there_is_one(mail_server):
    server = mail_server(login=LOGIN)
    send(server.port, smtp_user="ada", smtp_password="s3cret")
    assert len(server.letters) == 1


def test_a_refused_login_is_told_without_the_password(mail_server):
    server = mail_server(login="other")
    with pytest.raises(AlertNotSent, match="refuses the login") as caught:
        send(server.port, smtp_user="ada", smtp_password="s3cret")
    assert "s3cret" not in str(caught.value)
    assert LOGIN not in str(caught.value)


def test_a_letter_that_is_not_taken_is_an_error(mail_server):
    server = mail_server(refuses="RCPT")
    with pytest.raises(AlertNotSent, match="none of the receivers"):
        send(server.port)


def test_a_server_that_is_not_there_is_an_error():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(AlertNotSent, match="cannot be used"):
        send(port)


def test_without_starttls_on_offer_nothing_is_sent(mail_server):
    server = mail_server()
    with pytest.raises(AlertNotSent):
        send(server.port, smtp_tls="starttls", smtp_user="ada", smtp_password="s3cret")
    assert server.letters == []
    assert not any(line.startswith("AUTH") for line in server.said)


@pytest.mark.parametrize("address", ["nobody", "a@b\r\nBcc: c@d.example", "@x.example", "Ada <a@x.example>"])
def test_what_is_no_address_is_refused_by_name(address):
    with pytest.raises(ConfigError, match=r"alerts\.mail_to"):
        Mail(settings(25, mail_to=(address,)))
