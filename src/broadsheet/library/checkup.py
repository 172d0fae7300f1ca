"""Checks of the installation, configuration, network, database and disk, each with what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from broadsheet.alerts import channels
from broadsheet.archive import zone_named
from broadsheet.config import Settings
from broadsheet.errors import BroadsheetError
from broadsheet.fetch import Client
from broadsheet.library.rules import load_rules
from broadsheet.model import Declined, Failed, Request
from broadsheet.publish.site.setup import site_from
from broadsheet.store import Store, open_store
from broadsheet.text.moments import utc_now

LITTLE_ROOM = 1_000_000_000
"""Bytes of free disk below which we warn: some 20,000 articles with their pages."""

OLDEST_SQLITE = (3, 35, 0)
"""RETURNING and window functions, which the store uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check: what was looked at, whether it is in order, and what was seen or should be done."""

    what: str
    good: bool
    said: str


def check_machine() -> Iterator[Finding]:
    """Python, SQLite, and the libraries without which nothing works."""
    yield Finding(what="Python", good=sys.version_info >= (3, 11), said=sys.version.split()[0])
    yield Finding(what="SQLite", good=sqlite3.sqlite_version_info >= OLDEST_SQLITE, said=sqlite3.sqlite_version)
    for package in ("aiohttp", "lxml", "nh3", "selectolax", "sqlalchemy", "starlette"):
        try:
            yield Finding(what=package, good=True, said=version(package))
        except PackageNotFoundError:
            yield Finding(what=package, good=False, said="is not installed: install broadsheet again")


def check_settings(settings: Settings) -> Iterator[Finding]:
    """Settings that are well-formed, but of which nothing can be made: a zone, a picture template, a host that does not exist."""
    attempts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("reading site", lambda: site_from(settings.publish, settings.images, settings.site)),
        ("archive", lambda: zone_named(settings.archive.zone)),
        ("archive, compatible form", lambda: zone_named(settings.archive.compatible_zone, key="archive.compatible_zone")),
        ("network settings", lambda: Client(settings.fetch, now=utc_now)),
        ("alerts", lambda: channels(settings.alerts, Client(settings.fetch, now=utc_now).post)),
    )
    for what, attempt in attempts:
        try:
            attempt()
        except BroadsheetError as error:
            yield Finding(what=what, good=False, said=str(error))
        else:
            yield Finding(what=what, good=True, said="settings make sense")
    yield from check_rules(settings)


def check_rules(settings: Settings) -> Iterator[Finding]:
    """The folders of site rules, if the settings name any. A refused file is no fault of the installation, but worth a look."""
    if not settings.extraction.rules:
        return
    try:
        loaded = load_rules([Path(folder).expanduser() for folder in settings.extraction.rules])
    except BroadsheetError as error:
        yield Finding(what="site rules", good=False, said=str(error))
        return
    refused = f", {len(loaded.refused)} refused: see `broadsheet rules check`" if loaded.refused else ""
    yield Finding(what="site rules", good=bool(loaded.rules), said=f"{len(loaded.rules)} loaded{refused}")


def check_folder(data: Path) -> Iterator[Finding]:
    """The data folder, its database and the disk under it."""
    place = next((folder for folder in (data, *data.parents) if folder.exists()), Path("/"))
    writable = os.access(place, os.W_OK)
    yield Finding(what="data folder", good=writable, said=str(data) if writable else f"{place} cannot be written: choose another with --data")
    free = shutil.disk_usage(place).free
    yield Finding(
        what="disk",
        good=free > LITTLE_ROOM,
        said=f"{free / 1e9:.1f} GB free" + ("" if free > LITTLE_ROOM else ": make room, or choose another disk with --data"),
    )
    if not data.exists():
        yield Finding(what="database", good=True, said="not made yet: `broadsheet init` or `broadsheet add` makes it")
        return
    try:
        with open_store(data, now=utc_now) as store:
            sources = store.sources()
            articles = sum(counts.articles for counts in store.counts().values())
            yield Finding(what="database", good=True, said=f"{len(sources)} sources, {articles} articles")
            changed = sorted(site_changes(store).items())
            said = "; ".join(f"{source_id}: {words}" for source_id, words in changed)
            yield Finding(what="sites", good=not changed, said=f"{said}; compare with `broadsheet reextract`" if changed else "as they were")
            failing = [source.id for source in sources if store.poll_state(source.id).failures >= 3]
            yield Finding(
                what="sources", good=not failing, said=f"failing: {', '.join(failing)}; see `broadsheet sources`" if failing else "none failing"
            )
    except BroadsheetError as error:
        yield Finding(what="database", good=False, said=str(error))


def site_changes(store: Store) -> dict[str, str]:
    """In words, what has changed about the sites of the sources that are watched, by the source's id; those without a change are left out."""
    watched = {source.id for source in store.sources()}
    found: dict[str, str] = {}
    for memory in store.changed_sites():
        for source_id in sorted({page.source_id for page in memory.pages} & watched):
            if memory.change is not None:
                found[source_id] = "; ".join(filter(None, (found.get(source_id), memory.change.in_words)))
    return found


async def check_network(settings: Settings, url: str) -> Finding:
    """Whether a request for *url* gets an answer."""
    try:
        async with Client(settings.fetch, now=utc_now) as client:
            outcome = await client.get(Request(url=url, kind="feed"))
    except BroadsheetError as error:
        return Finding(what="network", good=False, said=str(error))
    if isinstance(outcome, Failed | Declined):
        return Finding(what="network", good=False, said=f"{url}: {outcome.reason}; behind a firewall, set fetch.proxy and fetch.ca_file")
    return Finding(what="network", good=True, said=f"{url} answers")
