"""The guided walk: the main job, step by step, over the sample press, said in plain words on the terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
import webbrowser
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from broadsheet.config import Settings, load
from broadsheet.demo.comparing import LOOKS, PAGE, Comparison, before_after_looks, before_after_page, compare_sources
from broadsheet.demo.press import HOST, DemoPress
from broadsheet.errors import ConfigError
from broadsheet.library.adding import Added, add_sources
from broadsheet.library.jobs import poll_once
from broadsheet.library.publishing import publish_tree
from broadsheet.model import StoredArticle
from broadsheet.observe import Event
from broadsheet.serve import build_app, run_server
from broadsheet.serve.server import listen
from broadsheet.store import Store, open_store
from broadsheet.text.moments import utc_now

COLUMN = 24
"""Letters of a paper's name in the lines that are aligned; Han and kana take two."""


def run_demo(*, data: Path | None, port: int, serve: bool, browser: bool) -> None:
    """Print five small newspapers, collect them, publish them, and, with *serve*, show the reading site at *port* until interrupted.

    Everything lies in *data*, or in a temporary folder, which is removed after serving. A *port* that is taken is replaced by a free one.
    *browser* opens the site, where there is a screen to open it on.
    """
    settings = demo_settings(os.environ, port=port)
    with _folder(data, keep=not serve) as folder, DemoPress() as press, open_store(folder / "data", now=utc_now) as store:
        with store.work():
            walk(press, store, settings, folder)
        if serve:
            asyncio.run(_serve(store, settings, browser=browser and has_screen(os.environ, sys.platform)))
        else:
            say(f"\nThe published site is {folder / 'public' / 'index.html'}; its pictures came from the papers, which are closed now.")
            say(_how_to_go_on())


def demo_settings(environment: Mapping[str, str], *, port: int) -> Settings:
    """The operator's settings, but for what a press on this machine needs: to be reached at all, and without pauses."""
    settings = load(None, environment)
    return replace(
        settings,
        fetch=replace(settings.fetch, private_hosts=(*settings.fetch.private_hosts, HOST), host_delay=0.0, proxy=""),
        serve=replace(settings.serve, host=HOST, port=_free(port)),
    )


def walk(press: DemoPress, store: Store, settings: Settings, folder: Path) -> None:
    """The main job, once, with everything to be seen in it; `public/` in *folder* holds the published site afterwards."""
    began = time.monotonic()
    say("Five small newspapers are in print on this machine, invented for this purpose:")
    for paper, home in zip(press.papers, press.homes, strict=True):
        say(f"  {padded(paper.name)} {home}")

    say("\n1. Adding them by their home pages:")
    asyncio.run(add_sources(list(press.homes), store, settings, choose=lambda found: found[0], preview=False, report=_say_added))

    say("\n2. Reading what is new, story by story:")
    _poll(store, settings)
    comparisons = compare_sources(store)
    for one in comparisons:
        _say_comparison(one)

    say("\n3. Later that day a paper corrects a story. Asking all of them again:")
    press.advance()
    _poll(store, settings, everything=True)
    for stored in store.articles():
        if stored.revision > 1:
            _say_revised(stored, store)

    say("\n4. Publishing feeds and a reading site:")
    report = publish_tree(store, settings, folder / "public")
    _write_before_after(compare_sources(store), settings, folder / "public")
    say(f"  {report.written + report.unchanged} files in {folder / 'public'}, {time.monotonic() - began:.1f} seconds after the start.")


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a browser window can be expected to open: not over SSH, in a container or in CI."""
    if "SSH_CONNECTION" in environment or "CI" in environment:
        return False
    return platform in ("darwin", "win32") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def padded(name: str) -> str:
    """*name* filled up to the column's width on a terminal, where Han and kana are twice as wide as other letters."""
    wide = sum("\u3000" <= letter <= "\u9fff" for letter in name)
    return name + " " * max(0, COLUMN - len(name) - wide)


def say(line: str = "") -> None:
    print(line, flush=True)


def _poll(store: Store, settings: Settings, *, everything: bool = False) -> None:
    counts: Counter[str] = Counter()

    def hear(event: Event) -> None:
        counts[event.kind] += event.count

    asyncio.run(poll_once(store, settings, wait=timedelta(seconds=5), everything=everything, tell=hear))
    names = {"kept": "new articles", "revised": "revised", "unchanged": "unchanged", "teaser": "teasers only", "poll-failed": "papers failed"}
    say("  " + ", ".join(f"{counts[kind]} {words}" for kind, words in names.items() if counts[kind]))


def _say_added(added: Added) -> None:
    if added.source is None:
        say(f"  {added.asked}: {added.error}")
        return
    kind = "a feed" if added.source.kind == "feed" else "no feed, but a page of links to stories"
    say(f"  {padded(added.source.title)} {kind} with {added.entries} entries")


def _say_comparison(one: Comparison) -> None:
    people = ", ".join(person.name for person in one.article.people) or "nobody named"
    pictures = f"{one.pictures} picture{'' if one.pictures == 1 else 's'}"
    say(f"  {padded(one.source.title)} {one.teaser_words} words before, {one.article.word_count} now, {pictures}, by {people}")


def _say_revised(stored: StoredArticle, store: Store) -> None:
    first, last = store.revisions(stored.id)[0].article, stored.article
    say(f"  “{last.title}” is now at revision {stored.revision}; revision 1 is kept.")
    for before, after in changed_lines(first.text, last.text):
        say(f"    before: {before}")
        say(f"    after:  {after}")


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ, where both texts have equally many; [] otherwise."""
    old, new = before.splitlines(), after.splitlines()
    return [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]


def _write_before_after(comparisons: tuple[Comparison, ...], settings: Settings, public: Path) -> None:
    (public / PAGE).write_text(before_after_page(comparisons, settings), "utf-8")
    (public / LOOKS).write_bytes(before_after_looks())


async def _serve(store: Store, settings: Settings, *, browser: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)

    def ready(address: str) -> None:
        _say_addresses(address, store)
        if browser:
            loop.run_in_executor(None, webbrowser.open, address)

    await run_server(demo_app(store, settings), settings.serve, stop, ready=ready)
    say("\nClosed. Nothing is left running.")


def demo_app(store: Store, settings: Settings) -> Starlette:
    """The reading site as ever, and the page of comparisons with it."""
    app = build_app(store, settings)

    def before_after(request: Request) -> Response:
        return Response(before_after_page(compare_sources(store), settings, leaf=""), media_type="text/html")

    def looks(request: Request) -> Response:
        return Response(before_after_looks(), media_type="text/css")

    app.router.routes += [Route("/before-after", before_after), Route(f"/{LOOKS}", looks)]
    return app


def _say_addresses(address: str, store: Store) -> None:
    revised = next((stored for stored in store.articles() if stored.revision > 1), None)
    say(f"\nThe reading site is open: {address}")
    say(f"  before and after:      {address}before-after")
    if revised is not None:
        say(f"  the corrected story:   {address}articles/{revised.id}/revisions/")
    say(f"  a full-text feed:      {address}{'merged/all.rss'}")
    say(_how_to_go_on())
    say("\nCtrl-C ends the demo.")


def _how_to_go_on() -> str:
    return "\nTo add a source of your own:\n  broadsheet add https://a-newspaper.example/\n  broadsheet run"


def _free(port: int) -> int:
    """*port* if nobody listens there, else 0, which means any free one."""
    try:
        listen(HOST, port).close()
    except ConfigError:
        return 0
    return port


@contextmanager
def _folder(data: Path | None, *, keep: bool) -> Iterator[Path]:
    """*data*, or a temporary folder, removed at the end unless it is to be kept."""
    if data is not None or keep:
        with nullcontext(data or Path(tempfile.mkdtemp(prefix="broadsheet-demo-"))) as folder:
            folder.mkdir(parents=True, exist_ok=True)
            yield folder
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-demo-", ignore_cleanup_errors=True) as name:
        yield Path(name)
