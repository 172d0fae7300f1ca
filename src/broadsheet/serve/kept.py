"""Our copies of pictures over HTTP: `/pictures/<digest>.<type>`, as `images.… = stored` names them."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from broadsheet.model import KnownPicture
from broadsheet.publish.addresses import kept_file
from broadsheet.publish.http import http_date, is_unchanged
from broadsheet.serve.ranges import part_of
from broadsheet.store import Store

MAX_AGE = 30 * 86_400
"""Seconds. A copy stays as it was first kept; it can only be dropped."""

_NAME = re.compile(r"([0-9a-f]{32})\.([a-z]{3,4})")


class KeptPictures:
    """The endpoint. *elsewhere* gives the address of a picture of which there is no copy, or none any more."""

    def __init__(self, store: Store, *, elsewhere: Callable[[str], str]) -> None:
        self._store = store
        self._elsewhere = elsewhere

    def routes(self) -> list[Route]:
        return [Route("/pictures/{name}", self.picture)]

    def picture(self, request: Request) -> Response:
        """The bytes as the publisher sent them; never SVG, which `kept_file` gives no name."""
        name = _NAME.fullmatch(request.path_params["name"])
        known = self._store.picture_under(name[1]) if name else None
        if known is None:
            raise HTTPException(404)
        body = self._bytes(known, request.path_params["name"])
        if body is None:
            return RedirectResponse(self._elsewhere(known.url), 302, {"Cache-Control": "no-store"})
        return _sent(request, known, body)

    def _bytes(self, known: KnownPicture, name: str) -> bytes | None:
        if kept_file(known) != name or known.original is None:
            return None
        return self._store.original_bytes(known.original.hash)


def _sent(request: Request, known: KnownPicture, body: bytes) -> Response:
    assert known.original is not None, "only kept pictures have bytes"
    etag = f'"{known.original.hash[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Broadsheet-Image": "archived",
    }
    if known.fetched_at is not None:
        headers["Last-Modified"] = http_date(known.fetched_at)
    asked = request.headers
    if is_unchanged(asked.get("if-none-match"), asked.get("if-modified-since"), etag=etag, modified=known.fetched_at):
        return Response(status_code=304, headers=headers)
    part = part_of(len(body), asked.get("range"), if_range=asked.get("if-range"), etag=etag)
    if part is None:
        return Response(body, headers=headers, media_type=known.original.media_type)
    status = 206 if part.is_satisfiable else 416
    return Response(body[part.start : part.end], status, headers | {"Content-Range": part.content_range}, known.original.media_type)
