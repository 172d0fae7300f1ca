"""What stands before every answer: security headers, and a check of the name we are asked for."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from broadsheet.publish.site import Site, content_security_policy, error_page

LOOPBACK_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))


def security_headers(site: Site) -> dict[str, str]:
    """The headers every answer bears, whatever it is."""
    headers = {
        "Content-Security-Policy": content_security_policy(site),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    }
    return headers | ({"X-Robots-Tag": "noindex"} if site.noindex else {})


def is_loopback(host: str) -> bool:
    """Whether listening at *host* means being reachable from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """Puts the security headers on every answer, and refuses names that are not ours.

    *names* are the hosts we answer to, None: any. A server on loopback answers only to loopback names: else a page of a stranger, whose
    name is made to resolve to 127.0.0.1, could read a private archive with the visitor's own browser (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, site: Site, names: Collection[str] | None = None) -> None:
        self._app = app
        self._site = site
        self._headers = security_headers(site)
        self._names = None if names is None else frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._app if self._knows(Headers(scope=scope).get("host", "")) else Response(error_page(self._site, 421), 421, media_type="text/html")
        await app(scope, receive, send_guarded)

    def _knows(self, host: str) -> bool:
        return self._names is None or _without_port(host).lower() in self._names


def _without_port(host: str) -> str:
    """`[::1]:8000` is `::1`, `localhost:8000` is `localhost`."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".")
