"""The ways to the operator, as the settings name them, and when one that failed is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Protocol

from broadsheet.alerts.config import AlertsSettings
from broadsheet.alerts.mail import Mail
from broadsheet.alerts.message import Message
from broadsheet.alerts.webhook import Post, Webhook
from broadsheet.errors import ConfigError
from broadsheet.urls import is_http

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=2)


class Channel(Protocol):
    """A way to the operator. *name* is the same at every start, and tells no secret."""

    name: str

    async def send(self, message: Message, now: datetime) -> None:
        """Hand *message* over. Raises AlertNotSent."""


def channels(settings: AlertsSettings, post: Post) -> tuple[Channel, ...]:
    """Every channel that is set up. Raises ConfigError for an address that is none."""
    for url in settings.webhooks:
        if not is_http(url):
            raise ConfigError("alerts.webhooks", "holds something that is no address", do="Write it as https://host.example/path")
    form: Literal["json", "text"] = "text" if settings.webhook_format == "text" else "json"
    hooks = tuple(Webhook(url, post, format=form, secret=settings.webhook_secret) for url in settings.webhooks)
    return (*hooks, Mail(settings)) if settings.mail_to else hooks


def pause_after(failures: int) -> timedelta:
    """How long a channel is left alone that has failed so often in a row: twice as long each time, two hours at most."""
    doublings = min(max(failures - 1, 0), 12)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
