"""The press's pictures in the reading site, in a real browser: are they shown, and does the browser ask anybody but us?

    BROADSHEET_TEST_DATA=… python benchmarks/press_pictures.py [--sites id,id | --count 12] [--faults none|light|heavy] [--keep DIR]

Adds sites of the press by their home pages, polls (all pictures are to be kept), serves the site and opens every article in headless
Chromium; then stops the press, deletes the proxy's cache and opens them again. The press refuses some pictures without a Referer, delays some,
has lost some, and sends them in five formats. Whatever the browser asks of another host than ours goes to a proxy that writes it down and
refuses. Ends with 1 if there was such a request, or if a picture that could be had is not shown.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import create_default_context
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from broadsheet.store import open_store
from broadsheet.text.moments import utc_now
from image_server import image_server
from press_run import broadsheet, control, environment, press

CHROMIUM = Path(__file__).parents[1] / "tests" / "browser" / "chromium.py"
CHROMIUMS_OWN = frozenset(
    ("accounts.google.com", "clients2.google.com", "update.googleapis.com", "www.google.com", "optimizationguide-pa.googleapis.com")
)
"""Where Chromium looks for its own updates and accounts, whatever page is open; none of the press's sites has pictures there."""
PATIENCE_MS = 20_000
SLOW_S = 0.5

# Every picture at once, however far down the page; then which of them have pixels.
LOOK = """(async () => {
  const all = [...document.images].filter(one => !one.classList.contains('placeholder'));
  for (const one of all) one.loading = 'eager';
  const settled = one => one.complete ? null : new Promise(done => { one.onload = one.onerror = done; });
  await Promise.race([Promise.all(all.map(settled)), new Promise(done => setTimeout(done, %d))]);
  return all.map(one => [one.currentSrc || one.src, one.naturalWidth]);
})()"""


@dataclass(slots=True)
class Round:
    """What the browser saw while all articles were opened once."""

    label: str
    shown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    foreign: Counter[str] = field(default_factory=Counter)
    of_its_own: Counter[str] = field(default_factory=Counter)  # what Chromium asks about itself


@contextmanager
def recording() -> Iterator[tuple[str, Counter[str]]]:
    """A proxy that refuses everything and counts the hosts it was asked for."""
    hosts: Counter[str] = Counter()

    class Refusing(BaseHTTPRequestHandler):
        def refuse(self) -> None:
            hosts[urlsplit(self.path).hostname or self.path.partition(":")[0]] += 1
            with suppress(OSError):  # it may have hung up
                self.send_error(502)

        do_GET = do_POST = do_HEAD = do_CONNECT = refuse

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", hosts
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chromium(proxy: str) -> ModuleType:
    """The browser of our tests, sent through *proxy* for every host but loopback."""
    spec = importlib.util.spec_from_file_location("headless_chromium", CHROMIUM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.__dict__["FLAGS"] = (*module.FLAGS, f"--proxy-server={proxy}", "--disable-features=OptimizationHints,MediaRouter", "--no-pings")
    return module


def opened(label: str, base: str, article_ids: Sequence[str], work: Path) -> Round:
    """All articles, one after another, in a browser that knows none of their pictures."""
    seen = Round(label)
    own = urlsplit(base).netloc
    with recording() as (proxy, refused):
        profile = Path(tempfile.mkdtemp(dir=work, prefix="profile-"))
        browser = chromium(proxy).Browser(profile)
        try:
            for article_id in article_ids:
                visit = browser.open(f"{base}articles/{article_id}/")
                looked = browser.call(
                    "Runtime.evaluate", session=visit.session, expression=LOOK % PATIENCE_MS, awaitPromise=True, returnByValue=True
                )["result"]["value"]  # fmt: skip
                for url, width in looked:
                    (seen.shown if width > 0 else seen.missing).append(url)
                seen.foreign.update(host for url in visit.requests if (host := urlsplit(url).netloc) not in (own, ""))
            seen.foreign.update({host: count for host, count in refused.items() if host not in CHROMIUMS_OWN})
            seen.of_its_own.update({host: count for host, count in refused.items() if host in CHROMIUMS_OWN})
        finally:
            browser.close()
    return seen


def causes(missing: Sequence[str], store: Path) -> Counter[str]:
    """Why these pictures are not there: what the store last heard of each."""
    with open_store(store, now=utc_now) as kept:
        found = Counter[str]()
        for url in missing:
            known = kept.picture(original_of(url))
            found[f"{known.state}: {known.last_error}" if known else "unknown to the store"] += 1
    return found


def original_of(url: str) -> str:
    """The publisher's address in a link to our proxy."""
    return parse_qs(urlsplit(url).query).get("url", [url])[0]


def headers(urls: Sequence[str]) -> Counter[str]:
    """What our server says of where each picture came from."""
    said: Counter[str] = Counter()
    for url in dict.fromkeys(urls):
        request = urllib.request.Request(url, headers={"Accept": "image/webp,*/*"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                said[answer.headers.get("X-Broadsheet-Image", "-")] += 1
        except urllib.error.HTTPError as error:
            said[f"status {error.code}"] += 1
    return said


def kinds(urls: Sequence[str], port: int, ca: Path) -> dict[str, frozenset[str]]:
    """What the press gives a stranger who asks for these pictures without a Referer: kind of answer -> addresses. Some are of two kinds."""
    proxy = f"http://127.0.0.1:{port}"
    handlers = (
        urllib.request.ProxyHandler({"http": proxy, "https": proxy}),
        urllib.request.HTTPSHandler(context=create_default_context(cafile=str(ca))),
    )
    opener = urllib.request.build_opener(*handlers)

    def ask(url: str) -> list[str]:
        began = time.monotonic()
        try:
            with opener.open(url, timeout=30) as answer:
                answer.read()
                return [answer.headers["Content-Type"], *(["slow"] if time.monotonic() - began > SLOW_S else [])]
        except urllib.error.HTTPError as error:
            return [f"{error.code} without a Referer" if error.code == 403 else str(error.code)]
        except OSError:
            return ["no answer"]

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(ask, urls))
    names = sorted({name for each in told for name in each})
    return {name: frozenset(url for url, each in zip(urls, told, strict=True) if name in each) for name in names}


def chosen(sites: Sequence[dict[str, Any]], count: int) -> str:
    """The ids of so many sites: first those whose pictures want a Referer, then from all over the list."""
    strict = [site["id"] for site in sites if site["habit"] == "hotlink"][: count // 3]
    others = [site["id"] for site in sites if site["id"] not in strict]
    return ",".join([*strict, *others[:: max(len(others) // max(count - len(strict), 1), 1)]][:count])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", default="")
    parser.add_argument("--count", type=int, default=12, help="sites, where none are named (default: 12)")
    parser.add_argument("--faults", default="none")
    parser.add_argument("--keep", type=Path, help="folder to leave the data in")
    args = parser.parse_args()
    data = os.environ.get("BROADSHEET_TEST_DATA")
    if not data:
        raise SystemExit("BROADSHEET_TEST_DATA is not set: it names the folder that holds the press")
    work = args.keep or Path(tempfile.mkdtemp(prefix="broadsheet-press-pictures-"))
    work.mkdir(parents=True, exist_ok=True)
    try:
        sys.exit(0 if shows(Path(data), work, args.sites, args.count, args.faults) else 1)
    finally:
        if not args.keep:
            shutil.rmtree(work, ignore_errors=True)


def shows(data: Path, work: Path, sites: str, count: int, faults: str) -> bool:
    """Print the tables; whether all is well."""
    store = work / "data"
    with ExitStack() as stack:
        port, ca = stack.enter_context(press(data, work, faults=faults))
        wanted = (sites or chosen(control(port, "sites"), count)).split(",")
        homes = [site["home"] for site in control(port, "sites") if site["id"] in wanted]
        ids = collected(store, homes, environment(port, ca, BROADSHEET_PICTURES_KEEP="all", BROADSHEET_PICTURES_HOST_DELAY="0.02"))
        before = serving(store, "the press running", ids, work, port=port, ca=ca)
        of_kind = kinds(sorted({original_of(url) for url in (*before.shown, *before.missing)}), port, ca)
    shutil.rmtree(store / "cache", ignore_errors=True)
    after = serving(store, "the press stopped, the cache deleted", ids, work, port=port, ca=ca)
    print(by_kind(of_kind, before, after))
    lost = {original_of(url) for url in before.shown} - {original_of(url) for url in after.shown}
    return not (lost or before.foreign or after.foreign)


def collected(store: Path, homes: Sequence[str], env: dict[str, str]) -> list[str]:
    """The ids of the articles there are after one poll."""
    broadsheet(store, "add", "--yes", "--no-preview", "--json", *homes, env=env)
    broadsheet(store, "poll", "--once", "--json", env=env)
    with open_store(store, now=utc_now) as kept:
        ids, totals = [article.id for article in kept.articles()], kept.picture_totals()
    states = ", ".join(f"{count} {state}" for state, count in totals.states.items())
    print(f"{len(homes)} sites, {len(ids)} articles; pictures: {states}; {totals.originals} originals, {totals.size_bytes / 1e6:.1f} MB", flush=True)
    return ids


def serving(store: Path, label: str, ids: Sequence[str], work: Path, *, port: int, ca: Path) -> Round:
    """The articles in the browser, from a fresh server; printed."""
    with image_server(store, only="", FETCH_PROXY=f"http://127.0.0.1:{port}", FETCH_CA_FILE=ca, FETCH_TIMEOUT=10) as server:
        seen = opened(label, server.url, ids, work)
        came_from = headers(seen.shown)
    print(f"\n{seen.label}\n  pictures on the pages        {len(seen.shown) + len(seen.missing)}")
    print(f"  shown                        {len(seen.shown)}\n  not shown                    {len(seen.missing)}")
    for cause, count in causes(seen.missing, store).most_common():
        print(f"    {count} {cause}")
    print(f"  came from                    {', '.join(f'{name} {count}' for name, count in came_from.items())}")
    print(f"  requests to foreign hosts    {seen.foreign.total()} {dict(seen.foreign) or ''}")
    print(f"    besides, Chromium's own    {seen.of_its_own.total()} {dict(seen.of_its_own) or ''}", flush=True)
    return seen


def by_kind(of_kind: dict[str, frozenset[str]], before: Round, after: Round) -> str:
    """For each kind of answer that the press gives a stranger: addresses, and how many of them were shown in both rounds."""
    rounds = [{original_of(url) for url in one.shown} for one in (before, after)]
    lines = [f"{'what the press gives a stranger':34}{'addresses':>12}{'shown':>12}{'after its end':>16}"]
    for kind, urls in of_kind.items():
        lines.append(f"{kind:34}{len(urls):>12}{len(urls & rounds[0]):>12}{len(urls & rounds[1]):>16}")
    return "\n" + "\n".join(lines)


if __name__ == "__main__":
    main()
