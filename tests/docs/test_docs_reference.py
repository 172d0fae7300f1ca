"""Everything a person can type, set or meet as an error is found in the reference, and the reference is up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from broadsheet import errors
from broadsheet.cli.main import EXIT_CODES, app
from broadsheet.config import known_settings
from broadsheet.publish.formats import FORMATS
from broadsheet.store.schema import metadata
from broadsheet.store.sqlite import DATABASE, LOCK

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
ERRORS = [name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.BroadsheetError)]


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def test_the_generated_pages_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools" / "reference.py", "--check"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_in_the_reference(command: str) -> None:
    assert f"\n## broadsheet {command}\n" in page("commands.md")


@pytest.mark.parametrize("setting", known_settings(), ids=lambda one: one.key)
def test_a_setting_is_in_the_reference_with_its_variable(setting) -> None:
    assert re.search(rf"### {re.escape(setting.key)}\n[^#]*`{setting.variable}`", page("settings.md"))


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_in_the_reference(error: str) -> None:
    assert f"`{error}`" in page("errors.md")


@pytest.mark.parametrize("code", sorted({code for _, code in EXIT_CODES} | {0, 7, 130}))
def test_an_exit_code_is_in_the_reference(code: int) -> None:
    assert f"\n| {code} | " in page("errors.md")


@pytest.mark.parametrize("each", FORMATS.values(), ids=lambda one: one.name)
def test_a_published_format_is_in_the_reference_with_suffix_and_type(each) -> None:
    assert f"| `{each.suffix}` | `{each.media_type.partition(';')[0]}` |" in page("feeds.md")


@pytest.mark.parametrize("name", [*metadata.tables, DATABASE, LOCK])
def test_what_lies_in_the_data_folder_is_in_the_reference(name: str) -> None:
    assert f"`{name}`" in page("data-folder.md")


@pytest.mark.parametrize("form", ["native", "compatible"])
def test_a_form_of_the_archive_is_in_the_reference(form: str) -> None:
    assert f"\n## {form.capitalize()} form\n" in page("archive.md")
