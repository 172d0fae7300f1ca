"""The image proxy at work: whose bytes a picture is made of, and what happens when a publisher does not answer."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from web import Web

from broadsheet.errors import ImageError
from broadsheet.images.cache import PictureCache
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.query import read_query
from broadsheet.model import Declined, Failed, KnownPicture, Original, Outcome, Request
from broadsheet.pipeline.proxy import ImageProxy, Served, Sources

pytest.importorskip("pyvips", reason="the extra `images` is not installed")

PHOTO = "https://cdn.example/a.jpg"
ARTICLE = "https://paper.example/a"


def jpeg(colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Archive:
    """What the store knows of pictures."""

    bodies: dict[str, bytes | None] = field(default_factory=dict)

    def picture(self, url: str) -> KnownPicture | None:
        if url not in self.bodies:
            return None
        kept = Original(hash=url, media_type="image/jpeg", size_bytes=1) if self.bodies[url] is not None else None
        return KnownPicture(url=url, state="kept" if kept else "seen", original=kept)

    def shown_by(self, url: str) -> str | None:
        return ARTICLE if url in self.bodies else None

    def original_bytes(self, hash: str) -> bytes | None:
        return self.bodies[hash]


@dataclass
class Bench:
    """A proxy over a web of a few addresses."""

    web: Web
    folder: Path
    archive: Archive = field(default_factory=Archive)
    made: int = 0
    slow: Callable[[], Any] | None = None

    def proxy(self) -> ImageProxy:
        settings = ImageProxySettings()
        cache = PictureCache(self.folder, limit_bytes=10_000_000)

        def now() -> Any:
            return self.web.now

        sources = Sources(get=self._get, cache=cache, known=self.archive, settings=settings, max_redirects=10, now=now)
        return ImageProxy(sources=sources, cache=cache, run=self._run, settings=settings, now=now)

    def ask(self, query: str = "w=30", *, url: str = PHOTO) -> Served:
        return asyncio.run(self.proxy().picture(read_query(f"url={url}&{query}")))

    async def _get(self, request: Request) -> Outcome:
        if self.slow is not None:
            await self.slow()
        return await self.web.get(request)

    async def _run(self, where: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.made += 1
        return function(*args, **kwargs)


@pytest.fixture
def bench(web: Web, tmp_path: Path) -> Bench:
    web.pages[PHOTO] = jpeg()
    return Bench(web, tmp_path)


def test_a_picture_is_fetched_and_made(bench: Bench) -> None:
    served = bench.ask()
    assert (served.outcome, served.media_type) == ("miss", "image/jpeg")


def test_the_second_time_nobody_is_asked_and_nothing_made(bench: Bench) -> None:
    first, second = bench.ask(), bench.ask()
    assert (second.outcome, second.etag, second.body) == ("hit", first.etag, first.body)
    assert (bench.web.asked_for(PHOTO), bench.made) == (1, 1)


def test_another_size_of_the_same_picture_is_made_without_asking_again(bench: Bench) -> None:
    bench.ask("w=30")
    bench.ask("w=20")
    assert (bench.web.asked_for(PHOTO), bench.made) == (1, 2)


def test_many_who_ask_at_once_cause_the_work_once(bench: Bench) -> None:
    bench.slow = lambda: asyncio.sleep(0.05)

    async def crowd() -> list[Served]:
        proxy = bench.proxy()
        return await asyncio.gather(*(proxy.picture(read_query(f"url={PHOTO}&w=30")) for _ in range(20)))

    assert len({one.etag for one in asyncio.run(crowd())}) == 1
    assert (bench.web.asked_for(PHOTO), bench.made) == (1, 1)


def test_a_client_that_leaves_does_not_spoil_it_for_the_others(bench: Bench) -> None:
    bench.slow = lambda: asyncio.sleep(0.05)

    async def two() -> Served:
        proxy = bench.proxy()
        leaving = asyncio.create_task(proxy.picture(read_query(f"url={PHOTO}&w=30")))
        staying = asyncio.create_task(proxy.picture(read_query(f"url={PHOTO}&w=30")))
        await asyncio.sleep(0.01)
        leaving.cancel()
        return await staying

    assert asyncio.run(two()).media_type == "image/jpeg"


def test_after_a_week_the_publisher_is_asked_whether_it_changed(bench: Bench) -> None:
    first = bench.ask()
    bench.web.now += timedelta(days=8)
    assert bench.ask().etag == first.etag
    assert bench.web.asked[-1].validators is not None
    assert bench.made == 1


def test_a_picture_that_changed_is_made_anew(bench: Bench) -> None:
    first = bench.ask()
    bench.web.pages[PHOTO] = jpeg((0, 0, 200))
    bench.web.now += timedelta(days=8)
    assert bench.ask().etag != first.etag


@pytest.mark.parametrize(
    "trouble",
    [Failed(url=PHOTO, reason="refused", unreachable=True), Failed(url=PHOTO, reason="404", status=404, retry=False)],
    ids=["unreachable", "gone"],
)
def test_a_stale_copy_is_better_than_none(bench: Bench, trouble: Failed) -> None:
    first = bench.ask()
    bench.web.pages[PHOTO] = trouble
    bench.web.now += timedelta(days=8)
    stale = bench.ask()
    assert (stale.outcome, stale.body) == ("stale", first.body)


def test_what_is_in_our_archive_needs_no_publisher(bench: Bench) -> None:
    bench.archive.bodies[PHOTO] = jpeg()
    bench.web.pages.pop(PHOTO)
    assert bench.ask().outcome == "archived"
    assert bench.web.asked == []


def test_it_says_archived_the_second_time_too(bench: Bench) -> None:
    bench.archive.bodies[PHOTO] = jpeg()
    bench.ask()
    assert bench.ask().outcome == "archived"


def test_a_picture_of_an_article_is_asked_for_with_that_article(bench: Bench) -> None:
    bench.archive.bodies[PHOTO] = None
    bench.ask()
    assert bench.web.asked[0].referer == ARTICLE


def test_a_refusal_is_answered_with_the_pictures_own_site(bench: Bench, web: Web) -> None:
    async def hotlinked(request: Request) -> Outcome:
        web.asked.append(request)
        refused = Failed(url=PHOTO, reason="403", status=403, retry=False)
        return await Web.get(web, request) if request.referer else refused

    bench._get = hotlinked  # type: ignore[method-assign]
    assert bench.ask().outcome == "miss"
    assert [one.referer for one in web.asked[:2]] == [None, "https://cdn.example/"]


def test_https_is_tried_first_where_no_scheme_is_said(bench: Bench) -> None:
    bench.ask(url="cdn.example/a.jpg")
    assert [one.url for one in bench.web.asked] == [PHOTO]


def test_http_is_for_hosts_that_cannot_be_reached_otherwise(bench: Bench) -> None:
    plain = "http://old.example/a.jpg"
    bench.web.pages |= {"https://old.example/a.jpg": Failed(url="", reason="refused", unreachable=True), plain: jpeg()}
    assert bench.ask(url="old.example/a.jpg").canonical == plain


def test_http_is_not_tried_where_https_answered(bench: Bench) -> None:
    with pytest.raises(ImageError, match="404"):
        bench.ask(url="cdn.example/none.jpg")
    assert len(bench.web.asked) == 1


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Failed(url=PHOTO, reason="x", status=404, retry=False), "returned error: 404"),
        (Failed(url=PHOTO, reason="x", status=504), "timed out"),
        (Failed(url=PHOTO, reason="x"), "timed out"),
        (Failed(url=PHOTO, reason="x", unreachable=True), "unresolvable"),
        (Declined(url=PHOTO, reason="x", cause="address"), "unresolvable"),
        (Declined(url=PHOTO, reason="x", cause="too-large"), "too large to be downloaded"),
        (Declined(url=PHOTO, reason="x", cause="redirects"), "redirects"),
        (b"<html>no picture</html>", "not a valid"),
    ],
)
def test_every_cause_has_its_words(bench: Bench, outcome: Outcome | bytes, said: str) -> None:
    bench.web.pages[PHOTO] = outcome
    with pytest.raises(ImageError, match=said) as told:
        bench.ask()
    assert told.value.status == 404


def ask_twice(bench: Bench) -> None:
    async def both() -> None:
        proxy = bench.proxy()
        for _ in range(2):
            with pytest.raises(ImageError):
                await proxy.picture(read_query(f"url={PHOTO}&w=30"))

    asyncio.run(both())


def test_what_is_not_there_is_not_asked_for_again_at_once(bench: Bench) -> None:
    bench.web.pages.pop(PHOTO)
    ask_twice(bench)
    assert bench.web.asked_for(PHOTO) == 1


def test_what_failed_for_a_moment_is(bench: Bench) -> None:
    bench.web.pages[PHOTO] = Failed(url=PHOTO, reason="503", status=503)
    ask_twice(bench)
    assert bench.web.asked_for(PHOTO) == 2


def test_nobody_is_let_in_for_what_is_at_hand(bench: Bench) -> None:
    bench.ask()

    def never() -> None:
        raise AssertionError("counted")

    asked = read_query(f"url={PHOTO}&w=30")
    assert asyncio.run(bench.proxy().picture(asked, admit=never)).outcome == "hit"
