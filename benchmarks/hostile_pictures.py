"""The image proxy under hostile load: while good requests go on, every bad input we know of, against the real server.

    python benchmarks/hostile_pictures.py [--good 2] [--only NAME]

A host on this machine plays the publisher: files that are no pictures, that break off, that grow a thousandfold when decoded, answers that
never end or lead in circles. Prints what the proxy answered to each and how long it took, how long good requests waited meanwhile, and the
most memory that the server and each of its workers ever had. Ends with 1 if a worker had more than 300 MB, or a good request failed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import struct
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pyvips

from image_server import ImageServer, image_server

MOST_MEMORY = 300_000_000
"""Bytes of a worker: the goal."""
PATIENCE = 60.0  # seconds for one answer: more than any limit of the server's

PRIVATE = (
    "127.0.0.1", "localhost", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "１２７.０.０.１", "10.0.0.7",
    "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[fc00::1]",
    "[fe80::1]", "[fec0::1]", "[ff02::1]", "[2001:0:0:0:0:0:80ff:fffe]", "user:pw@127.0.0.1", "127.0.0.1:22", "127.0.0.1:6379",
)  # fmt: skip
"""Spellings of addresses that no publisher has (the table of docs/explanation/safety.md)."""


# -- what is sent -------------------------------------------------------------------------------------


def png(width: int, height: int, *, depth: int = 8, colour: int = 2, rows: int | None = None, interlaced: bool = False) -> bytes:
    """A PNG of zeros with the size it claims; *rows* fewer leave it unfinished. It packs a thousand bytes into one."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    line = b"\0" * (1 + (width * samples * depth + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(line) for _ in range(height if rows is None else rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def gif(frames: int, side: int = 64) -> bytes:
    """An animation of so many equal frames."""
    screen = struct.pack("<6sHHBBB", b"GIF89a", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    one = one_frame(side)
    return screen + one * frames + b";"


def one_frame(side: int) -> bytes:
    """One frame, taken from a file that libvips writes: between its own colour table and its end."""
    body = bytes(pyvips.Image.black(side, side, bands=3).gifsave_buffer())
    at = body.index(b"!\xf9")
    return body[at:-1]


def photo(width: int, height: int) -> pyvips.Image:
    noise = pyvips.Image.gaussnoise(width, height, mean=128, sigma=20)
    return noise.bandjoin([noise, noise]).cast("uchar").copy(interpretation="srgb")


def blank(width: int, height: int, bands: int = 3) -> pyvips.Image:
    return pyvips.Image.black(width, height, bands=bands).copy(interpretation="srgb")


GOOD = bytes(photo(1600, 1200).jpegsave_buffer(Q=85))
SECRET = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">'


def bodies() -> dict[str, tuple[Callable[[], bytes], str]]:
    """Every bad file: how it is made, and the type it is sent as."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "text": (lambda: b"this is no picture", "text/plain"),
        "html as jpeg": (lambda: b"<!doctype html><script>alert(1)</script>", "image/jpeg"),
        "empty": (lambda: b"", "image/jpeg"),
        "jpeg as text": (lambda: GOOD, "text/html"),
        "truncated jpeg": (lambda: GOOD[: len(GOOD) // 2], "image/jpeg"),
        "jpeg header only": (lambda: GOOD[:200], "image/jpeg"),
        "truncated png": (lambda: png(2000, 2000)[:200], "image/png"),
        "100,000 x 100,000": (lambda: png(100_000, 100_000, depth=1, colour=0), "image/png"),
        "100,000 x 100,000, claimed only": (lambda: png(100_000, 100_000, rows=1), "image/png"),
        "png bomb, 71 Mpx of 16 bit": (lambda: png(8_400, 8_400, depth=16, colour=6), "image/png"),
        "png bomb, 71 Mpx interlaced": (lambda: bytes(blank(8_400, 8_400, 4).pngsave_buffer(interlace=True)), "image/png"),
        "progressive jpeg of 70 Mpx": (lambda: bytes(blank(8_400, 8_400).jpegsave_buffer(interlace=True)), "image/jpeg"),
        "jpeg of 65,000 x 65,000": (lambda: bytes(blank(65_000, 65_000, 1).jpegsave_buffer()), "image/jpeg"),
        "webp of 16,383 x 4,000": (lambda: bytes(blank(16_383, 4_000).webpsave_buffer(lossless=True, effort=0)), "image/webp"),
        "avif of 8,000 x 8,000": (lambda: bytes(blank(8_000, 8_000).heifsave_buffer(compression="av1", effort=0)), "image/avif"),
        "tiff of 60,000 x 60,000": (lambda: bytes(blank(60_000, 60_000, 1).tiffsave_buffer(compression="deflate")), "image/tiff"),
        "gif of 10,000 frames": (lambda: gif(10_000), "image/gif"),
        "gif of 10,000 frames, all asked for": (lambda: gif(10_000), "image/gif"),
        "gif of 250 frames, all asked for": (lambda: gif(250, 400), "image/gif"),
        "svg with a script": (lambda: SVG + b"<script>alert(1)</script><rect width='9' height='9'/></svg>", "image/svg+xml"),
        "svg that reads a file": (lambda: SECRET + SVG + b"<text>&x;</text></svg>", "image/svg+xml"),
        "svg of a billion laughs": (
            lambda: f'<!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]>'.encode() + SVG + b"<text>&l9;</text></svg>", "image/svg+xml"
        ),
        "svg of 1,000,000 pixels": (lambda: SVG.replace(b'"100"', b'"1000000"') + b"<rect width='9' height='9'/></svg>", "image/svg+xml"),
        "svg, deeply nested": (lambda: SVG + b"<g>" * 200_000 + b"</g>" * 200_000 + b"</svg>", "image/svg+xml"),
        "svg, heavy filter": (
            lambda: SVG.replace(b'"100"', b'"8000"') + b'<filter id="f"><feGaussianBlur stdDeviation="900"/></filter>'
            + b'<g filter="url(#f)"><rect width="8000" height="8000"/></g>' * 20 + b"</svg>", "image/svg+xml"
        ),
        "gzipped svg bomb": (lambda: gzip.compress(SVG + b" " * 300_000_000 + b"</svg>"), "image/svg+xml"),
        "gif that is a script": (lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//;", "image/gif"),
        "jpeg with a page inside": (lambda: GOOD[:2] + b"\xff\xfe\x00\x20<script>alert(document)</script>"[:34] + GOOD[2:], "image/jpeg"),
        "ico with a bomb": (lambda: struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, 32, 5_000, 22) + png(20_000, 20_000), "image/x-icon"),
        "bmp": (lambda: b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 1, 1, 0, 0), "image/bmp"),
    }  # fmt: skip


WISHES = {  # of a good picture
    "enlarged to 8,400 x 8,400 as AVIF": "w=8400&h=8400&fit=fill&output=avif",
    "enlarged to 100,000 x 100,000": "w=100000&h=100000&fit=fill",
    "enlarged to 8,400 wide as PNG": "w=8400&h=8400&fit=fill&output=png&l=9",
    "blurred by 1,000": "w=8000&blur=1000",
    "turned by 45 degrees, 8,000 wide": "w=8000&ro=45",
    "smart crop of 8,000": "w=8000&h=8000&fit=cover&a=entropy",
    "dpr of 8": "w=5000&dpr=8",
    "nonsense in every parameter": "w=-1&h=1e99&fit=x&a=%00&q=999&output=&n=-9&page=99999999&blur=x&bg=zzz&trim=999&ro=9999999999",
    "an output that is switched off": "output=tiff",
    "an output that there is not": "output=exe",
    "default to a script": "output=tiff&default=javascript:alert(1)",
    "default with a line break": "output=tiff&default=https%3A%2F%2Fa.example%2F%0d%0aSet-Cookie:%20a=b",
    "filename with a line break": "filename=a%0d%0ab",
}


@contextmanager
def publisher(files: dict[str, tuple[bytes, str]]) -> Iterator[str]:
    """A host with these files by path, and with the answers that no file can give; its host and port."""

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            try:
                special = getattr(self, f"_{self.path[1:].replace('-', '_')}", None)
                special() if special else self._file()
            except OSError:
                self.close_connection = True  # the proxy has had enough

        def _file(self) -> None:
            body, media_type = files.get(self.path.partition("?")[0], (b"", "missing"))
            self._head(404 if media_type == "missing" else 200, {"Content-Type": media_type, "Content-Length": len(body)})
            self.wfile.write(body)

        def _large(self) -> None:
            self._head(200, {"Content-Type": "image/jpeg", "Content-Length": 200_000_000})
            self._flood()

        def _large_unsaid(self) -> None:
            self._head(200, {"Content-Type": "image/jpeg", "Connection": "close"})
            self._flood()

        def _flood(self) -> None:
            self.close_connection = True
            self.wfile.write(GOOD)
            for _ in range(200):
                self.wfile.write(b"\0" * 1_000_000)

        def _packed_large(self) -> None:
            body = gzip.compress(GOOD + b"\0" * 200_000_000)
            self._head(200, {"Content-Type": "image/jpeg", "Content-Encoding": "gzip", "Content-Length": len(body)})
            self.wfile.write(body)

        def _drip(self) -> None:
            self._head(200, {"Content-Type": "image/jpeg", "Content-Length": 1_000_000})
            for byte in GOOD[:600]:
                self.wfile.write(bytes([byte]))
                time.sleep(0.1)

        def _silent(self) -> None:
            time.sleep(40)

        def _loop(self) -> None:
            self._head(302, {"Location": "/loop", "Content-Length": 0})

        def _inward(self) -> None:
            self._head(302, {"Location": "http://169.254.169.254/latest/meta-data/", "Content-Length": 0})

        def _to_a_file(self) -> None:
            self._head(302, {"Location": "file:///etc/passwd", "Content-Length": 0})

        def _lies(self) -> None:
            self.close_connection = True
            self._head(200, {"Content-Type": "image/jpeg", "Content-Length": len(GOOD) * 2})
            self.wfile.write(GOOD)

        def _head(self, status: int, headers: dict[str, object]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, str(value))
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


ANSWERS = ("large", "large-unsaid", "packed-large", "drip", "silent", "loop", "inward", "to-a-file", "lies", "nothing-here")


# -- what is asked ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    seconds: float
    words: str  # the message of an error, else the type and size


def ask(url: str) -> Answer:
    """The proxy's answer; a redirect is not followed."""
    began = time.perf_counter()
    opener = urllib.request.build_opener(_Stay())
    try:
        with opener.open(url, timeout=PATIENCE) as answer:
            body = answer.read()
            words = f"{answer.headers['Content-Type']}, {len(body):,} bytes"
            return Answer(answer.status, time.perf_counter() - began, words)
    except urllib.error.HTTPError as error:
        said = json.loads(error.read() or b"{}")
        where = f" -> {error.headers['Location']}" if error.headers["Location"] else ""
        return Answer(error.code, time.perf_counter() - began, said.get("message", "") + where)
    except OSError as error:
        return Answer(0, time.perf_counter() - began, repr(error))


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


@dataclass(slots=True)
class Memory:
    """The most memory of a process and of all that it started, looked at every 20 ms."""

    pid: int
    peaks: dict[int, int] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self._stop.wait(0.02):
            for pid in (self.pid, *descendants(self.pid)):
                self.peaks[pid] = max(self.peaks.get(pid, 0), peak_bytes(pid))

    def stop(self) -> None:
        self._stop.set()

    @property
    def server(self) -> int:
        return self.peaks.get(self.pid, 0)

    @property
    def workers(self) -> list[int]:
        return sorted((peak for pid, peak in self.peaks.items() if pid != self.pid), reverse=True)


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in file.read_text().split()]
        except OSError:
            continue  # the thread has ended
    return [*found, *(further for child in found for further in descendants(child))]


def peak_bytes(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


@dataclass(slots=True)
class Good:
    """Requests for good pictures, one after another, each in a size of its own so that it has to be made; or all for one that is cached."""

    server: ImageServer
    picture: str
    cached: bool
    answers: list[Answer] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        width = 100
        while not self.stop.is_set():
            width += 0 if self.cached else 1
            self.answers.append(ask(self.server.link(self.picture, w=width, output="webp", **({} if self.cached else {"q": 70 + width % 20}))))
            time.sleep(0.05)

    def told(self) -> str:
        statuses = dict(Counter(answer.status for answer in self.answers))
        waits = sorted(answer.seconds for answer in self.answers) or [0.0]
        which = "good pictures, cached" if self.cached else "good pictures, to be made"
        return f"{which}: {statuses}, half of them within {waits[len(waits) // 2] * 1000:.0f} ms, the slowest took {waits[-1]:.1f} s"


def cases(only: str) -> Iterator[tuple[str, str | Callable[[], tuple[bytes, str]], str]]:
    """(name, what is sent or the path that answers, the wishes)."""
    for name, (make, media_type) in bodies().items():
        if only in name:
            wish = "w=300&n=-1" if name.endswith("all asked for") else "w=300"
            yield name, lambda make=make, media_type=media_type: (make(), media_type), wish  # type: ignore[misc]
    for name in ANSWERS:
        if only in name:
            yield name, f"/{name}", "w=300"
    for name, wish in WISHES.items():
        if only in name:
            yield name, lambda: (GOOD, "image/jpeg"), wish


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--good", type=int, default=2, help="clients that ask for good pictures meanwhile (default: 2)")
    parser.add_argument("--only", default="", help="only the cases with this in their name")
    args = parser.parse_args()
    files: dict[str, tuple[bytes, str]] = {"/good.jpg": (GOOD, "image/jpeg")}
    with ExitStack() as stack:
        host = stack.enter_context(publisher(files))
        server = stack.enter_context(image_server(Path(stack.enter_context(tempfile.TemporaryDirectory())), origin=host))
        memory = stack.enter_context(watched(server.pid))
        good = stack.enter_context(asking(server, f"http://{host}/good.jpg", args.good))
        answers = [*attack(server, host, files, memory, args.only), *(addresses(server) if not args.only else ())]
    print("\n" + "\n".join(one.told() for one in good))
    largest = ", ".join(f"{peak / 1e6:.0f}" for peak in memory.workers[:6])
    print(f"most memory: server {memory.server / 1e6:.0f} MB; {len(memory.workers)} workers, the largest {largest} MB")
    failed = any(answer.status != 200 for one in good for answer in one.answers)
    broken = any(answer.status == 0 or answer.status >= 500 for answer in answers)
    sys.exit(1 if failed or broken or max(memory.workers, default=0) > MOST_MEMORY else 0)


@contextmanager
def watched(pid: int) -> Iterator[Memory]:
    """The memory of a process and of its workers, looked at until the end."""
    memory = Memory(pid)
    thread = threading.Thread(target=memory.watch)
    thread.start()
    try:
        yield memory
    finally:
        memory.stop()
        thread.join()


@contextmanager
def asking(server: ImageServer, picture: str, count: int) -> Iterator[list[Good]]:
    """So many clients that ask for good pictures until the end; every second one for a cached one."""
    good = [Good(server, picture, cached=bool(number % 2)) for number in range(count)]
    clients = [threading.Thread(target=one.go_on) for one in good]
    for client in clients:
        client.start()
    try:
        yield good
    finally:
        for one, client in zip(good, clients, strict=True):
            one.stop.set()
            client.join()


def attack(server: ImageServer, host: str, files: dict[str, tuple[bytes, str]], memory: Memory, only: str) -> Iterator[Answer]:
    """One bad request after another, each printed with its answer."""
    for number, (name, sent, wish) in enumerate(cases(only)):
        path = sent if isinstance(sent, str) else f"/case-{number}"
        if not isinstance(sent, str):
            files[path] = sent()
        before = max(memory.workers, default=0)
        answer = ask(f"{server.url}?url={quote(f'http://{host}{path}', safe='')}&{wish}")
        files.pop(path, None)
        grown = max(memory.workers, default=0)
        mark = f"  (largest worker now {grown / 1e6:.0f} MB)" if grown > before + 5e6 else ""
        print(f"{name:38}{answer.status:>4}{answer.seconds:>7.1f} s  {answer.words[:100]}{mark}", flush=True)
        yield answer


def addresses(server: ImageServer) -> Iterator[Answer]:
    """Every spelling of an address that is not public: all are to be refused."""
    answers = {spelling: ask(f"{server.url}?url={quote(f'http://{spelling}/a.jpg', safe='')}") for spelling in PRIVATE}
    statuses = ", ".join(f"{count} times {status}" for status, count in Counter(answer.status for answer in answers.values()).items())
    print(f"{len(PRIVATE)} spellings of addresses that are not public: {statuses}; slowest {max(one.seconds for one in answers.values()):.1f} s")
    for spelling, answer in answers.items():
        if answer.status not in (400, 404):
            print(f"  {spelling}: {answer.status} {answer.words}")
    yield from answers.values()


if __name__ == "__main__":
    main()
