"""`broadsheet publish`: all feeds and the reading site as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json


def publish(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write to; only files that changed are written.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Write every feed and the static reading site to a folder that any web server can serve."""
    from broadsheet.library.publishing import publish_tree

    context: Context = ctx.obj
    with context.store() as store:
        report = publish_tree(store, context.settings(), out)
    if as_json:
        say_json({"out": str(out), "written": report.written, "unchanged": report.unchanged, "removed": report.removed})
    else:
        say(f"{report.written} files written, {report.unchanged} unchanged, {report.removed} removed. Open {out / 'index.html'}")
