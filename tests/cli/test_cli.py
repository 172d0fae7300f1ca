"""The command line as a person or a script meets it: messages, exit codes, no traces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "<!doctype html><html lang='en'><head><title>Harbour closes | The Paper</title></head>"
PAGE = HEAD + "<body><article><h1>Harbour closes</h1>{}</article></body></html>"
TEXT = "".join(f"<p>The harbour office closes at noon on day {n}, the council said, and opens again on the day after that.</p>" for n in range(8))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadsheet", "--data", str(data), *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, env={**kept, **environment}, check=False)


def test_without_a_command_it_shows_what_there_is(data: Path) -> None:
    assert "extract" in run(data, "--help").stdout


def test_help_does_not_wait_for_the_network_the_database_or_the_parsers() -> None:
    code = (
        "import sys; import broadsheet.cli.main; print([m for m in ('aiohttp', 'sqlalchemy', 'lxml', 'selectolax', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_init_makes_a_folder_with_a_settings_file_that_explains_itself(data: Path) -> None:
    assert run(data, "init").returncode == 0
    assert "# host_delay = 1.0" in (data / "config.toml").read_text()


def test_init_twice_leaves_the_settings_alone(data: Path) -> None:
    run(data, "init")
    (data / "config.toml").write_text("[fetch]\nhost_delay = 7\n")
    run(data, "init")
    assert (data / "config.toml").read_text() == "[fetch]\nhost_delay = 7\n"


def test_adding_what_is_no_address_says_what_to_give(data: Path) -> None:
    done = run(data, "add", "--yes", "not a url")
    assert done.returncode == 2
    assert "Give the address of a news site or feed" in done.stderr


def test_adding_a_dead_host_is_a_network_error(data: Path) -> None:
    done = run(data, "add", "--yes", "http://nothing.invalid/")
    assert done.returncode == 4
    assert "cannot be resolved" in done.stderr


def test_adding_a_loopback_address_is_refused_with_the_setting_that_would_allow_it(data: Path) -> None:
    done = run(data, "add", "--yes", "http://127.0.0.1:8080/")
    assert done.returncode == 4
    assert "fetch.private_hosts" in done.stderr
    assert done.stderr.count("127.0.0.1 is a loopback address") == 1


def test_a_setting_that_does_not_exist_stops_every_command(data: Path) -> None:
    data.mkdir()
    (data / "config.toml").write_text("[fetch]\ntimout = 3\n")
    done = run(data, "sources")
    assert done.returncode == 2
    assert "Did you mean fetch.timeout" in done.stderr


def test_a_settings_file_that_is_named_must_exist(data: Path) -> None:
    done = run(data, "--config", str(data / "none.toml"), "sources")
    assert (done.returncode, "does not exist" in done.stderr) == (2, True)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run(tmp_path / "file", "sources")
    assert done.returncode == 5
    assert "Choose another data folder" in done.stderr


def test_removing_an_unknown_source_names_the_command_that_lists_them(data: Path) -> None:
    done = run(data, "remove", "nothing")
    assert done.returncode == 3
    assert "broadsheet sources" in done.stderr


def test_polling_nothing_is_no_error(data: Path) -> None:
    done = run(data, "poll", "--once", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {})


def test_publishing_over_somebody_elses_site_is_refused(data: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("mine")
    done = run(data, "publish", str(tmp_path / "site"))
    assert done.returncode == 2
    assert (tmp_path / "site" / "index.html").read_text() == "mine"


def test_publishing_an_empty_store_gives_an_index_and_the_list_of_feeds(data: Path, tmp_path: Path) -> None:
    assert run(data, "publish", str(tmp_path / "site")).returncode == 0
    assert (tmp_path / "site" / "index.html").exists()
    assert (tmp_path / "site" / "feeds.opml").exists()


def test_extract_prints_the_article_as_markdown(data: Path) -> None:
    done = run(data, "extract", "-", "--url", "https://paper.example/a", stdin=PAGE.format(TEXT))
    assert done.stdout.startswith("# Harbour closes")
    assert "on day 7" in done.stdout


def test_extract_prints_json_for_scripts(data: Path) -> None:
    done = run(data, "extract", "-", "--format", "json", stdin=PAGE.format(TEXT))
    assert json.loads(done.stdout)["title"] == "Harbour closes"


def test_extract_refuses_what_is_neither_file_nor_address(data: Path) -> None:
    done = run(data, "extract", "nowhere.html")
    assert done.returncode == 2
    assert "neither a file nor an address" in done.stderr


def test_doctor_says_that_all_is_well(data: Path) -> None:
    done = run(data, "doctor", "--url", "")
    assert done.returncode == 0
    assert "BAD" not in done.stdout


def test_doctor_lists_every_setting_with_its_variable(data: Path) -> None:
    assert "BROADSHEET_IMAGES_URL_TEMPLATE" in run(data, "doctor", "--settings").stdout


def test_a_secret_setting_is_hidden_in_the_list(data: Path) -> None:
    shown = run(data, "doctor", "--settings", BROADSHEET_FETCH_PROXY="http://user:hunter2@127.0.0.1:1/").stdout
    assert "hunter2" not in shown
