"""The walk of a request: guard, robots.txt, queue, wire, and round again for every redirect."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from uuid import UUID

from broadsheet.errors import FetchError, RefusedAddress, TooLarge, Unreachable, UsageError
from broadsheet.fetch.config import FetchSettings
from broadsheet.fetch.guard import Guard, Lookup
from broadsheet.fetch.headers import post_headers, request_headers, user_agent
from broadsheet.fetch.hosts import Hosts, Visit
from broadsheet.fetch.redirects import Chain, is_redirect
from broadsheet.fetch.retry_after import retry_after
from broadsheet.fetch.robots import Robots
from broadsheet.fetch.target import Target, read_target, without_login
from broadsheet.fetch.trouble import TROUBLE, explain
from broadsheet.fetch.wire import Answer, Wire
from broadsheet.model import Declined, Exchange, Failed, Fetched, Outcome, Posted, PostOutcome, Request, Unchanged
from broadsheet.observe import log
from broadsheet.urls import host_of

MAX_AT_ONCE = 100  # requests on the wire, over all hosts; a process may hold 1,024 files on most systems
# What a host that answers 429 and does not say how long is given: feed readers that are never banned use ten minutes.
UNSAID_WAIT = timedelta(minutes=10)
# The server understood and means it: asking again later, unchanged, is noise.
_FINAL = frozenset({400, 401, 402, 404, 405, 406, 410, 414, 451})


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


class Client:
    """Asks for one URL at a time, as politely and carefully as the settings say.

    >>> async with Client(FetchSettings()) as client:
    ...     outcome = await client.get(Request(url="https://example.com/feed", kind="feed"))

    May be shared by any number of tasks; requests to different hosts run side by side. *now*, *sleep* (seconds), *lookup*
    (name and port to addresses) and *rng* stand for the outside world. *per_host* requests may be under way at one host at a time; more than one
    is for pictures that a person waits for. *image_delay* (seconds) is the pause between two pictures, None: that between two of
    anything. Raises ConfigError for settings that cannot work.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        now: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        lookup: Lookup | None = None,
        rng: random.Random | None = None,
        per_host: int = 1,
        image_delay: float | None = None,
    ) -> None:
        self._settings = settings
        self._now = now
        self._rng = rng or random.SystemRandom()
        self._agent = user_agent(settings)
        self._delay = timedelta(seconds=settings.host_delay)
        self._image_delay = self._delay if image_delay is None else timedelta(seconds=image_delay)
        self._guard = Guard(settings.private_hosts, proxied=bool(settings.proxy))
        self._wire = Wire(settings, self._guard, lookup=lookup)
        self._hosts = Hosts(now=now, sleep=sleep, at_once=per_host)
        self._robots = Robots(self.get, now=now)
        self._at_once = asyncio.Semaphore(MAX_AT_ONCE)

    async def __aenter__(self) -> Client:
        await self._wire.open()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._wire.close()

    async def get(self, request: Request) -> Outcome:
        """What came of *request*. Raises nothing that a network, a server or a URL found in a page could cause.

        URLs in the outcome are without user and password.
        """
        outcome = await self._outcome(request)
        _log(outcome)
        return outcome

    async def post(self, url: str, body: bytes, *, media_type: str, headers: Iterable[tuple[str, str]] = (), exempt: bool = False) -> PostOutcome:
        """What *url* answered to *body*, whatever the status; no redirect is followed. Raises nothing, like `get`.

        The same guard, queue and limits as for any request; robots.txt, which is about reading, has no say. *exempt* is for an
        address that the operator wrote into the settings: it may be private.
        """
        try:
            target = read_target(url)
        except UsageError as error:
            return Declined(url=without_login(url), reason=_words(error), cause="bad-url")
        said = post_headers(target, agent=self._agent, media_type=media_type, further=headers)
        try:
            outcome = await self._post(target, said, body, exempt=exempt)
        except FetchError as error:
            outcome = _untold(target.url, error)
        _log_post(target.url, outcome)
        return outcome

    async def _post(self, target: Target, headers: dict[str, str], body: bytes, *, exempt: bool) -> PostOutcome:
        if not exempt:
            self._guard.check(target)
        async with self._hosts.visit() as visit:
            if (rest := await visit.enter(target.host, self._delay)) is not None:
                return _turned_away(target.url, target, rest)
            async with self._at_once:
                try:
                    answer = await self._wire.post(target, headers, body, exempt=exempt)
                except TROUBLE as error:
                    raise explain(error, target, self._settings) from error
        self._heed(target, answer)
        return Posted(status=answer.status, headers=answer.headers, body=answer.body)

    async def _outcome(self, request: Request) -> Outcome:
        url = without_login(request.url)
        try:
            chain = Chain(request, limit=self._settings.max_redirects)
        except UsageError as error:
            return Declined(url=url, reason=_words(error), cause="bad-url")
        try:
            return await self._walk(request, chain)
        except FetchError as error:
            return _untold(url, error)

    async def _walk(self, request: Request, chain: Chain) -> Outcome:
        async with self._hosts.visit() as visit:
            while True:
                answer = await self._hop(chain, visit)
                if not isinstance(answer, Answer):
                    return answer
                if not is_redirect(answer) or request.kind == "callback":
                    return self._conclude(request, chain, answer)
                if (declined := chain.follow(answer)) is not None:
                    return declined

    async def _hop(self, chain: Chain, visit: Visit) -> Answer | Declined | Failed:
        """One request to where the chain stands, once we may and it is our turn."""
        target = chain.target
        self._guard.check(target)
        delay = await self._permitted_delay(chain, visit)
        if not isinstance(delay, timedelta):
            return delay
        if (rest := await visit.enter(target.host, delay)) is not None:
            return _turned_away(chain.url, target, rest)
        answer = await self._send(chain)
        self._heed(target, answer)
        chain.heed(retry_after(answer.headers, now=self._now()))
        return answer

    def _heed(self, target: Target, answer: Answer) -> None:
        """429 is said for the whole host."""
        if answer.status == 429:
            self._hosts.hold(target.host, retry_after(answer.headers, now=self._now()) or UNSAID_WAIT)

    async def _permitted_delay(self, chain: Chain, visit: Visit) -> timedelta | Declined | Failed:
        """The pause we owe before this hop, or why there will be none: robots.txt speaks for articles, for feeds only if it is to."""
        target = chain.target
        if not self._asks_robots(chain.request):
            return self._image_delay if chain.request.kind == "image" else self._delay
        if (rules := self._robots.known(target)) is None:
            visit.leave()  # robots.txt waits in the same queue
            rules = await self._robots.rules_for(target)
        if isinstance(rules, Failed):
            reason = f"{target.origin}robots.txt cannot be had, so we do not know whether we may ask: {rules.reason}"
            return Failed(url=chain.url, reason=reason, retry_after=rules.retry_after)
        if not rules.allows(target.url):
            return Declined(url=chain.url, reason=f"{target.origin}robots.txt asks us not to fetch {target.url}", cause="robots")
        return max(self._delay, rules.crawl_delay)

    def _asks_robots(self, request: Request) -> bool:
        is_feed = request.kind in ("feed", "sitemap")
        return self._settings.obey_robots and (request.kind == "page" or (is_feed and self._settings.robots_for_feeds))

    async def _send(self, chain: Chain) -> Answer:
        target = chain.target
        agent = user_agent(self._settings, chain.request.feed_id)
        headers = request_headers(chain.request, target, agent=agent, cookies=chain.cookies)
        async with self._at_once:
            try:
                return await self._wire.send(target, headers, kind=chain.request.kind)
            except TROUBLE as error:
                raise explain(error, target, self._settings) from error

    def _conclude(self, request: Request, chain: Chain, answer: Answer) -> Outcome:
        """What an answer that is no redirect means."""
        if answer.status == 304 and request.validators:
            return Unchanged(url=chain.url, headers=answer.headers, permanent_url=chain.permanent_url, asked_to_wait=chain.asked_to_wait)
        if not 200 <= answer.status < 300 or answer.status == 206:  # a part that nobody asked for is not the whole
            return self._failure(chain, answer)
        now = self._now()
        return Fetched(
            exchange=Exchange(
                id=exchange_id(now, self._rng),
                url=chain.url,
                final_url=chain.target.url,
                status=answer.status,
                headers=answer.headers,
                body=answer.body,
                fetched_at=now,
                permanent_url=chain.permanent_url,
                asked_to_wait=chain.asked_to_wait,
            )
        )

    def _failure(self, chain: Chain, answer: Answer) -> Failed:
        return Failed(
            url=chain.url,
            reason=f"{chain.target.host} answered {answer.status}",
            status=answer.status,
            retry_after=chain.asked_to_wait,
            retry=answer.status not in _FINAL,
        )


def exchange_id(now: datetime, rng: random.Random) -> str:
    """A new id, ordered by time: a version 7 UUID (RFC 9562, section 5.7)."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    return str(UUID(int=milliseconds << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62)))


def _untold(url: str, error: FetchError) -> Declined | Failed:
    """The outcome that *error* stands for."""
    match error:
        case RefusedAddress():
            return Declined(url=url, reason=_words(error), cause="address")
        case TooLarge():
            return Declined(url=url, reason=_words(error), cause="too-large")
    return Failed(url=url, reason=_words(error), retry=error.retry, unreachable=isinstance(error, Unreachable))


def _turned_away(url: str, target: Target, rest: timedelta) -> Failed:
    return Failed(url=url, reason=f"{target.host} has asked us to keep away for another {rest.total_seconds():.0f} s", retry_after=rest)


def _words(error: FetchError | UsageError) -> str:
    """What an error says, without the URL, which the outcome has already."""
    return f"{error.what}. {error.do}" if error.do else error.what


def _log(outcome: Outcome) -> None:
    match outcome:
        case Fetched(exchange=exchange):
            log("fetch").debug("fetched %s: %d, %d bytes", exchange.final_url, exchange.status, len(exchange.body))
        case Unchanged(url=url):
            log("fetch").debug("unchanged %s", url)
        case Declined(url=url, reason=reason) | Failed(url=url, reason=reason):
            log("fetch").info("%s: %s", url, reason)


def _log_post(url: str, outcome: PostOutcome) -> None:
    """The host alone: the path of a webhook or callback is a secret."""
    place = host_of(url)
    match outcome:
        case Posted(status=status):
            log("fetch").debug("sent to %s: %d", place, status)
        case Declined(reason=reason) | Failed(reason=reason):
            log("fetch").info("%s: %s", place, reason)
