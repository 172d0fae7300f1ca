"""`broadsheet pictures`: which are kept, which of a source are to be, and where the same one was seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json

if TYPE_CHECKING:
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
        say_json([{"hash": one.hash, "type": one.media_type, "width": one.width_px, "height": one.height_px} for one in found])
    for one in () if as_json else found:
        say(f"{one.hash}  {one.media_type}  {one.width_px} x {one.height_px}")
    if not found and not as_json:
        say("None of the pictures that are kept is alike.")
