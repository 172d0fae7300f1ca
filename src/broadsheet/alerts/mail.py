"""Messages by e-mail, through the standard library's SMTP in a thread of its own."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from broadsheet.alerts.config import AlertsSettings
from broadsheet.alerts.message import Message
from broadsheet.errors import AlertNotSent, ConfigError


class Mail:
    """One mail server and those it is to reach. Raises ConfigError for addresses that are none."""

    name = "mail"

    def __init__(self, settings: AlertsSettings, *, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._tls = tls
        self._to = tuple(_address(one, "alerts.mail_to") for one in settings.mail_to)
        self._from = _address(settings.mail_from, "alerts.mail_from") if settings.mail_from else self._to[0]

    async def send(self, message: Message, now: datetime) -> None:
        """Hand *message* to the mail server. Raises AlertNotSent when it does not take it for any of the receivers."""
        await asyncio.to_thread(self._deliver, self.letter(message, now))

    def letter(self, message: Message, now: datetime) -> EmailMessage:
        """The mail: plain text, marked as sent by a machine, so that no holiday notice answers."""
        letter = EmailMessage()
        letter["Subject"] = message.subject
        letter["From"] = self._from
        letter["To"] = self._to
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = make_msgid(domain=self._from.domain)
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834
        letter.set_content(message.text)
        return letter

    def _deliver(self, letter: EmailMessage) -> None:
        where = f"mail server {self._settings.smtp_host}:{self._settings.smtp_port}"
        try:
            with self._connected() as server:
                if self._settings.smtp_user:
                    server.login(self._settings.smtp_user, self._settings.smtp_password)
                server.send_message(letter)
        except smtplib.SMTPAuthenticationError as error:  # its words may repeat what was sent: a password in base64
            raise AlertNotSent(where, "refuses the login", do="Look at alerts.smtp_user and alerts.smtp_password") from error
        except smtplib.SMTPResponseException as error:
            raise AlertNotSent(where, f"answered {error.smtp_code}", do="Look at the settings under [alerts]") from error
        except smtplib.SMTPRecipientsRefused as error:
            raise AlertNotSent(where, "takes mail for none of the receivers", do="Look at alerts.mail_to and alerts.mail_from") from error
        except (smtplib.SMTPException, OSError) as error:
            raise AlertNotSent(where, f"cannot be used: {error}", do="Look at alerts.smtp_host, smtp_port and smtp_tls") from error

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        context = self._tls or ssl.create_default_context()
        if settings.smtp_tls == "tls":
            return smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=settings.timeout, context=context)
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=settings.timeout)
        try:
            if settings.smtp_tls == "starttls":
                server.starttls(context=context)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server


def _address(text: str, key: str) -> Address:
    try:
        address = Address(addr_spec=text.strip())
    except (ValueError, IndexError, MessageError) as error:
        raise ConfigError(f"{key} = {text}", "is not a mail address", do="Write it as name@host.example") from error
    if not address.username or not address.domain:
        raise ConfigError(f"{key} = {text}", "is not a mail address", do="Write it as name@host.example")
    return address
