"""`broadsheet init`: make the data folder, with a commented settings file."""

from __future__ import annotations

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say


def init(ctx: typer.Context) -> None:
    """Make the data folder: an empty store and a settings file to edit. Harmless when it exists already."""
    from broadsheet.config import sample_file

    context: Context = ctx.obj
    with context.store():
        pass
    file = context.config_file or context.data / "config.toml"
    if file.exists():
        say(f"{context.data} is ready; {file} stays as it is.")
        return
    file.write_text(sample_file(), "utf-8")
    say(f"{context.data} is ready. Settings: {file}")
    say("Next: broadsheet add URL")
