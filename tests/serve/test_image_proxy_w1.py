"""The image proxy as clients of weserv's know it: each of its integration tests, in our words, against a publisher's server on loopback."""

from __future__ import annotations

import asyncio
import base64
import gzip
import http.client
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from loopback import Site, serving

from broadsheet.config import ServeSettings, Settings
from broadsheet.engine.makers import MakerPool
from broadsheet.fetch import Client
from broadsheet.fetch.config import FetchSettings
from broadsheet.images.cache import PictureCache
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.sign import signed
from broadsheet.pipeline.proxy import ImageProxy, Sources
from broadsheet.serve import images_only, run_server
from broadsheet.store import open_memory_store

PATIENCE = 20
LIMIT = 20_000
NAMES = {"inner.example": ("127.0.0.1",), "metadata.example": ("169.254.169.254",), "six.example": ("::1",)}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><rect width="8" height="4" fill="#c00"/></svg>'
ESCAPED = "/esc/%2D%2E%5F%7E%21%24%27%28%29%2A%2B%2C%3B%3D%3A%2F%3F%23%40%25"
RESERVED = "/special/-._~!$'()*+,;=:@"
REDIRECTS = {
    "/sub/302": (302, "./../418"),
    "/301": (301, " /418"),
    "/307": (307, "/418"),
    "/308": (308, "/418"),
    "/303": (303, "/418"),
    "/referer": (301, "/wants-referer"),
    "/loop": (302, "/loop"),
    "/round/1": (302, "/round/2"),
    "/round/2": (302, "/round/1"),
    "/for-good": (301, "/photo.jpg"),
    "/for-now": (302, "/photo.jpg"),
    "/to-loopback": (302, "http://127.0.0.1/"),
    "/to-metadata": (301, "http://169.254.169.254/latest/meta-data/"),
    "/to-number": (307, "http://2130706433/"),
    "/to-name": (308, "http://inner.example/"),
    "/to-six": (303, "//[::1]/"),
    "/to-file": (302, "file:///etc/passwd"),
    "/to-data": (302, "data:image/png;base64,AAAA"),
    "/to-gopher": (302, "gopher://127.0.0.1:6379/_FLUSHALL"),
    **{f"/many/{step}": (302, f"/many/{step + 1}") for step in range(20)},
}


def picture(suffix: str = ".jpg") -> bytes:
    """60 by 40 pixels of one red."""
    pyvips = pytest.importorskip("pyvips")
    made: bytes = pyvips.Image.black(60, 40).new_from_image([200, 30, 30]).copy(interpretation="srgb").write_to_buffer(suffix)
    return made


class Publisher(Site):
    """Answers by path, and remembers what it was asked."""

    protocol_version = "HTTP/1.1"
    photo = b""

    def do_GET(self) -> None:
        if self.path in REDIRECTS:
            status, location = REDIRECTS[self.path]
            self.reply(status, b"", Location=location)
        elif self.path == "/chunked.svg":
            self.chunked(SVG)
        elif self.path == "/chunked-big":
            self.chunked(b"x" * (LIMIT + 1))
        elif self.path == "/slow":
            time.sleep(1.5)
        elif self.path == "/drip":
            self.drip()
        else:
            self.plain()

    def plain(self) -> None:
        match self.path:
            case "/photo.jpg" | "/photo.jpg?a=1&b=2":
                self.reply(200, self.photo, **{"Last-Modified": "Mon, 05 Jan 2026 10:00:00 GMT"})
            case "/gzip.svg":
                self.reply(200, gzip.compress(SVG), **{"Content-Encoding": "gzip", "Content-Type": "image/svg+xml"})
            case "/text":
                self.reply(200, b"200 OK\n", **{"Content-Type": "image/jpeg"})
            case "/big":
                self.reply(200, b"x" * (LIMIT + 1))
            case "/504":
                self.reply(504, b"")
            case "/wants-referer":
                self.reply(418 if self.headers["Referer"].endswith("/referer") else 400, b"")
            case "/agent":
                self.reply(418 if self.headers["User-Agent"].startswith("Broadsheet/") else 400, b"")
            case path:
                self.reply(418 if path in ("/418", ESCAPED, RESERVED) else 400, b"")

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def chunked(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(b"x")
        time.sleep(1.5)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def message(self) -> str:
        told = json.loads(self.body)
        assert set(told) == {"status", "code", "message"}
        return f"{told['code']} {told['message']}"


@dataclass(frozen=True)
class Door:
    """A running proxy. *origin* is where the publisher is found."""

    place: str
    origin: str = ""
    lookups: list[str] = field(default_factory=list)

    def ask(self, path: str, query: str, *, method: str = "GET", **headers: str) -> Answer:
        """One request; header names are written with underscores."""
        connection = http.client.HTTPConnection(self.place, timeout=PATIENCE)
        try:
            connection.putrequest(method, f"{path}?{query}", skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def picture(self, path: str, words: str = "", *, method: str = "GET", **headers: str) -> Answer:
        """The publisher's picture at *path* through the proxy."""
        return self.ask("/", f"url={quote(self.origin + path, safe='')}{words}", method=method, **headers)


@asynccontextmanager
async def the_proxy(settings: Settings, folder: Path, lookups: list[str]) -> AsyncIterator[ImageProxy]:
    async def lookup(host: str, port: int) -> tuple[str, ...]:
        lookups.append(host)
        return NAMES.get(host, ())

    def now() -> datetime:
        return datetime.now(UTC)

    chosen = settings.image_proxy
    cache = PictureCache(folder, limit_bytes=chosen.cache_bytes)
    async with Client(settings.fetch, lookup=lookup, per_host=chosen.per_host) as client, MakerPool(chosen) as makers:
        sources = Sources(get=client.get, cache=cache, known=None, settings=chosen, max_redirects=settings.fetch.max_redirects, now=now)
        service = ImageProxy(sources=sources, cache=cache, run=makers.run, settings=chosen, now=now)
        yield service
        service.close()


@contextmanager
def open_door(folder: Path, *, origin: str = "", **image_proxy: object) -> Iterator[Door]:
    """A proxy in a thread of its own; may connect to *origin*, and to nothing else that is special."""
    allowed = (origin.removeprefix("http://"),) if origin else ()
    fetch = FetchSettings(host_delay=0.0, timeout=1.0, connect_timeout=1.0, max_image_bytes=LIMIT, private_hosts=allowed)
    chosen = ImageProxySettings(**{"access": "open", "workers": 1, "max_bytes": LIMIT, "per_client": 100_000} | image_proxy)  # type: ignore[arg-type]
    settings = Settings(fetch=fetch, image_proxy=chosen, serve=ServeSettings(port=0))
    ready, begun, loop, lookups = [], threading.Event(), asyncio.new_event_loop(), []  # type: ignore[var-annotated]
    stop = asyncio.Event()

    async def run() -> None:
        with open_memory_store(now=lambda: datetime.now(UTC)) as store:
            async with the_proxy(settings, folder, lookups) as proxy:
                app = images_only(store, settings, proxy, names=None)
                await run_server(app, settings.serve, stop, ready=lambda url: (ready.append(url), begun.set())[-1])  # type: ignore[func-returns-value]

    def in_thread() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run())

    thread = threading.Thread(target=in_thread)
    thread.start()
    try:
        assert begun.wait(PATIENCE)
        yield Door(ready[0].removeprefix("http://").rstrip("/"), origin, lookups)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """An open proxy that may ask the publisher."""
    Publisher.photo = picture()
    with serving(Publisher) as origin, open_door(tmp_path_factory.mktemp("pictures"), origin=origin) as opened:
        yield opened


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """An open proxy that may connect to nothing special."""
    pytest.importorskip("pyvips")
    with open_door(tmp_path_factory.mktemp("guarded")) as opened:
        yield opened


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A proxy for signed links only."""
    Publisher.photo = picture()
    folder = tmp_path_factory.mktemp("signing")
    with serving(Publisher) as origin, open_door(folder, origin=origin, access="signed", keys=("secret",)) as opened:
        yield opened


class Listener:
    """A server on loopback that counts who knocks."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = self._socket.getsockname()[1]

    def was_reached(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    opened = Listener()
    yield opened
    opened.close()


# A picture.


def test_a_link_with_nothing_but_an_address_gives_the_picture(door: Door) -> None:
    answer = door.picture("/photo.jpg")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.body.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("path", ["/", "/images", "/images/", "/any/where"])
def test_the_path_does_not_matter(door: Door, path: str) -> None:
    assert door.ask(path, f"url={door.origin}/photo.jpg").status == 200


def test_a_bare_host_that_answers_plain_http_only_is_asked_so_after_https(door: Door) -> None:
    bare = door.origin.removeprefix("http://")
    assert door.ask("/", f"url={bare}/photo.jpg&output=png").headers["Content-Type"] == "image/png"


def test_the_query_of_an_encoded_address_is_its_own(door: Door) -> None:
    assert door.picture("/photo.jpg?a=1&b=2").status == 200


def test_a_picture_has_the_headers_that_weserv_sends(door: Door) -> None:
    said = door.picture("/photo.jpg", "&w=30").headers
    assert said["Content-Disposition"] == "inline; filename=image.jpg"
    assert said["Link"] == f'<{door.origin}/photo.jpg>; rel="canonical"'
    assert said["Cache-Control"] == "public, max-age=31536000"
    assert said["X-Upstream-Response-Length"] == str(len(Publisher.photo))
    assert said["X-Cache-Status"] in ("HIT", "MISS")


def test_any_page_may_show_a_picture_and_none_may_run_it(door: Door) -> None:
    said = door.picture("/photo.jpg").headers
    assert (said["Access-Control-Allow-Origin"], said["Cross-Origin-Resource-Policy"], said["Timing-Allow-Origin"]) == ("*", "cross-origin", "*")
    assert (said["X-Content-Type-Options"], said["Content-Security-Policy"]) == ("nosniff", "default-src 'none'; sandbox")
    assert said["X-Images-Api"] == "5"


def test_expires_says_what_max_age_says(door: Door) -> None:
    said = door.picture("/photo.jpg", "&maxage=31d").headers
    seconds = (parsedate_to_datetime(said["Expires"]) - parsedate_to_datetime(said["Date"])).total_seconds()
    assert abs(seconds - 2_678_400) < 60


@pytest.mark.parametrize(("words", "seconds"), [("31d", 2_678_400), ("1d", 86_400), ("1y", 31_536_000), ("23h", 31_536_000), ("2y", 31_536_000)])
def test_an_age_within_bounds_is_the_max_age(door: Door, words: str, seconds: int) -> None:
    assert door.picture("/photo.jpg", f"&maxage={words}").headers["Cache-Control"] == f"public, max-age={seconds}"


@pytest.mark.parametrize(("words", "name"), [("test", "test.jpg"), ("../test", "image.jpg"), ("a" * 79, "image.jpg")])
def test_a_filename_of_letters_and_digits_is_sent(door: Door, words: str, name: str) -> None:
    assert door.picture("/photo.jpg", f"&filename={words}").headers["Content-Disposition"] == f"inline; filename={name}"


def test_base64_is_a_data_url_without_a_disposition(door: Door) -> None:
    plain, answer = door.picture("/photo.jpg"), door.picture("/photo.jpg", "&encoding=base64")
    assert answer.body == b"data:image/jpeg;base64," + base64.b64encode(plain.body)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Content-Disposition"] is None


def test_json_tells_of_the_picture(door: Door) -> None:
    answer = door.picture("/photo.jpg", "&output=json")
    told = json.loads(answer.body)
    assert answer.headers["Content-Type"] == "application/json"
    assert (told["format"], told["width"], told["height"]) == ("jpeg", 60, 40)


@pytest.mark.parametrize("path", ["/chunked.svg", "/gzip.svg"])
def test_a_body_in_chunks_or_gzip_is_read(door: Door, path: str) -> None:
    told = json.loads(door.picture(path, "&output=json").body)
    assert (told["format"], told["width"], told["height"]) == ("svg", 8, 4)


def test_a_drawing_is_never_passed_on_as_it_is(door: Door) -> None:
    assert door.picture("/gzip.svg").headers["Content-Type"] == "image/png"


def test_head_has_the_headers_of_get_and_no_body(door: Door) -> None:
    got, head = door.picture("/photo.jpg", "&w=20"), door.picture("/photo.jpg", "&w=20", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert (head.headers["Content-Length"], head.headers["ETag"]) == (str(len(got.body)), got.headers["ETag"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_not_allowed(door: Door, method: str) -> None:
    answer = door.picture("/photo.jpg", method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_without_an_address_there_is_nothing(door: Door) -> None:
    assert door.ask("/", "w=300").status == 404


# Where we are better, and say so.


def test_a_picture_that_a_client_has_is_not_sent_again(door: Door) -> None:
    tag = door.picture("/photo.jpg").headers["ETag"]
    answer = door.picture("/photo.jpg", If_None_Match=tag)
    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)


def test_a_picture_that_has_not_changed_since_is_not_sent_again(door: Door) -> None:
    since = door.picture("/photo.jpg").headers["Last-Modified"]
    assert door.picture("/photo.jpg", If_Modified_Since=since).status == 304


def test_part_of_a_picture_is_sent_when_part_is_asked_for(door: Door) -> None:
    whole, part = door.picture("/photo.jpg"), door.picture("/photo.jpg", Range="bytes=2-5")
    assert (part.status, part.body) == (206, whole.body[2:6])
    assert part.headers["Content-Range"] == f"bytes 2-5/{len(whole.body)}"


def test_a_part_beyond_the_end_cannot_be_sent(door: Door) -> None:
    assert door.picture("/photo.jpg", Range="bytes=999999-").status == 416


def test_a_format_is_negotiated_when_none_is_asked_for(door: Door) -> None:
    answer = door.picture("/photo.jpg", "&w=44", Accept="image/webp,image/*")
    assert (answer.headers["Content-Type"], answer.headers["Vary"]) == ("image/webp", "Accept")


def test_a_link_that_was_not_signed_is_refused(signing: Door) -> None:
    answer = signing.picture("/photo.jpg")
    assert (answer.status, answer.message) == (403, "403 This server only serves the images of its own articles, and links it has signed")


def test_a_signed_link_is_answered(signing: Door) -> None:
    query = signed(f"url={quote(signing.origin, safe='')}%2Fphoto.jpg&w=20", b"secret")
    assert signing.ask("/", query).status == 200


def test_a_refused_link_leads_nowhere_else(signing: Door) -> None:
    answer = signing.picture("/photo.jpg", "&default=https://elsewhere.example/")
    assert (answer.status, answer.headers["Location"]) == (403, None)


def test_who_asks_for_too_much_is_told_when_to_come_back(tmp_path: Path) -> None:
    Publisher.photo = picture()
    with serving(Publisher) as origin, open_door(tmp_path, origin=origin, per_client=1) as door:
        first, second = door.picture("/photo.jpg"), door.picture("/photo.jpg", "&w=20")
    assert (first.status, second.status) == (200, 429)
    assert 0 < int(second.headers["Retry-After"]) <= 60


def test_what_is_in_the_cache_may_be_asked_for_at_any_rate(tmp_path: Path) -> None:
    Publisher.photo = picture()
    with serving(Publisher) as origin, open_door(tmp_path, origin=origin, per_client=1) as door:
        assert [door.picture("/photo.jpg").status for _ in range(3)] == [200, 200, 200]


# Addresses.


@pytest.mark.parametrize("address", ["http:\\\\foobar", "abc", "", "http://", "unix:/run/x", "http://user:word@pictures.example/"])
def test_an_address_that_cannot_be_read_is_refused(door: Door, address: str) -> None:
    answer = door.ask("/", f"url={quote(address, safe='')}")
    assert (answer.status, answer.message) == (400, "400 Unable to parse URI")


def test_a_raw_backslash_in_the_query_is_refused_likewise(door: Door) -> None:
    assert door.ask("/", "url=http:\\\\foobar").message == "400 Unable to parse URI"


def test_a_name_beyond_ascii_is_looked_up_in_punycode(door: Door) -> None:
    door.lookups.clear()
    answer = door.ask("/", "url=http://%E2%99%A5.example/")
    assert answer.message == "404 The hostname of the origin is unresolvable (DNS) or blocked by policy"
    assert door.lookups == ["xn--g6h.example"]


def test_special_and_reserved_characters_reach_the_publisher_as_they_are(door: Door) -> None:
    assert door.ask("/", f"url={door.origin}{RESERVED}").message == "404 The requested URL returned error: 418"


def test_percent_encoding_is_taken_off_once_on_the_way(door: Door) -> None:
    assert door.ask("/", f"url={door.origin}{ESCAPED.replace('%', '%25')}").message == "404 The requested URL returned error: 418"


# What publishers answer.


def test_the_publisher_is_told_who_asks(door: Door) -> None:
    assert door.picture("/agent").message == "404 The requested URL returned error: 418"


def test_who_is_sent_on_is_told_by_whom(door: Door) -> None:
    assert door.picture("/referer").message == "404 The requested URL returned error: 418"


@pytest.mark.parametrize("path", ["/sub/302", "/301", "/303", "/307", "/308"])
def test_redirects_are_followed_relative_ones_too(door: Door, path: str) -> None:
    assert door.picture(path).message == "404 The requested URL returned error: 418"


@pytest.mark.parametrize(("path", "canonical"), [("/for-good", "/photo.jpg"), ("/for-now", "/for-now")])
def test_the_canonical_address_is_the_last_permanent_one(door: Door, path: str, canonical: str) -> None:
    assert door.picture(path).headers["Link"] == f'<{door.origin}{canonical}>; rel="canonical"'


@pytest.mark.parametrize("path", ["/loop", "/round/1", "/many/0"])
def test_redirects_without_an_end_are_not_followed(door: Door, path: str) -> None:
    answer = door.picture(path)
    assert (answer.status, answer.message) == (404, "404 Will not follow more than 10 redirects")


@pytest.mark.parametrize("path", ["/big", "/chunked-big"])
def test_a_body_beyond_the_limit_is_refused(door: Door, path: str) -> None:
    assert door.picture(path).message == f"404 The image is too large to be downloaded. Max image size: {LIMIT} bytes"


def test_what_is_no_picture_is_refused_whatever_it_calls_itself(door: Door) -> None:
    answer = door.picture("/text")
    assert answer.status == 404
    assert "not a valid (supported) image" in answer.message


@pytest.mark.parametrize("path", ["/slow", "/drip", "/504"])
def test_a_publisher_that_takes_too_long_is_given_up(door: Door, path: str) -> None:
    answer = door.picture(path)
    assert (answer.status, answer.message) == (404, "404 The requested URL timed out")


def test_an_error_is_json_that_nobody_keeps(door: Door) -> None:
    said = door.picture("/418").headers
    assert (said["Content-Type"], said["Cache-Control"]) == ("application/json", "no-store")
    assert (said["X-Content-Type-Options"], said["Content-Security-Policy"]) == ("nosniff", "default-src 'none'; sandbox")


def test_an_error_repeats_nothing_of_the_request(door: Door) -> None:
    assert b"marker" not in door.picture("/<script>marker</script>").body


def test_an_output_that_is_switched_off_is_refused_by_name(door: Door) -> None:
    answer = door.picture("/photo.jpg", "&output=tiff")
    assert (answer.status, answer.message) == (400, "400 Saving to tiff is disabled. Supported savers: jpg, png, webp, avif, gif, json")


@pytest.mark.parametrize("key", ["default", "errorredirect"])
def test_on_an_error_a_client_is_sent_where_the_link_says_and_told_why(door: Door, key: str) -> None:
    answer = door.picture("/418", f"&{key}=https://other.example/none.png")
    assert (answer.status, answer.headers["Location"]) == (302, "https://other.example/none.png")
    assert answer.message == "404 The requested URL returned error: 418"


def test_an_address_that_cannot_be_read_sends_to_the_default_too(door: Door) -> None:
    answer = door.ask("/", "url=http:%5C%5Cfoobar&default=https://example.org")
    assert (answer.status, answer.headers["Location"], answer.message) == (302, "https://example.org/", "400 Unable to parse URI")


def test_default_1_sends_to_the_picture_itself(door: Door) -> None:
    answer = door.picture("/418", "&default=1")
    assert (answer.status, answer.headers["Location"]) == (302, f"{door.origin}/418")


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "%0d%0aSet-Cookie:%20a=b", "http:%5C%5Cx"])
def test_a_default_that_is_no_address_of_the_web_is_not_followed(door: Door, value: str) -> None:
    answer = door.picture("/418", f"&default={value}")
    assert (answer.status, answer.headers["Location"], answer.headers["Set-Cookie"]) == (404, None, None)


# Where we never connect.

SPELT_OUT = """
    127.0.0.1 127.1 127.0.1 2130706433 017700000001 0x7f000001 0x7f.1 0177.0.0.1 127.0.0.1. %31%32%37.0.0.1 １２７.０.０.１ 127。0。0。1 ①②⑦.0.0.1
    0 0.0.0.0 10.0.0.1 167772161 012.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1 0xc0a80101 100.64.0.1 169.254.169.254 2852039166
    0251.0376.0251.0376 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 224.0.0.1 240.0.0.1 255.255.255.255 [::] [::1] [0:0:0:0:0:0:0:1]
    [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::127.0.0.1] [2002:7f00:1::] [64:ff9b::7f00:1] [64:ff9b:1::808:808] [2001:0:7f00:1::]
    [2a00:1::5efe:10.0.0.1] [2a00:1::200:5efe:7f00:1] [fc00::1] [fd00:ec2::254] [fe80::1] [fec0::1] [ff02::1]
""".split()  # sixty strings in quotes would be hard to read


@pytest.mark.parametrize("host", SPELT_OUT)
def test_a_special_address_is_refused_however_it_is_spelt(guarded: Door, listener: Listener, host: str) -> None:
    answer = guarded.ask("/", f"url=http://{quote(host, safe='[]:%')}:{listener.port}/a.jpg")
    assert (answer.status, answer.message) == (400, "400 IP address blocked by policy")
    assert not listener.was_reached()


@pytest.mark.parametrize("login", ["user@", "user:word@", "pictures.example@", "pictures.example%2540", "pictures.example%5C@"])
def test_what_stands_before_an_at_sign_hides_nothing(guarded: Door, listener: Listener, login: str) -> None:
    answer = guarded.ask("/", f"url=http://{login}127.0.0.1:{listener.port}/a.jpg")
    assert (answer.status, answer.message) == (400, "400 Unable to parse URI")
    assert not listener.was_reached()


@pytest.mark.parametrize("host", ["inner.example", "metadata.example", "six.example", "nowhere.example"])
def test_a_name_that_leads_to_a_special_address_is_not_connected_to(guarded: Door, host: str) -> None:
    answer = guarded.ask("/", f"url=http://{host}/a.jpg")
    assert (answer.status, answer.message) == (404, "404 The hostname of the origin is unresolvable (DNS) or blocked by policy")


@pytest.mark.parametrize("port", [22, 25, 6379])
def test_ports_of_other_services_are_not_connected_to(guarded: Door, port: int) -> None:
    assert guarded.ask("/", f"url=http://pictures.example:{port}/").status == 404
    assert "pictures.example" not in guarded.lookups


@pytest.mark.parametrize("path", ["/to-loopback", "/to-metadata", "/to-number", "/to-name", "/to-six", "/to-file", "/to-data", "/to-gopher"])
def test_no_redirect_leads_to_a_special_address(door: Door, path: str) -> None:
    answer = door.picture(path)
    assert (answer.status, answer.message) == (404, "404 The hostname of the origin is unresolvable (DNS) or blocked by policy")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gopher://127.0.0.1:6379/_x", "data:image/png;base64,AAAA", "ftp://pictures.example/a"])
def test_other_schemes_are_no_addresses(guarded: Door, address: str) -> None:
    assert guarded.ask("/", f"url={quote(address, safe='')}").message == "400 Unable to parse URI"


def test_a_signature_opens_no_special_address(signing: Door, listener: Listener) -> None:
    query = signed(f"url=http://[::1]:{listener.port}/a.jpg", b"secret")
    assert signing.ask("/", query).message == "400 IP address blocked by policy"
    assert not listener.was_reached()
