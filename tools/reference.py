"""Writes the pages of `docs/reference/` that follow from the code: commands, settings, errors.

    python tools/reference.py            # write them
    python tools/reference.py --check    # write nothing; end with 1 and name the pages that are out of date

`make docs` does the former, a test the latter. What the pages say is said in the code: help texts of commands and settings,
docstrings of errors, the table of exit codes.
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import typer.main

from broadsheet import errors
from broadsheet.cli.context import default_data
from broadsheet.cli.main import app, exit_code
from broadsheet.config import Known, known_settings

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"

NOTICE = "<!-- Made by `make docs` from the code. Edit the help text there, not this page. -->"

DATA_FOLDER = "Linux `~/.local/share/broadsheet`, macOS `~/Library/Application Support/broadsheet`, Windows `%LOCALAPPDATA%\\broadsheet`"
"""Where `default_data()` is on each system; a page must not tell where it is on the machine that made the page."""

_IN_TREE = re.compile(r"── (\w+) +(.+)")
KINDS: Mapping[Any, str] = {str: "TEXT", int: "NUMBER", float: "NUMBER", Path: "PATH"}

ROOMS = {
    "fetch": "How Broadsheet behaves on the network.",
    "sources": "How often sources are asked. The rules are in [Polling](../explanation/polling.md).",
    "pipeline": "How an article is followed. See [Why every step may be done twice](../explanation/steps.md).",
    "extraction": "What extraction is told beyond the page itself. See [Site rules](site-rules.md).",
    "engine": "How much is done at once.",
    "images": "Where readers load pictures from. See [Load pictures through a proxy](../how-to/image-proxy.md).",
    "pictures": "Which pictures of articles are kept, so that they outlive their source. See [Keep pictures](../how-to/keep-pictures.md).",
    "image_proxy": "What the image proxy does, for whom, and at what cost. See [Run an image proxy](../how-to/run-an-image-proxy.md).",
    "publish": "What feeds and pages say and hold. See [Published feeds](feeds.md).",
    "site": "The reading site.",
    "alerts": "Whom to tell that a source broke. See [Be told when a source breaks](../how-to/alerts.md).",
    "archive": "The Markdown archive. See [The archive](archive.md).",
    "serve": "The built-in server.",
    "instant": "Feeds on demand. See [Make a feed for any address](../how-to/instant-feed.md).",
    "websub": "Being told at once, and telling others. See [WebSub](../explanation/websub.md).",
}


def pages() -> Mapping[str, str]:
    """Each generated page by its file's name."""
    return {"commands.md": commands_page(), "settings.md": settings_page(), "errors.md": errors_page()}


def commands_page() -> str:
    """Every command with its arguments and options."""
    root = _click(app)
    intro = (
        "Options of `broadsheet` itself stand before the command: `broadsheet --data news poll --once`. Every command explains itself with `--help`. "
        "What a command is told wrongly ends it with exit code 2; the others are in [Errors and exit codes](errors.md)."
    )
    parts = ["# Commands", NOTICE, intro, "## broadsheet", *_options(root)]
    for name, command in _commands(root):
        parts += [f"## broadsheet {name}", command.help or "", f"    {_usage(name, command)}", *_options(command)]
    return _page(parts)


def settings_page() -> str:
    """Every setting, by room."""
    intro = (
        "Settings stand in `config.toml` in the data folder (or the file that `--config` names), in a table for each room; `broadsheet init` writes "
        "one with every setting in it. An environment variable outranks the file; in one, lists are separated by commas. What is unknown or out of "
        "range is refused by name. `broadsheet doctor --settings` shows what is in force."
    )
    example = '    [fetch]\n    host_delay = 2.0\n    private_hosts = ["nas.lan", "192.168.1.5:8080"]'
    parts = ["# Settings", NOTICE, intro, example, "The same from the environment:", "    BROADSHEET_FETCH_HOST_DELAY=2.0 broadsheet run"]
    for room in dict.fromkeys(one.room for one in known_settings()):
        parts += [f"## {room}", ROOMS[room]]
        parts += [_setting(one) for one in known_settings() if one.room == room]
    return _page(parts)


def errors_page() -> str:
    """Every error with its exit code."""
    intro = (
        "An error says what happened, to which address, source, file or setting, and what to do next. It goes to standard error; the "
        "process ends with the code below. A proxy's password is never in a message."
    )
    codes = [
        ("0", "done"), ("1", "an error of another kind; `doctor` found something that is not in order"), ("2", "the call or a setting is wrong"),
        ("3", "about a source"), ("4", "nothing usable came from the network, or it was not what it should be"),
        ("5", "the store"), ("6", "an archive"),
        ("7", "`poll --once`: sources were due, and every one of them failed"), ("130", "interrupted; everything done so far is kept"),
    ]  # fmt: skip
    said = _said_of_errors()
    rows = [(f"`{kind.__name__}`", f"`{kind.__bases__[0].__name__}`", str(exit_code(kind("", ""))), said[kind.__name__]) for kind in _kinds()]
    asked = "`add` with several addresses ends with 0 if any of them was added; each that was not is named on standard error."
    return _page([
        "# Errors and exit codes", NOTICE, intro, "## Exit codes", _table(("code", "means"), codes), asked, "## Errors",
        _table(("error", "a kind of", "exit code", "means"), rows),
        "All are in `broadsheet.errors`, with the attributes `where`, `what` and `do`; `retry` says whether a later attempt, unchanged, may differ.",
    ])  # fmt: skip


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Each command of a group by its whole name, followed by its own commands if it is a group itself."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")


def _click(typer_app: typer.Typer) -> Any:
    return typer.main.get_command(typer_app)


def _usage(name: str, command: Any) -> str:
    if hasattr(command, "commands"):
        return f"broadsheet {name} {'|'.join(command.commands)}"
    arguments = [one.metavar or one.name.upper() for one in command.params if one.param_type_name == "argument"]
    return " ".join(("broadsheet", name, "[OPTIONS]", *arguments))


def _options(command: Any) -> Iterator[str]:
    kinds = _annotations(command.callback)
    rows = [
        (_spelling(one, kinds.get(one.name)), _meaning(one)) for one in command.params if one.name not in ("install_completion", "show_completion")
    ]
    if rows:
        yield _table(("", "means"), rows)


def _annotations(callback: Callable[..., Any] | None) -> Mapping[str, Any]:
    """The plain type of each parameter of a command's function."""
    if callback is None:
        return {}
    return {name: _plain(kind) for name, kind in typing.get_type_hints(inspect.unwrap(callback)).items()}


def _plain(kind: Any) -> Any:
    return next((one for one in typing.get_args(kind) if one is not type(None)), kind)


def _spelling(one: Any, kind: Any) -> str:
    if one.param_type_name == "argument":
        return f"`{one.metavar or one.name.upper()}`".replace("|", "\\|")
    spelt = ", ".join(f"`{name}`" for name in one.opts) + "".join(f" / `{name}`" for name in one.secondary_opts)
    if one.is_flag or one.count:
        return spelt
    value = "\\|".join(choice.value for choice in kind) if isinstance(kind, type) and issubclass(kind, Enum) else KINDS.get(kind, "TEXT")
    return f"{spelt} `{value}`"


def _meaning(one: Any) -> str:
    said = [one.help or ""]
    if getattr(one, "show_default", None) == str(default_data()):
        said.append(f"Default: {DATA_FOLDER}.")
    elif one.default not in (None, "", False, 0) and not one.secondary_opts:
        said.append(f"Default: `{one.default.value if isinstance(one.default, Enum) else _number(one.default)}`.")
    elif one.secondary_opts and one.default is not None:
        said.append(f"Default: `{(one.opts if one.default else one.secondary_opts)[0]}`.")
    if one.envvar:
        said.append(f"Environment: `{one.envvar}`.")
    return " ".join(said)


def _setting(one: Known) -> str:
    facts = [f"Default {_shown(one.default, one.unit)}"]
    if one.low is not None and one.high is not None:
        facts.append(f"from {_number(one.low, one.unit)} to {_number(one.high, one.unit)}")
    if one.choices:
        facts.append("one of " + ", ".join(f"`{choice}`" for choice in one.choices))
    if one.secret:
        facts.append("never shown in messages")
    help = one.help.replace("<", r"\<")  # else a browser takes `<version>` for an element
    return f"### {one.key}\n\n{help}\n\n{'; '.join(facts)}. Environment: `{one.variable}`."


def _shown(default: Any, unit: str) -> str:
    if default in ("", ()):
        return "empty"
    return f"`{str(default).lower() if isinstance(default, bool) else _number(default, unit)}`{f' {unit}' if unit else ''}"


def _number(value: Any, unit: str = "") -> str:
    """*value* without needless zeros; bytes in groups of three, as TOML takes them."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        return str(value)
    return f"{int(value):_}" if unit == "bytes" else str(int(value))


def _kinds() -> Iterator[type[errors.BroadsheetError]]:
    every = (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.BroadsheetError))
    return (kind for kind in every if kind is not errors.BroadsheetError)


def _said_of_errors() -> Mapping[str, str]:
    """What the tree in the docstring of `errors` says of each; an error that is missing there cannot be documented here."""
    return dict(_IN_TREE.findall(errors.__doc__ or ""))


def _table(head: tuple[str, ...], rows: list[Any]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _page(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def main() -> None:
    """Write the pages, or with --check say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = [name for name, text in pages().items() if not (REFERENCE / name).is_file() or (REFERENCE / name).read_text("utf-8") != text]
    if check and stale:
        print(f"out of date: {', '.join(stale)}; run `make docs`", file=sys.stderr)
        sys.exit(1)
    for name in stale:
        (REFERENCE / name).write_text(pages()[name], "utf-8")
        print(f"written: docs/reference/{name}")


if __name__ == "__main__":
    main()
