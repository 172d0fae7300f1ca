"""Pictures of a difficult publisher in the reading site, in a real browser that may ask nobody but us; with the publisher there, and gone."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from loopback import Site, serving

from broadsheet.config import ServeSettings, Settings
from broadsheet.fetch.config import FetchSettings
from broadsheet.images.config import PicturesSettings
from broadsheet.library.jobs import poll_once
from broadsheet.library.picture_proxy import image_proxy
from broadsheet.library.publishing import publish_tree
from broadsheet.model import PollState, Source
from broadsheet.publish.config import ImagesSettings
from broadsheet.serve import build_app, run_server
from broadsheet.store import Store, open_store
from broadsheet.text.moments import utc_now

pyvips = pytest.importorskip("pyvips")
pytestmark = pytest.mark.browser

PATIENCE = 30
SLOW_SECONDS = 0.8
SETTINGS = Settings(
    fetch=FetchSettings(private_hosts=("127.0.0.1",), host_delay=0.0),
    pictures=PicturesSettings(host_delay=0.0),
    serve=ServeSettings(port=0),
)
FORMATS = {
    "hotlink.jpg": "jpg",
    "slow.png": "png",
    "modern.avif": "avif",
    "small.webp": "webp",
    "dance.gif": "gif",
    "wide.jpg": "jpg",
    "deep.jpg": "jpg",
}
MAP = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><script>fetch("http://spy.example/")</script>'
    b'<image href="http://spy.example/x.png" width="9" height="9"/><rect width="800" height="400" fill="teal"/></svg>'
)
FEED = """<rss version="2.0"><channel><title>The Harbour Gazette</title><link>{home}/</link><item><title>The last night ferry leaves on time</title>
<link>{home}/story.html</link><guid>1</guid><pubDate>Sat, 14 Mar 2026 06:30:00 GMT</pubDate></item></channel></rss>"""
PARAGRAPH = "<p>At eleven minutes past ten, when the lamps along the mole had been lit for an hour, the ferry cast off for the last time. {}</p>"
STORY = (
    '<!doctype html><html lang="en"><head><title>The last night ferry leaves on time</title><meta property="og:type" content="article">'
    '<meta property="og:image" content="{home}/wide.jpg"></head>'
    "<body><article><h1>The last night ferry leaves on time</h1>{body}</article></body></html>"
)

LOADED = """Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode().catch(() => null); })).then(() =>
  [...document.images].filter(image => image.className !== 'placeholder').map(image => [image.alt, image.naturalWidth, image.width, image.height]))"""
# What moves below a picture that never came is left out: nobody knows how much room to keep for that.
SHIFT = """new Promise(resolve => { const moved = [];
  const look = one => one.node?.closest?.('.body > :not(:last-child)') && moved.push([one.node.outerHTML, one.previousRect.y, one.currentRect.y]);
  new PerformanceObserver(list => list.getEntries().forEach(one => one.sources.forEach(look))).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(moved), 200); })"""
# Pictures that are asked for and never come. (What the page itself asked for has come already.)
WAITING = """document.querySelectorAll('img:not(.placeholder)').forEach(image => {
  const again = image.cloneNode();
  again.removeAttribute('srcset'); again.loading = 'eager'; again.src = '/never?' + Math.random();
  image.replaceWith(again);
})"""
BOXES = """[...document.querySelectorAll('.under')].map(under => [under, ...under.children].map(one => {
  const box = one.getBoundingClientRect(); return [box.width, box.height]; }))"""
ANIMATED = "document.querySelector('img[alt=\"dance.gif\"]').currentSrc"


def drawn(name: str) -> bytes:
    """A picture of its own colours, wide enough to be worth shrinking."""
    width, height = (900, 1200) if name == "deep.jpg" else (1200, 675)
    gradient = pyvips.Image.xyz(width, height)
    picture = (
        (gradient[0] * 200 / width).bandjoin([gradient[1] * 200 / height, gradient[0] * 0 + len(name) * 12]).cast("uchar").copy(interpretation="srgb")
    )
    if name == "dance.gif":
        small = picture.thumbnail_image(300)
        frames = small.join(small.flip("horizontal"), "vertical").copy()
        frames.set_type(pyvips.GValue.gint_type, "page-height", frames.height // 2)
        return bytes(frames.gifsave_buffer())
    return bytes(picture.write_to_buffer(f".{FORMATS[name]}"))


@dataclass
class Publisher:
    """A newspaper on loopback with pictures that are hard to get, and a note of who asked for them."""

    pictures: dict[str, bytes]
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, User-Agent

    def site(self) -> type[Site]:
        publisher = self

        class Gazette(Site):
            def do_GET(self) -> None:
                publisher.asked.append((self.path, self.headers.get("User-Agent", "")))
                home = f"http://{self.headers['Host']}"
                status, kind, body = publisher.answer(self.path.lstrip("/"), home, self.headers.get("Referer", ""))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Gazette

    def answer(self, name: str, home: str, referer: str) -> tuple[int, str, bytes]:
        match name:
            case "feed.xml":
                return 200, "application/rss+xml", FEED.format(home=home).encode()
            case "story.html":
                return 200, "text/html; charset=utf-8", STORY.format(home=home, body=self.body(home)).encode()
            case "map.svg":
                return 200, "image/svg+xml", MAP
            case "hotlink.jpg" if referer != f"{home}/story.html":
                return 403, "text/plain", b"no hotlinking"
            case "slow.png":
                time.sleep(SLOW_SECONDS)
        if name in self.pictures:
            return 200, "application/octet-stream", self.pictures[name]  # a type that says nothing
        return 404, "text/html", b"gone"

    def body(self, home: str) -> str:
        shown = [name for name in (*FORMATS, "map.svg", "gone.jpg") if name != "wide.jpg"]
        figures = (f'<figure><img src="{home}/{name}" alt="{name}"><figcaption>Picture {name}</figcaption></figure>' for name in shown)
        return "".join(PARAGRAPH.format(number) + figure for number, figure in enumerate(figures))


@contextmanager
def reading_site(store: Store, data: Path) -> Iterator[str]:
    """The server with its image proxy, whose cache is below *data*; gives its address."""
    ready: list[str] = []
    started, loop = threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with image_proxy(store, SETTINGS, data) as images:
            app = build_app(store, SETTINGS, images=images)
            await run_server(app, SETTINGS.serve, stop, ready=lambda url: (ready.append(url), started.set()))

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(serve())

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert started.wait(PATIENCE)
        yield ready[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)


@dataclass
class Shown:
    """The collected newspaper, the address it is read at, and how to end its publisher and begin with an empty cache."""

    url: str
    article: str
    publisher: Publisher
    store: Store
    close: Callable[[], str]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    data = tmp_path_factory.mktemp("data")
    publisher = Publisher({name: drawn(name) for name in FORMATS})
    with ExitStack() as stack:
        origin = stack.enter_context(ExitStack())
        home = origin.enter_context(serving(publisher.site()))
        store = stack.enter_context(open_store(data, now=utc_now))
        source = Source(id="gazette", kind="feed", url=f"{home}/feed.xml", title="Gazette", home_url=f"{home}/", added_at=utc_now())
        store.add_source(source, PollState(next_due=utc_now()))
        with store.work():
            asyncio.run(poll_once(store, SETTINGS, wait=timedelta(seconds=20)))
        (article,) = store.articles()
        publisher.asked.clear()

        def without_publisher() -> str:
            origin.close()
            return stack.enter_context(reading_site(store, tmp_path_factory.mktemp("empty")))

        url = stack.enter_context(reading_site(store, data))
        yield Shown(url=url, article=f"articles/{article.id}/", publisher=publisher, store=store, close=without_publisher)


def settle(browser: Any, visit: Any, expression: str) -> Any:
    """The value of a promise in the page."""
    answer = browser.call("Runtime.evaluate", session=visit.session, expression=expression, awaitPromise=True, returnByValue=True)
    assert "exceptionDetails" not in answer, answer
    return answer["result"].get("value")


def elsewhere(visit: Any, url: str) -> list[str]:
    return [asked for asked in visit.requests if not asked.startswith((url, "data:"))]


def test_every_picture_that_exists_is_shown(browser: Any, shown: Shown) -> None:
    visit = browser.open(shown.url + shown.article)
    seen = {alt: natural for alt, natural, _, _ in settle(browser, visit, LOADED)}
    assert {alt for alt, natural in seen.items() if not natural} == {"gone.jpg"}
    assert set(seen) >= {*FORMATS, "map.svg"} - {"wide.jpg"}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("page", ["", "merged/all/", "sources/gazette/", "{article}"])
def test_the_browser_asks_nobody_but_us(browser: Any, shown: Shown, page: str, width: int) -> None:
    shown.publisher.asked.clear()
    visit = browser.open(shown.url + page.format(article=shown.article), width=width)
    settle(browser, visit, LOADED)
    assert elsewhere(visit, shown.url) == []
    assert [asked for asked in shown.publisher.asked if "Mozilla" in asked[1] and "Chrome" in asked[1]] == []
    assert [complaint for complaint in visit.complaints if "404" not in complaint] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_when_the_pictures_come(browser: Any, shown: Shown, width: int) -> None:
    visit = browser.open(shown.url + shown.article, width=width, height=6000)  # all of it is in sight: what is not does not count
    settle(browser, visit, LOADED)
    assert settle(browser, visit, SHIFT) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_tiny_copy_fills_the_room_of_a_picture_that_is_still_to_come(browser: Any, shown: Shown, width: int) -> None:
    visit = browser.open(shown.url + shown.article, width=width)
    settle(browser, visit, LOADED)
    browser.call("Fetch.enable", session=visit.session, patterns=[{"urlPattern": "*/never*"}])
    visit.evaluate(WAITING)
    (room, copy, picture), *others = visit.evaluate(BOXES)
    assert room == picture
    assert abs(picture[0] / picture[1] - 1200 / 675) < 0.01
    assert (copy[0] >= room[0], copy[1] >= room[1]) == (True, True)
    assert len(others) >= 3


def test_a_phone_takes_smaller_pictures_than_a_desktop(browser: Any, shown: Shown) -> None:
    def widths(width: int) -> dict[str, int]:
        visit = browser.open(shown.url + shown.article, width=width)
        sizes = "[...document.images].map(image => [image.alt, +new URLSearchParams(image.currentSrc.split('?')[1]).get('w')])"
        settle(browser, visit, LOADED)
        return dict(visit.evaluate(sizes))

    phone, desktop = widths(390), widths(1280)
    assert (phone["hotlink.jpg"], phone["modern.avif"]) == (480, 480)  # the first is the lead
    assert (desktop["hotlink.jpg"], desktop["modern.avif"]) == (960, 640)


def test_an_animation_is_one_after_the_proxy_too(browser: Any, shown: Shown) -> None:
    visit = browser.open(shown.url + shown.article)
    settle(browser, visit, LOADED)
    with urlopen(visit.evaluate(ANIMATED)) as answer:
        moving = pyvips.Image.new_from_buffer(answer.read(), "", n=-1)
    assert moving.get("n-pages") == 2


def test_a_picture_that_is_gone_leaves_its_words(browser: Any, shown: Shown) -> None:
    visit = browser.open(shown.url + shown.article, width=390)
    settle(browser, visit, LOADED)
    box = "(image => { const box = image.getBoundingClientRect(); return [box.width, box.height]; })(document.querySelector('img[alt=\"gone.jpg\"]'))"
    width, height = visit.evaluate(box)
    assert 0 < width <= 350
    assert 0 < height < 100


def test_with_the_publisher_gone_and_nothing_cached_kept_pictures_still_appear(browser: Any, shown: Shown) -> None:
    url = shown.close()
    visit = browser.open(url + shown.article)
    seen = {alt: natural for alt, natural, _, _ in settle(browser, visit, LOADED)}
    assert {alt for alt, natural in seen.items() if not natural} == {"gone.jpg"}
    assert elsewhere(visit, url) == []


def test_pages_on_the_disk_show_copies_without_publisher_or_server(browser: Any, shown: Shown, tmp_path: Path) -> None:
    publish_tree(shown.store, replace(SETTINGS, images=ImagesSettings(site="stored")), tmp_path)
    visit = browser.open((tmp_path / shown.article / "index.html").as_uri())
    seen = {alt: natural for alt, natural, _, _ in settle(browser, visit, LOADED)}
    assert {alt for alt, natural in seen.items() if not natural} <= {"gone.jpg", "map.svg"}  # a drawing is not put where its scripts would run
