"""Following redirects by hand, since every hop is a request of its own: guarded, queued, and told only what is its business."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from aiohttp import CookieJar
from yarl import URL

from broadsheet.fetch.target import Target, read_target, without_login
from broadsheet.fetch.wire import Answer
from broadsheet.model import Declined, Request
from broadsheet.urls import join

_STATUSES = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


def is_redirect(answer: Answer) -> bool:
    """Whether *answer* sends us elsewhere. One that does not say where is no redirect but a failure."""
    return answer.status in _STATUSES and bool(_location(answer))


class Chain:
    """The hops of one request: where it stands, where it has been, and the cookies set on the way.

    The cookies live no longer than this: consent pages set one and send the visitor back, and would do so for ever without it.
    Raises UsageError if the request's URL cannot be read. Must be made inside a running event loop.
    """

    def __init__(self, request: Request, *, limit: int) -> None:
        self._request = request
        self._limit = limit
        self._jar = CookieJar(unsafe=True)  # "unsafe" lets hosts that are numbers have cookies too
        self._seen: set[tuple[str, str]] = set()
        self._is_permanent = True
        self._hops = 0
        self.asked_to_wait: timedelta | None = None  # the longest that any answer on the way asked for
        self.url = without_login(request.url)
        self.target = read_target(request.url)
        self._first = self.target
        self._came_from: Target | None = None
        self._validated = read_target(request.validators_url).url if request.validators_url else self.target.url

    @property
    def cookies(self) -> str:
        """What to send as Cookie to where we stand."""
        found = self._jar.filter_cookies(URL(self.target.url, encoded=True))
        return "; ".join(f"{cookie.key}={cookie.coded_value}" for cookie in found.values())

    @property
    def permanent_url(self) -> str | None:
        """Where we stand, if every hop that led here was a permanent one."""
        return self.target.url if self._hops and self._is_permanent else None

    @property
    def request(self) -> Request:
        """The request as this hop may see it.

        The operator's own headers stay at the host they were given for, and are not sent in the clear where they were meant
        to be encrypted; validators go only to the URL that gave them.
        """
        validators = self._request.validators if self.target.url == self._validated else None
        headers = self._request.headers if self._is_trusted(self.target) else ()
        return replace(self._request, validators=validators, headers=headers, referer=self._request.referer or self._referer)

    def heed(self, wait: timedelta | None) -> None:
        """Remember that an answer asked us to *wait* before we come again: a redirect may say so too (RFC 9110, section 10.2.3)."""
        if wait is not None:
            self.asked_to_wait = max(wait, self.asked_to_wait or wait)

    def follow(self, answer: Answer) -> Declined | None:
        """Go where the redirect *answer* points; what comes back says why we do not."""
        location = _location(answer)
        self._seen.add((self.target.url, self.cookies))
        self._jar.update_cookies(answer.cookies, URL(self.target.url, encoded=True))
        next_url = join(self.target.url, location)
        if next_url is None:
            return self._declined(f"it redirects to {without_login(location)[:200]!r}, which is no http address", cause="scheme")
        self._hops += 1
        self._came_from = self.target
        self._is_permanent = self._is_permanent and answer.status in _PERMANENT
        self.target = self._with_login(read_target(next_url))
        if (self.target.url, self.cookies) in self._seen:
            return self._declined(f"its redirects go round in circles, by {self.target.url}", cause="redirects")
        if self._hops > self._limit:
            return self._declined(f"it redirects more than {self._limit} times, at last to {self.target.url}", cause="redirects")
        return None

    @property
    def _referer(self) -> str | None:
        """For a picture, who sent us on: hosts of pictures that are shown by one site only want to hear it.

        As browsers shorten it: a whole address within one origin, the origin to another, nothing from https to http (RFC 9110, section 10.1.3).
        """
        before = self._came_from
        if before is None or self._request.kind != "image" or (before.scheme, self.target.scheme) == ("https", "http"):
            return None
        return before.url if before.origin == self.target.origin else before.origin

    def _is_trusted(self, target: Target) -> bool:
        return target.host == self._first.host and (target.scheme == "https" or self._first.scheme == "http")

    def _with_login(self, target: Target) -> Target:
        """*target* with the login the request came with, if it is for it; one that a redirect brings along is not used."""
        return replace(target, login=self._first.login if self._is_trusted(target) else None)

    def _declined(self, reason: str, *, cause: Literal["scheme", "redirects"]) -> Declined:
        return Declined(url=self.url, reason=reason, cause=cause)


def _location(answer: Answer) -> str:
    return (answer.headers.get("location") or "").strip()
