"""Old addresses of ours lead to the new one, so that nobody's subscription ends when a host or a folder changes."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send


class Moved:
    """Answers 301 to requests below one of the *old* base URLs; all others go on to *app*.

    301 and not 302: feed readers take the new address over. Where both bases are on one host, only an old folder can be told from
    the new one; that the request came to the whole host says nothing then.
    """

    def __init__(self, app: ASGIApp, *, old: Sequence[str], new: str) -> None:
        self._app = app
        self._new = f"{new.rstrip('/')}/" if new else ""
        self._old = [(urlsplit(url).hostname or "", _folder(url)) for url in old]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        target = self._target(Request(scope)) if scope["type"] == "http" and self._old and self._new else None
        app = Response(status_code=301, headers={"Location": target, "Cache-Control": "max-age=86400"}) if target else self._app
        await app(scope, receive, send)

    def _target(self, request: Request) -> str | None:
        """Where the request belongs now, None if it is at the right place."""
        host, path = _name_asked(request), request.scope.get("raw_path", b"").decode("latin-1") or request.url.path
        for old_host, folder in self._old:
            if host == old_host and path.startswith(folder) and not self._is_new(host, path, folder):
                query = f"?{request.url.query}" if request.url.query else ""
                return f"{self._new}{path[len(folder) :]}{query}"
        return None

    def _is_new(self, host: str, path: str, folder: str) -> bool:
        """Whether the request may as well have come to the new base."""
        new_folder = _folder(self._new)
        return host == urlsplit(self._new).hostname and (folder == "/" or (path.startswith(new_folder) and len(new_folder) > len(folder)))


def _folder(url: str) -> str:
    return f"{urlsplit(url).path.rstrip('/')}/"


def _name_asked(request: Request) -> str:
    """The host of the request without its port, as the bases' hosts are compared."""
    host = request.headers.get("host", "").lower()
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0].rstrip(".")
