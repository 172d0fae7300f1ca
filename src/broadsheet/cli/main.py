"""The command `broadsheet`: one module a command, and the one table from error to exit code."""

from __future__ import annotations

import errno
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from broadsheet import __version__, errors
from broadsheet.cli import alerts, archive, demo, doctor, extract, feeds, init, pictures, poll, publish, reextract, rules, sources
from broadsheet.cli.context import Context, default_data

EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (errors.UsageError, 2),
    (errors.ConfigError, 2),
    (errors.SourceError, 3),
    (errors.FetchError, 4),
    (errors.ParseError, 4),
    (errors.StoreError, 5),
    (errors.ArchiveError, 6),
    (errors.BroadsheetError, 1),
)
"""Exit codes: 0 done; 1 an error of another kind; 2 the call or a setting is wrong; 3 about a source; 4 nothing usable came
from the network; 5 the store; 6 an archive; 7 every source that was due failed; 130 interrupted."""

app = typer.Typer(
    name="broadsheet",
    help="Gives people the whole newspaper back: full-text feeds, a reading site and a lasting archive from any news source.",
    epilog="Start with: broadsheet add https://a-newspaper.example/ && broadsheet run",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"broadsheet {__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    data: Annotated[
        Path | None, typer.Option(help="Folder where everything lives.", envvar="BROADSHEET_DATA", show_default=str(default_data()))
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file (default: config.toml in the data folder).", envvar="BROADSHEET_CONFIG")] = None,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="Say more; twice for everything.")] = 0,
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")] = False,
) -> None:
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=(logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)])
    ctx.obj = Context(data=data or default_data(), config_file=config)


app.command("init")(init.init)
app.command("add")(sources.add)
app.command("sources")(sources.sources)
app.command("remove")(sources.remove)
app.command("pause")(sources.pause)
app.command("poll")(poll.poll)
app.command("run")(poll.run)
app.command("serve")(poll.serve)
app.add_typer(feeds.feeds)
app.add_typer(alerts.alerts)
app.add_typer(pictures.pictures)
app.command("extract")(extract.extract)
app.command("explain")(extract.explain)
app.command("rules")(rules.rules)
app.command("reextract")(reextract.reextract)
app.command("publish")(publish.publish)
app.command("archive")(archive.archive)
app.command("import")(archive.import_archive)
app.command("doctor")(doctor.doctor)
app.command("demo")(demo.demo)


def main() -> None:
    """Run the command line; ends the process with an exit code from the table."""
    try:
        app()
    except errors.BroadsheetError as error:
        _end(str(error), exit_code(error))
    except KeyboardInterrupt:
        _end("interrupted; everything done so far is kept", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        full = errors.DiskFull(
            str(error.filename or "the disk"), "no room is left", do="Make room and run the command again; nothing stored so far is lost."
        )
        _end(str(full), exit_code(full))


def exit_code(error: BaseException) -> int:
    """The exit code for an error: that of the first class in the table it belongs to."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def _end(message: str, code: int) -> None:
    typer.echo(f"broadsheet: {message}", err=True)
    sys.exit(code)
