"""`broadsheet archive` and `import`: the Markdown tree, written and read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say


class Form(StrEnum):
    """The two forms of the archive."""

    native = "native"
    compatible = "compatible"


def archive(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the archive; only files that changed are written.")],
    form: Annotated[
        Form, typer.Option("--form", help="native: Markdown with front matter; compatible: the form of existing full-text archives.")
    ] = Form.native,
) -> None:
    """Write every article, and every revision, as a tree of Markdown files that git and anyone can mirror."""
    from broadsheet.library.archiving import archive_tree

    context: Context = ctx.obj
    with context.store() as store:
        report = archive_tree(store, context.settings(), out, form=form.value)
    say(f"{report.written} files written, {report.unchanged} unchanged in {out}.")


def import_archive(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An archive in either form, or one file of it.")],
) -> None:
    """Take an existing Markdown archive into the store. Articles that are there already stay as they are."""
    from broadsheet.library.archiving import import_tree

    context: Context = ctx.obj
    with context.store() as store, store.work():
        report = import_tree(store, folder)
    say(f"{report.new} articles taken in, {report.known} were there already.")
    for problem in report.problems:
        typer.echo(f"not read: {problem}", err=True)
    if report.problems and not (report.new or report.known):
        raise typer.Exit(6)
