"""Settings of the room `alerts`."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsSettings:
    """Where the operator is told that a source broke, and how."""

    webhooks: tuple[str, ...] = setting((), "Addresses that a message is posted to; empty: none.", secret=True)
    webhook_format: str = setting("json", "What is posted: a JSON document, or plain text as ntfy takes it.", choices=("json", "text"))
    webhook_secret: str = setting("", "Signs what is posted with HMAC-SHA256, in X-Broadsheet-Signature; empty: not signed.", secret=True)
    mail_to: tuple[str, ...] = setting((), "Addresses that a message is mailed to; empty: none.")
    mail_from: str = setting("", "The sender of mails; empty: the first of mail_to.")
    smtp_host: str = setting("localhost", "The mail server.")
    smtp_port: int = setting(587, "Port of the mail server.", low=1, high=65_535)
    smtp_tls: str = setting(
        "starttls",
        "How the connection is secured: by STARTTLS (port 587), from the start (tls, 465), or not at all.",
        choices=("starttls", "tls", "none"),
    )
    smtp_user: str = setting("", "The name to log in with; empty: no login.")
    smtp_password: str = setting("", "The password to log in with.", secret=True)
    timeout: float = setting(20.0, "Longest time for handing over one message.", unit="seconds", low=1, high=300)
    gather: float = setting(10.0, "How long troubles are gathered, so that many at once make one message.", unit="minutes", low=0, high=1440)
    ends: bool = setting(True, "Whether a message also says that a trouble is over.")
