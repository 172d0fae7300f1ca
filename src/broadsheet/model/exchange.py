"""Requests and what came of them: exchanges, validators, outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

RequestKind = Literal["feed", "page", "image", "robots", "sitemap", "callback"]
"""A callback is an address that somebody gave us to confirm something: asked as it is written, or not at all."""


@dataclass(frozen=True, slots=True)
class Headers:
    """Response headers as sent: order and repeats kept, names compared without case."""

    items: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Headers:
        return cls(tuple((str(name), str(value)) for name, value in pairs))

    def get(self, name: str) -> str | None:
        """The first value of a header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.items if key.lower() == wanted), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a header, in order."""
        wanted = name.lower()
        return tuple(value for key, value in self.items if key.lower() == wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """`ETag` and `Last-Modified` byte for byte as the server sent them."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to ask for. *referer* is sent only when given (pictures behind hotlink protection)."""

    url: str
    kind: RequestKind = "page"
    validators: Validators | None = None
    validators_url: str | None = None  # the URL that gave them, if a redirect led there; None: *url* itself
    referer: str | None = None
    headers: tuple[tuple[str, str], ...] = ()  # what an operator gave a source: cookies of a subscription
    feed_id: str | None = None  # the source on whose behalf we ask: named to the server, so that its operator can tell our requests apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. *body* is without its content encoding, never larger than the limit for its kind."""

    id: str
    url: str  # as asked
    final_url: str  # after redirects
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    permanent_url: str | None = None  # where an unbroken chain of 301/308 leads, None if there was none
    asked_to_wait: timedelta | None = None  # the longest Retry-After of the answer and of the redirects before it; not kept in the store

    @property
    def content_type(self) -> str | None:
        return self.headers.get("content-type")

    @property
    def validators(self) -> Validators:
        return Validators(etag=self.headers.get("etag"), last_modified=self.headers.get("last-modified"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A usable answer: status 200 to 299 with its whole body."""

    exchange: Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """304: what we have is current. *headers* may renew validators and freshness."""

    url: str
    headers: Headers = field(default_factory=Headers)
    permanent_url: str | None = None  # as of an `Exchange`
    asked_to_wait: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """We chose not to ask, or not to go on: robots.txt, a special address, too many redirects, too large."""

    url: str
    reason: str
    cause: Literal["robots", "address", "too-large", "redirects", "scheme", "bad-url"] = "robots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No usable answer. *status* is None when there was no HTTP answer at all (DNS, TLS, time-out, broken off)."""

    url: str
    reason: str
    status: int | None = None
    retry_after: timedelta | None = None
    retry: bool = True  # may a later attempt differ? (False for 404, 410 …)
    unreachable: bool = False  # no connection was made: nothing else at the host can be had either


Outcome = Fetched | Unchanged | Declined | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The answer to something we sent, whatever its status. *body* is as it came, and cut where a machine's answer would have ended."""

    status: int
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


PostOutcome = Posted | Declined | Failed
