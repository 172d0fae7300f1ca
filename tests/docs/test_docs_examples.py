"""What the pages tell people to type exists, what they link to is there, and the Python in them runs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from broadsheet.cli.main import app
from broadsheet.config import Settings, known_settings, load

_spec = importlib.util.spec_from_file_location("documents", Path(__file__).with_name("documents.py"))
assert _spec
assert _spec.loader
documents = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(documents)

ROOT_COMMAND: Any = typer.main.get_command(app)


def known_options(command: Any) -> dict[str, bool]:
    """Each option's spelling, and whether a value follows it."""
    spelt = {
        name: not (one.is_flag or one.count) for one in command.params if one.param_type_name == "option" for name in (*one.opts, *one.secondary_opts)
    }
    return {**spelt, "--help": False, "-h": False}


def split_call(words: list[str]) -> tuple[list[str], str | None, list[str]]:
    """Options of `broadsheet` itself, the command, what follows it."""
    takes_value = known_options(ROOT_COMMAND)
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if takes_value.get(words[at]) else 1
    return words[:at], words[at] if at < len(words) else None, words[at + 1 :]


def command_of(words: list[str]) -> Any:
    """The command that is called, where need be one within a group of commands."""
    command = ROOT_COMMAND
    for word in words:
        if word in getattr(command, "commands", {}):
            command = command.commands[word]
    return command


def options_among(words: list[str]) -> list[str]:
    return [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]


@pytest.mark.parametrize(("page", "call"), documents.calls(), ids=lambda value: str(value)[-60:])
def test_a_call_in_the_docs_names_a_command_and_options_that_exist(page: Path, call: str) -> None:
    before, command, after = split_call(documents.words_of(call))
    assert set(options_among(before)) <= set(known_options(ROOT_COMMAND))
    assert command is None or command in ROOT_COMMAND.commands
    assert set(options_among(after)) <= set(known_options(command_of([command, *after])) if command else ())


def test_the_docs_show_calls_of_every_command() -> None:
    shown = {split_call(documents.words_of(call))[1] for page, call in documents.calls() if page.name != "commands.md"}
    assert set(ROOT_COMMAND.commands) - shown == set()


@pytest.mark.parametrize(("page", "link"), documents.links(), ids=lambda value: str(value)[-60:])
def test_a_link_leads_somewhere(page: Path, link: str) -> None:
    place, _, anchor = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    assert target.exists()
    assert not anchor or anchor in documents.anchors(target)


@pytest.mark.parametrize(("page", "key"), documents.settings_named(), ids=lambda value: str(value)[-40:])
def test_a_setting_that_a_page_names_exists(page: Path, key: str) -> None:
    assert key in {one.key for one in known_settings()}


@pytest.mark.parametrize(("page", "shown"), documents.settings_files(), ids=lambda value: str(value)[-40:])
def test_a_piece_of_a_settings_file_is_taken_as_it_stands(page: Path, shown: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(shown, "utf-8")
    assert load(tmp_path / "config.toml", {}) != Settings()


@pytest.mark.parametrize(("page", "code"), documents.python_examples(), ids=lambda value: str(value)[-30:])
def test_a_python_example_runs(page: Path, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(code, str(page), "exec"), {"__name__": "example"})


@pytest.mark.parametrize("page", documents.PAGES, ids=documents.name_of)
def test_a_page_speaks_of_no_machine_but_the_readers(page: Path) -> None:
    assert not re.search(r"/home/|/root/|/tmp/", page.read_text("utf-8"))


@pytest.mark.parametrize("page", [page for page in documents.PAGES if "docs" in page.parts and page.name != "README.md"], ids=documents.name_of)
def test_a_page_is_on_the_list_of_pages(page: Path) -> None:
    place = page.relative_to(documents.ROOT / "docs").as_posix()
    assert f"({place})" in (documents.ROOT / "docs" / "README.md").read_text("utf-8")
