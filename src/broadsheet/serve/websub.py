"""The addresses of WebSub: where hubs call us back, and where our own hub takes subscriptions.

A delivery is in the store before it is answered with 2xx; whoever runs the engine takes it in. What is asked of our hub is answered at once
and verified by the engine. Answers are a line of plain text for another machine's log.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from broadsheet.config import Settings
from broadsheet.errors import UnknownSource
from broadsheet.fetch.client import exchange_id
from broadsheet.model import Exchange, Headers, Intent, Subscription
from broadsheet.observe import log
from broadsheet.serve.published import reach_of
from broadsheet.serve.rates import Rate
from broadsheet.store import Store
from broadsheet.urls import host_of
from broadsheet.websub import Refusal, judge_push, read_request
from broadsheet.websub.config import callback_base
from broadsheet.websub.hub import MOST_FORM_BYTES, OWN
from broadsheet.websub.offer import linked
from broadsheet.websub.subscription import confirmed, given_up

REQUESTS_A_MINUTE = 300
"""Of one client at our hub: a reader that takes up all feeds of a large site at once needs some hundred."""
BODY_SECONDS = 30
LONGEST_CHALLENGE = 4096
RETRY_SECONDS = 3600
_KEPT = ("content-type", "link", "x-hub-signature")


class WebSubDoors:
    """The endpoints. *now* is the clock."""

    def __init__(self, store: Store, settings: Settings, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._rate = Rate(per_minute=REQUESTS_A_MINUTE, clock=time.monotonic)

    def routes(self) -> list[Route]:
        """Those that the settings ask for."""
        publish = self._settings.publish
        called_back = callback_base(self._settings.websub, publish.base_url) is not None
        callbacks = [Route("/websub/{token}", self.callback, methods=["GET", "POST"])] if called_back else []
        return callbacks + ([Route("/hub", self.hub, methods=["POST"])] if publish.hub == OWN and publish.base_url else [])

    async def callback(self, request: Request) -> Response:
        """What a hub says to us: POST brings news, GET asks whether we want them."""
        known = await run_in_threadpool(self._store.subscription_by_token, request.path_params["token"])
        if known is None:
            return _said(404, "no such subscription")
        if request.method == "POST":
            return await self._delivery(known, request)
        return await run_in_threadpool(self._verification, known, request.query_params) if request.method == "GET" else _said(405, "GET or POST")

    async def hub(self, request: Request) -> Response:
        """What somebody asks of our own hub: taken with 202, and verified at their callback before anything comes of it."""
        if wait := self._rate.wait(request.client.host if request.client else ""):
            return _said(429, "too many requests", {"Retry-After": str(int(wait) + 1)})
        body = await _body(request, limit=MOST_FORM_BYTES)
        if isinstance(body, Response):
            return body
        asked = read_request(body, now=self._now())
        if isinstance(asked, Refusal):
            return _said(asked.status, asked.said)
        published = reach_of(request.app, self._store, self._settings).published
        if asked.mode == "subscribe" and (published is None or await published.feed(asked.topic_url) is None):
            return _said(404, "hub.topic is no feed of this site")
        return await run_in_threadpool(self._take, asked)

    def _verification(self, known: Subscription, query: Mapping[str, str]) -> Response:
        mode, topic, challenge = (query.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge"))
        if mode == "denied" and topic == known.topic_url:
            why = f"the hub refused: {query.get('hub.reason', '')[:200]}".rstrip(": ")
            self._store.change_subscription(
                known.source_id, lambda held: given_up(held, why, self._now()) if _is_same(held, known) and held else held
            )
            return _said(200, "so be it")
        lease = query.get("hub.lease_seconds", "")
        seconds = int(lease) if lease.isascii() and lease.isdecimal() and len(lease) < 12 else None

        def change(held: Subscription | None) -> Subscription | None:
            wanted = held if _is_same(held, known) else None
            return (wanted and confirmed(wanted, topic=topic, lease_seconds=seconds, now=self._now())) or held

        is_ours = mode == "subscribe" and confirmed(known, topic=topic, lease_seconds=seconds, now=self._now()) is not None
        if not is_ours or not challenge or len(challenge) > LONGEST_CHALLENGE:
            return _said(404, "this was not asked for")
        self._store.change_subscription(known.source_id, change)
        return _said(200, challenge)

    async def _delivery(self, known: Subscription, request: Request) -> Response:
        body = await _body(request, limit=self._settings.fetch.max_feed_bytes)
        return body if isinstance(body, Response) else await run_in_threadpool(self._file, known, body, request)

    def _file(self, known: Subscription, body: bytes, request: Request) -> Response:
        """Keep what came. A forged delivery is answered like any other, so that whoever forged it learns nothing (WebSub, section 8)."""
        try:
            self._store.source(known.source_id)
        except UnknownSource:
            return _said(410, "not wanted any more")
        headers = Headers.of((name, value) for name, value in request.headers.items() if name in _KEPT)
        verdict = judge_push(
            known, body=body, signature=headers.get("x-hub-signature"), content_type=headers.get("content-type") or "",
            self_urls=linked(headers, "self", url=known.topic_url),
        )  # fmt: skip
        now = self._now()
        if verdict == "news":
            self._store.keep_push(known.source_id, now, _exchange(known, body, headers, now))
        elif verdict == "hint":
            self._store.keep_push(known.source_id, now)
        else:
            log("serve").warning("a delivery for %s with a wrong signature was dropped", known.source_id)
        return _said(202, "thank you")

    def _take(self, asked: Intent) -> Response:
        is_known = self._store.subscriber(asked.id) is not None
        if asked.mode == "subscribe" and not is_known and (full := self._is_full(asked)):
            return _said(503, full, {"Retry-After": str(RETRY_SECONDS)})
        if asked.mode == "subscribe" or is_known:  # of an unknown subscription there is nothing to end, and nobody to ask
            self._store.put_intent(asked)
        return _said(202, "to be verified")

    def _is_full(self, asked: Intent) -> str | None:
        """Why there is no room for one more, or None."""
        limits, host = self._settings.websub, host_of(asked.callback_url)
        if self._store.count_subscribers() >= limits.max_subscribers:
            return "this hub has as many subscribers as it takes"
        if self._store.count_subscribers(host) >= limits.max_subscribers_per_host:
            return "this hub has as many subscribers at that host as it takes"
        return None


def _is_same(held: Subscription | None, known: Subscription) -> bool:
    """Whether it is still the subscription that was called back."""
    return held is not None and held.token == known.token


async def _body(request: Request, *, limit: int) -> bytes | Response:
    """The body, or the answer to one that is too long or too slow."""
    kept = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                kept += piece
                if len(kept) > limit:
                    return _said(413, f"more than {limit} bytes")
    except TimeoutError:
        return _said(408, "too slow")
    except ClientDisconnect:
        return _said(400, "broken off")
    return bytes(kept)


def _exchange(known: Subscription, body: bytes, headers: Headers, now: datetime) -> Exchange:
    """What was delivered, in the form in which what was fetched is filed."""
    topic = known.topic_url
    return Exchange(
        id=exchange_id(now, random.SystemRandom()), url=topic, final_url=topic, status=200, headers=headers, body=body, fetched_at=now
    )  # fmt: skip


def _said(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(words, status, {"Cache-Control": "no-store", **(headers or {})})
