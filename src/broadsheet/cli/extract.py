"""`broadsheet extract` and `explain`: one page, read on the spot, nothing stored."""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say

if TYPE_CHECKING:
    from broadsheet.model import Extraction

Place = Annotated[str, typer.Argument(metavar="URL|FILE|-", help="A page's address, a saved HTML file, or - for standard input.")]
PageUrl = Annotated[str, typer.Option("--url", help="For a file or standard input: the address it was saved from.")]


class Format(StrEnum):
    """What `extract` can print."""

    html = "html"
    md = "md"
    text = "text"
    json = "json"


def extract(
    ctx: typer.Context, place: Place, format: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.md, url: PageUrl = ""
) -> None:
    """Print the article on a page: full text, with its structure."""
    from broadsheet.library.rendering import article_as

    say(article_as(format.value, _extraction(ctx.obj, place, url).article))


def explain(ctx: typer.Context, place: Place, url: PageUrl = "") -> None:
    """Print the ballot behind every field of an article, and which blocks of the page were kept."""
    from broadsheet.library.rendering import ballots

    for line in ballots(_extraction(ctx.obj, place, url)):
        say(line)


def _extraction(context: Context, place: str, url: str) -> Extraction:
    from broadsheet.errors import NotAPage, UsageError
    from broadsheet.library.reading import read_page, read_url

    if place == "-" or Path(place).is_file():
        html = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
        try:
            return read_page(html, url or "https://unknown.invalid/")
        except NotAPage as error:
            raise NotAPage("standard input" if place == "-" else place, error.what, do="Give a saved HTML page.") from error
    if "://" not in place:
        raise UsageError(place, "is neither a file nor an address", do="Give an address with http:// or https://, the path of an HTML file, or -.")
    return asyncio.run(read_url(place, context.settings()))
