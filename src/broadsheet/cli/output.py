"""How commands speak: plain lines when nobody watches, progress and colour on a terminal, JSON when a script asks."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from broadsheet.observe import Event, Listener

if TYPE_CHECKING:
    from rich.table import Table

IN_WORDS = {
    "polled": "polled",
    "unmoved": "unchanged feeds",
    "kept": "new articles",
    "revised": "revised",
    "unchanged": "unchanged",
    "teaser": "teasers only",
    "settled": "settled",
    "site-changed": "sites changed",
    "retry": "to be tried again",
    "given-up": "not to be had",
    "poll-failed": "failing sources",
    "picture": "pictures kept",
    "picture-gone": "pictures not to be had",
    "rule-stale": "site rules that found less than they should",
    "incident": "sources with a new trouble",
    "incident-over": "troubles over",
    "alerted": "alerts sent",
    "alert-failed": "alerts not sent",
}


def say(line: str = "") -> None:
    """One line for the person at the terminal."""
    typer.echo(line)


def say_json(value: Any) -> None:
    """One JSON document for a script."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def say_table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """A table on a terminal; tab-separated lines for a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            say("\t".join(row))
        return
    from rich.console import Console

    Console().print(_table(title, columns, rows))


def _table(title: str, columns: list[str], rows: list[list[str]]) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


class Tally:
    """Counts events by kind; `listener` may be shared by many visits of one process."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def count(self, event: Event) -> None:
        self.counts[event.kind] += event.count

    def in_words(self) -> str:
        """What happened, in one line."""
        return ", ".join(f"{self.counts[kind]} {words}" for kind, words in IN_WORDS.items() if self.counts[kind]) or "nothing was due"


@contextmanager
def watching(tally: Tally, *, quiet: bool = False) -> Iterator[Listener]:
    """A listener that shows what happens: a live line on a terminal, one line for each notable event otherwise."""
    if quiet:
        yield tally.count
    elif sys.stderr.isatty():
        with _live(tally) as listener:
            yield listener
    else:
        yield lambda event: _line(tally, event)


@contextmanager
def _live(tally: Tally) -> Iterator[Listener]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        shown = progress.add_task("starting")

        def listener(event: Event) -> None:
            tally.count(event)
            progress.update(shown, description=f"{tally.in_words()}  {event.said[:60]}")

        yield listener


QUIET_KINDS = frozenset({"unchanged", "unmoved", "settled", "picture", "picture-gone"})


def _line(tally: Tally, event: Event) -> None:
    tally.count(event)
    if event.kind not in QUIET_KINDS:
        typer.echo(" ".join(part for part in (event.kind, event.source_id, event.where, event.said) if part), err=True)
