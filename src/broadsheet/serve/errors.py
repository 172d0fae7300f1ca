"""Which error becomes which status, and what the reader then sees: a page that says nothing of the request."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from broadsheet.errors import BroadsheetError, StoreError, UnknownSource, UsageError
from broadsheet.observe import log
from broadsheet.publish.site import Site, error_page
from broadsheet.serve.answers import HTML
from broadsheet.serve.guard import security_headers

STATUS: Mapping[type[BroadsheetError], int] = {
    UsageError: 400,
    UnknownSource: 404,
    StoreError: 503,  # its file is locked, damaged or gone: not the reader's doing, and perhaps over soon
    BroadsheetError: 500,
}

RETRY_SECONDS = 60


def status_of(error: BroadsheetError) -> int:
    """The status for *error*: that of its nearest kind in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def error_answer(site: Site, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The error page for *status*. It bears the security headers itself, since errors of the server pass outside its guard."""
    said = {**security_headers(site), "Cache-Control": "no-store", **(headers or {})}
    if status == 503:
        said["Retry-After"] = str(RETRY_SECONDS)
    return Response(error_page(site, status), status, said, HTML)


def exception_handlers(site: Site) -> dict[int | type[Exception], ExceptionHandler]:
    """What Starlette does with what an endpoint raises. Anything else than our own errors goes on to the server's log as well."""

    def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return error_answer(site, error.status_code, error.headers)

    def of_ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, BroadsheetError)
        status = status_of(error)
        if status >= 500:
            log("serve").error("%s", error)
        return error_answer(site, status)

    def of_anything(request: Request, error: Exception) -> Response:
        return error_answer(site, 500)

    return {HTTPException: of_http, BroadsheetError: of_ours, Exception: of_anything}
