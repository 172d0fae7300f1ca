"""Settings of the room `websub`."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSubSettings:
    """Being told of news instead of asking for it, and telling others."""

    subscribe: bool = setting(True, "Let the hubs that feeds name tell us of news. Needs an address where they reach us.")
    callback_base: str = setting("", "Where hubs reach our server, e.g. https://news.example/; empty: publish.base_url, if that is a public address.")
    max_subscribers: int = setting(10_000, "Subscriptions that our own hub keeps, in all.", low=1, high=1_000_000)
    max_subscribers_per_host: int = setting(1_000, "Subscriptions that our own hub keeps for one host of callbacks.", low=1, high=1_000_000)


def callback_base(settings: WebSubSettings, published_at: str) -> str | None:
    """Where hubs reach us, ending in a slash; None when we cannot be reached or do not want to be.

    *published_at* is `publish.base_url`. It is taken only where its host could be found from outside: a hub asked to call
    `http://localhost:8000/` would be troubled for nothing. What the operator writes into `websub.callback_base` is taken as it is.
    """
    if not settings.subscribe:
        return None
    base = settings.callback_base or (published_at if _is_public(published_at) else "")
    return f"{base.rstrip('/')}/" if base else None


def _is_public(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".lan", ".home.arpa"))
