"""`broadsheet extract` and `explain`: one page, read on the spot, nothing stored."""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json

if TYPE_CHECKING:
    from broadsheet.model import Extraction

Place = Annotated[str, typer.Argument(metavar="URL|FILE|-", help="A page's address, a saved HTML file, or - for standard input.")]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="FOLDER", help="Site rules to follow (default: the setting extraction.rules); may be repeated."),
]
PageUrl = Annotated[str, typer.Option("--url", help="For a file or standard input: the address it was saved from.")]


class Format(StrEnum):
    """What `extract` can print."""

    html = "html"
    md = "md"
    text = "text"
    json = "json"


def extract(
    ctx: typer.Context,
    place: Place,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.md,
    front_matter: Annotated[bool, typer.Option("--front-matter", help="Markdown: the fields before it, as YAML.")] = False,
    url: PageUrl = "",
    rules: Rules = None,
) -> None:
    """Print the article on a page: full text, with its structure."""
    from broadsheet.errors import UsageError
    from broadsheet.library.rendering import article_as, article_markdown

    if front_matter and format is not Format.md:
        raise UsageError("--front-matter", "is for Markdown only", do="Leave it out, or ask for --format md.")
    article = _extraction(ctx.obj, place, url, rules).article
    say(article_markdown(article, front_matter=True) if front_matter else article_as(format.value, article))


def explain(
    ctx: typer.Context,
    place: Place,
    url: PageUrl = "",
    rules: Rules = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as one JSON document.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page that shows the source page's text in colour.")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="With --html: open that page in the browser.")] = False,
) -> None:
    """Print the ballot behind every field of an article, and what became of every block of the page, and why."""
    from broadsheet.errors import UsageError
    from broadsheet.library.explaining import as_page, as_values, in_words

    if open_it and html is None:
        raise UsageError("--open", "has nothing to open", do="Name a file to write with --html.")
    extraction = _extraction(ctx.obj, place, url, rules)
    if html is not None:
        _write(html, as_page(extraction))
        say(f"written: {html}")
    if open_it and html is not None:
        typer.launch(html.resolve().as_uri())
    if as_json:
        say_json(as_values(extraction))
    elif html is None:
        for line in in_words(extraction):
            say(line)


def _write(file: Path, text: str) -> None:
    from broadsheet.errors import UsageError

    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(str(file), f"cannot be written: {error.strerror}", do="Name a file in a folder that exists and is yours.") from error


def _extraction(context: Context, place: str, url: str, folders: list[Path] | None) -> Extraction:
    from broadsheet.errors import NotAPage, UsageError
    from broadsheet.library.extracting import stated_address
    from broadsheet.library.reading import read_page
    from broadsheet.library.rules import book_of, rules_in_force
    from broadsheet.library.visiting import read_url

    rules = book_of(folders) if folders else rules_in_force(context.settings())

    if place == "-" or Path(place).is_file():
        html = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
        try:
            return read_page(html, url or stated_address(html), rules=rules)
        except NotAPage as error:
            raise NotAPage("standard input" if place == "-" else place, error.what, do="Give a saved HTML page.") from error
    if "://" not in place:
        raise UsageError(place, "is neither a file nor an address", do="Give an address with http:// or https://, the path of an HTML file, or -.")
    return asyncio.run(read_url(place, context.settings(), rules=rules))
