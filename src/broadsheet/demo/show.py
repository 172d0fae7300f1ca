"""The guided walk: the main job, step by step, over the sample press, said in plain words on the terminal."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from broadsheet.config import Settings, load
from broadsheet.demo.comparing import LOOKS, PAGE, Comparison, before_after_looks, before_after_page, compare_sources
from broadsheet.demo.press import HOST, DemoPress
from broadsheet.demo.site import BEFORE_AFTER, free_port, has_screen, serve_demo
from broadsheet.errors import UsageError
from broadsheet.library.adding import Added, add_sources
from broadsheet.library.jobs import poll_once
from broadsheet.library.publishing import publish_tree
from broadsheet.markup.serialize import to_text
from broadsheet.model import StoredArticle
from broadsheet.observe import Event
from broadsheet.store import Store, open_store
from broadsheet.text.moments import utc_now

COLUMN = 24
"""Columns of the terminal for a paper's name."""

HOW_TO_GO_ON = "\nTo add a source of your own:\n  broadsheet add https://a-newspaper.example/\n  broadsheet run"


def run_demo(*, data: Path | None, port: int, serve: bool, browser: bool) -> None:
    """Print five small newspapers, collect them, publish them, and, with *serve*, show the reading site until interrupted.

    Everything lies in *data*, or in a temporary folder, which goes when the site is closed. A *port* that is taken is replaced by a
    free one. *browser* opens the site where there is a screen. Raises UsageError if *data* holds a collection already.
    """
    settings = demo_settings(os.environ, port=port)
    with _folder(data, keep=not serve) as folder, DemoPress() as press, open_store(folder, now=utc_now) as store:
        if store.sources(removed=True):
            raise UsageError(str(folder), "holds a collection already", do="Name an empty folder for the demo, or none")
        with store.work():
            walk(press, store, settings, folder / "public")
        if serve:
            browser = browser and has_screen(os.environ, sys.platform)
            asyncio.run(serve_demo(store, settings, ready=lambda address: _say_addresses(address, store), browser=browser))
            say("\nClosed. Nothing is left running.")
        else:
            say(f"\nEverything is in {folder}; the pictures came from the papers, which are closed now.")
            say(HOW_TO_GO_ON)


def demo_settings(environment: Mapping[str, str], *, port: int) -> Settings:
    """The operator's settings, but for what papers on this machine need: to be reached at all, directly, and without pauses."""
    settings = load(None, environment)
    return replace(
        settings,
        fetch=replace(settings.fetch, private_hosts=(*settings.fetch.private_hosts, HOST), host_delay=0.0, proxy=""),
        serve=replace(settings.serve, host=HOST, port=free_port(HOST, port)),
    )


def walk(press: DemoPress, store: Store, settings: Settings, public: Path) -> None:
    """The main job, once, with everything to be seen in it; the published site is in *public* afterwards."""
    began = time.monotonic()
    say("Five small newspapers are in print on this machine, invented for this purpose:")
    for paper, home in zip(press.papers, press.homes, strict=True):
        say(f"  {padded(paper.name)} {home}")

    say("\n1. Adding them by their home pages:")
    asyncio.run(add_sources(list(press.homes), store, settings, choose=lambda found: found[0], preview=False, report=_say_added))

    say("\n2. Reading what is new, story by story. The first story of each, before and after:")
    kept = _poll(store, settings)["kept"]
    for comparison in compare_sources(store):
        _say_comparison(comparison)
    say(f"  {len(kept)} articles in all.")

    say("\n3. Later that day a paper corrects a story. Asking all of them again:")
    press.advance()
    _poll(store, settings, everything=True)
    for stored in store.articles():
        if stored.revision > 1:
            _say_revised(stored, store)

    say("\n4. Publishing feeds and a reading site:")
    report = publish_tree(store, settings, public)
    (public / PAGE).write_text(before_after_page(compare_sources(store), settings), "utf-8")
    (public / LOOKS).write_bytes(before_after_looks())
    say(f"  {report.written} files in {public}, {time.monotonic() - began:.1f} seconds after the start.")


def say(line: str) -> None:
    """One line for the person at the terminal, at once."""
    print(line, flush=True)


def padded(name: str) -> str:
    """*name* filled up to the column's width; Han and kana are twice as wide as other letters."""
    wide = sum("\u3000" <= letter <= "\u9fff" for letter in name)
    return name + " " * max(0, COLUMN - len(name) - wide)


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """The lines in which two states of a text differ, pair by pair, as far as both go."""
    return [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=False) if old != new]


def _poll(store: Store, settings: Settings, *, everything: bool = False) -> Mapping[str, set[str]]:
    """Do what is due. Gives the addresses by what happened to them."""
    happened: dict[str, set[str]] = {"kept": set()}

    def hear(event: Event) -> None:
        happened.setdefault(event.kind, set()).add(event.where)
        if event.kind in ("poll-failed", "given-up", "retry", "teaser"):
            say(f"  {event.where}: {event.said or event.kind}")

    asyncio.run(poll_once(store, settings, wait=timedelta(seconds=5), everything=everything, tell=hear))
    return happened


def _say_added(added: Added) -> None:
    if added.source is None:
        say(f"  {added.asked}: {added.error}")
        return
    kind = "has a feed" if added.source.kind == "feed" else "has no feed; its home page links to"
    say(f"  {padded(added.source.title)} {kind}{' of' if added.source.kind == 'feed' else ''} {added.entries} stories")


def _say_comparison(one: Comparison) -> None:
    people = ", ".join(person.name for person in one.article.people if person.role == "writer") or "nobody named"
    pictures = f"{one.pictures} picture{'' if one.pictures == 1 else 's'}"
    say(f"  {padded(one.source.title)} {one.teaser_words:3} words before, {one.article.word_count} after, {pictures}, by {people}")


def _say_revised(stored: StoredArticle, store: Store) -> None:
    first, last = store.revisions(stored.id)[0].article, stored.article
    say(f"  “{last.title}” is at revision {stored.revision} now; revision 1 is kept.")
    for before, after in changed_lines(first.text, last.text):
        say(f"    was: {before}\n    is:  {after}")
    for note in last.notes:
        say(f"    {to_text(note.html)}")


def _say_addresses(address: str, store: Store) -> None:
    say(f"\nThe reading site is open. Click on\n  {address}")
    say(f"  {address.rstrip('/')}{BEFORE_AFTER}   teasers and full texts, side by side")
    for stored in store.articles():
        if stored.revision > 1:
            say(f"  {address}articles/{stored.id}/revisions/   the corrected story")
    say(f"  {address}merged/all.rss   everything as one feed, for a feed reader")
    say(HOW_TO_GO_ON)
    say("\nCtrl-C ends the demo.")


@contextmanager
def _folder(data: Path | None, *, keep: bool) -> Iterator[Path]:
    """*data*, or a temporary folder, removed at the end unless it is to be kept."""
    if data is not None:
        yield data
    elif keep:
        yield Path(tempfile.mkdtemp(prefix="broadsheet-demo-"))
    else:
        with tempfile.TemporaryDirectory(prefix="broadsheet-demo-", ignore_cleanup_errors=True) as name:
            yield Path(name)
