"""`broadsheet rules`, and the option `--rules`, as a person or a script meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from broadsheet.cli.main import app
from broadsheet.errors import UsageError

URL = "https://quay-courier.example/wall"
TEXT = "".join(f"<p>On day {n} the council met on the old bridge and counted the boats that came in with the tide.</p>" for n in range(6))
PAGE = f"<html><body><h1>Seen at the quay</h1><h2>The wall is rebuilt</h2><div id='story'>{TEXT}</div></body></html>"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "quay-courier.example.txt").write_text(
        f"title: //h2\nauthor: //i\nhttp_header(cookie): a=b\ntest_url: {URL}\ntest_contains: On day 3\n"
    )
    (tmp_path / "page.html").write_text(PAGE)
    return folder


def run(tmp_path: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["--data", str(tmp_path / "data"), *map(str, arguments)])


def test_rules_that_load_are_counted(tmp_path: Path, rules: Path) -> None:
    done = run(tmp_path, "rules", "check", rules)
    assert (done.exit_code, done.stdout) == (0, "files loaded: 1, refused: 0; rules: 1; not followed: http_header 1\n")


def test_a_refused_file_is_named_with_its_line_and_ends_the_command_with_1(tmp_path: Path, rules: Path) -> None:
    (rules / "bad.example.txt").write_text("\ntitl: //h1\n")
    done = run(tmp_path, "rules", "check", rules)
    assert done.exit_code == 1
    assert "bad.example.txt:2: knows no directive 'titl'. Did you mean title?" in done.stdout


def test_what_is_not_followed_is_listed_when_asked_for(tmp_path: Path, rules: Path) -> None:
    assert "quay-courier.example.txt:3: http_header is not followed" in run(tmp_path, "rules", "check", "--notes", rules).stdout


def test_a_rule_is_tried_on_a_saved_page(tmp_path: Path, rules: Path) -> None:
    done = run(tmp_path, "rules", "test", rules, "--page", tmp_path / "page.html")
    assert done.exit_code == 0
    assert "people: //i" in done.stdout
    assert done.stdout.endswith("test pages passed: 1, failed: 0, not to be had: 0\n")


def test_a_rule_that_fails_its_test_ends_the_command_with_1(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.replace("On day 3", "On no day"))
    done = run(tmp_path, "rules", "test", rules, "--page", tmp_path / "page.html")
    assert done.exit_code == 1
    assert "lacks 'On day 3'" in done.stdout


def test_a_saved_page_stands_for_one_of_several_addresses_when_it_is_named(tmp_path: Path, rules: Path) -> None:
    with (rules / "quay-courier.example.txt").open("a") as file:
        file.write("test_url: https://quay-courier.example/other\n")
    saved = ("rules", "test", rules, "--page", tmp_path / "page.html")
    assert isinstance(run(tmp_path, *saved).exception, UsageError)
    assert run(tmp_path, *saved, "--url", URL).stdout.endswith("test pages passed: 1, failed: 0, not to be had: 0\n")


def test_without_rules_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path, "rules", "check").exception, UsageError)


def test_the_folders_of_the_settings_are_checked_where_none_is_named(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "config.toml").write_text(f'[extraction]\nrules = ["{rules}"]\n')
    assert run(tmp_path, "rules", "check").stdout.startswith("files loaded: 1")


def test_extract_follows_the_rules_it_is_given(tmp_path: Path, rules: Path) -> None:
    without, given = (run(tmp_path, "extract", tmp_path / "page.html", "--url", URL, *more).stdout for more in ((), ("--rules", rules)))
    assert without.startswith("# Seen at the quay")
    assert given.startswith("# The wall is rebuilt")


def test_explain_shows_the_rule_on_the_ballot_and_what_it_did_not_find(tmp_path: Path, rules: Path) -> None:
    said = run(tmp_path, "explain", tmp_path / "page.html", "--url", URL, "--rules", rules).stdout
    assert "site_rule" in said
    assert "site rule: people: //i" in said
