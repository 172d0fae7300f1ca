"""`broadsheet reextract`: read the pages on file with the present extractor."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    from broadsheet.library.reextracting import Reextraction, Reread


def reextract(
    ctx: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only this source's articles, by its id.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles first seen on this day (UTC) or later.")] = None,
    article: Annotated[str | None, typer.Option(help="Only this article, by its id.")] = None,
    limit: Annotated[int | None, typer.Option(help="Only so many, the newest.", min=1)] = None,
    write: Annotated[bool, typer.Option("--write", help="Keep what differs as new revisions; without it nothing is changed.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what differs, article by article.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read stored pages again with the present extractor, and say what would be different. Fetches nothing."""
    from broadsheet.library.reextracting import Choice, reextract

    context: Context = ctx.obj
    settings = context.settings()
    choice = Choice(source_id=source, since=since.replace(tzinfo=UTC) if since else None, article_id=article, limit=limit)
    with context.store() as store, store.work() if write else nullcontext(), _telling(diff=diff) as report:
        total = asyncio.run(reextract(store, settings, choice, write=write, report=report))
    if as_json:
        say_json({"sources": total.by_source, "written": total.written, "held back": total.held_back})
        return
    _say_total(total, write=write)


def _say_total(total: Reextraction, *, write: bool) -> None:
    from broadsheet.library.reextracting import WORDS

    if not total.by_source:
        say("No articles were chosen.")
        return
    rows = [[source_id, *(str(counts[kind]) for kind in WORDS)] for source_id, counts in sorted(total.by_source.items())]
    say_table("Read again", ["source", *WORDS.values()], rows)
    sums = {kind: sum(counts[kind] for counts in total.by_source.values()) for kind in WORDS}
    say(", ".join(f"{count} {WORDS[kind]}" for kind, count in sums.items() if count) + ".")
    if total.held_back:
        say(f"{total.held_back} are held back, most often since they show much less than what is kept; --article writes one all the same.")
    if write:
        say(f"{total.written} revisions written.")
    elif sums["changed"] + sums["fuller"] + sums["shorter"]:
        say("Nothing was written: --diff shows what differs, --write keeps it.")


@contextmanager
def _telling(*, diff: bool) -> Iterator[Callable[[Reread], None]]:
    """A listener that shows the differences as they are found, and on a terminal how many articles are done."""
    tell = _say_difference if diff else _say_nothing
    if not sys.stderr.isatty():
        yield tell
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TimeElapsedColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        shown = progress.add_task("", total=None)

        def both(one: Reread) -> None:
            progress.update(shown, advance=1, description=one.before.article.title[:60])
            tell(one)

        yield both


def _say_nothing(one: Reread) -> None:
    """Where only the sum is asked for."""


def _say_difference(one: Reread) -> None:
    from broadsheet.library.reextracting import WORDS, differences

    if one.becomes in ("same", "no page"):
        return
    say(f"{one.before.id} {WORDS[one.becomes]}: {one.before.article.title}\n  {one.before.article.url}")
    for line in (f"held back: {one.held_back}" if one.held_back else one.said, *differences(one)):
        if line:
            say(f"  {line}")
