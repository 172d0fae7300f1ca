"""`broadsheet pictures`: which are kept, which of a source are to be, and where the same one was seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json

if TYPE_CHECKING:
    from broadsheet.library.keeping_pictures import Alike
    from broadsheet.model import KeepPictures

pictures = typer.Typer(name="pictures", help="The pictures of articles that are kept.", no_args_is_help=True, rich_markup_mode=None)

WORDS = ("all", "lead", "none", "default")


@pictures.command("status")
def status(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Say how many pictures are kept, wanted, or given up, and how much room they take."""
    context: Context = ctx.obj
    with context.store() as store:
        totals = store.picture_totals()
    if as_json:
        say_json({"originals": totals.originals, "bytes": totals.size_bytes, "addresses": dict(totals.states)})
        return
    states = ", ".join(f"{count} {state}" for state, count in sorted(totals.states.items())) or "none seen yet"
    say(f"{totals.originals} pictures kept, {totals.size_bytes / 1e6:.1f} MB. Addresses: {states}.")


@pictures.command("keep")
def keep(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(help="A source's id.")],
    which: Annotated[str, typer.Argument(help="all, lead (the lead image only), none, or default: as pictures.keep says.")],
) -> None:
    """Say which pictures of a source are kept from now on. What is kept already stays."""
    from broadsheet.errors import UsageError
    from broadsheet.library.keeping_pictures import keep_of_source

    if which not in WORDS:
        raise UsageError(which, f"must be one of {', '.join(WORDS)}")
    wish: dict[str, KeepPictures | None] = {"all": "all", "lead": "lead", "none": "none"}
    context: Context = ctx.obj
    with context.store() as store:
        keep_of_source(store, source, wish.get(which))
    say(f"{source}: {which}")


@pictures.command("fetch")
def fetch(
    ctx: typer.Context,
    source: Annotated[str | None, typer.Argument(help="A source's id; without it, all.")] = None,
) -> None:
    """Have the pictures of articles that are here already fetched with the next poll: those never asked for, and those given up."""
    from broadsheet.library.keeping_pictures import want_again

    context: Context = ctx.obj
    settings = context.settings()
    with context.store() as store:
        wanted = want_again(store, settings, source)
    say(f"{wanted} pictures will be fetched. `broadsheet poll --once` does it now.")


@pictures.command("same")
def same(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A picture.", exists=True, dir_okay=False)],
    bits: Annotated[int, typer.Option(help="In how many of its 64 bits a fingerprint may differ.", min=0, max=7)] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Find kept pictures that show the same as a file, in whatever size or format."""
    from broadsheet.library.keeping_pictures import same_as

    context: Context = ctx.obj
    settings = context.settings()
    with context.store() as store:
        found = same_as(store, settings, file, bits=bits)
    if as_json:
        say_json([_as_json(one) for one in found])
    elif not found:
        say("None of the pictures that are kept is alike.")
    else:
        for one in found:
            _report(one)


def _as_json(one: Alike) -> dict[str, object]:
    facts = one.original
    shown = {url: [{"id": article.id, "title": article.article.title} for article in those] for url, those in one.shown.items()}
    return {"hash": facts.hash, "type": facts.media_type, "width": facts.width_px, "height": facts.height_px, "bits": one.bits, "shown": shown}


def _report(one: Alike) -> None:
    facts = one.original
    say(f"{facts.hash}  {facts.media_type}  {facts.width_px} x {facts.height_px}, {one.bits} bits differ")
    for url, those in one.shown.items():
        say(f"  {url}")
        for article in those:
            say(f"    {article.sort_at:%Y-%m-%d}  {article.id}  {article.article.title}")


@pictures.command("drop")
def drop(
    ctx: typer.Context,
    older_than: Annotated[int | None, typer.Option(help="Those of articles first seen more than so many days ago.", min=0, metavar="DAYS")] = None,
    beyond: Annotated[int | None, typer.Option(help="The oldest, until no more than so many bytes are kept.", min=0, metavar="BYTES")] = None,
) -> None:
    """Delete kept pictures, now and once; for rules that always hold see pictures.keep_days and pictures.keep_bytes."""
    from broadsheet.errors import UsageError
    from broadsheet.store import KeepingRule
    from broadsheet.text.moments import utc_now

    if older_than is None and beyond is None:
        raise UsageError("pictures drop", "does not say which", do="Give --older-than DAYS, --beyond BYTES, or both.")
    context: Context = ctx.obj
    with context.store() as store:
        before = utc_now() - timedelta(days=older_than) if older_than is not None else None
        dropped = store.drop_originals(KeepingRule(before=before, max_bytes=beyond))
        totals = store.picture_totals()
    say(f"{dropped} pictures deleted; {totals.originals} are kept, {totals.size_bytes / 1e6:.1f} MB.")
