"""`broadsheet alerts`: what is wrong, and whether anybody would hear of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from broadsheet.cli.main import app
from broadsheet.model import PollState, Source
from broadsheet.store import open_store
from broadsheet.text.moments import utc_now


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a source that fails and one that has been silent, and works again."""
    now = utc_now() - timedelta(days=1)
    with open_store(tmp_path / "data", now=lambda: now) as store:
        for name in ("hill", "mill"):
            url = f"https://{name}.example/"
            store.add_source(Source(id=name, kind="feed", url=url, title=name, home_url=url, added_at=now), PollState(next_due=now))
        store.open_incident("hill", "failing", said="It does not answer.", do="Look at it.", detail="500")
        store.open_incident("mill", "silent", said="Nothing new.")
        store.close_incident("mill", "silent", over="Something new.")
    return tmp_path / "data"


def run(data: Path, *arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(data), "alerts", *arguments], env=environment)


def test_list_shows_what_is_wrong_and_then_what_was(data: Path) -> None:
    rows = json.loads(run(data, "list", "--json").stdout)
    assert [(row["source"], row["kind"], row["said"]) for row in rows] == [
        ("hill", "failing", "It does not answer."),
        ("mill", "silent", "Something new."),
    ]


def test_list_leaves_out_what_has_been_over_for_longer(data: Path) -> None:
    rows = json.loads(run(data, "list", "--json", "--days", "0.5").stdout)
    assert [row["source"] for row in rows] == ["hill"]


def test_list_of_nothing_says_so(tmp_path: Path) -> None:
    assert run(tmp_path / "fresh", "list").stdout == "Nothing is wrong with any source.\n"


def test_a_test_that_does_not_arrive_ends_with_an_error_and_says_why(data: Path) -> None:
    done = run(data, "test", BROADSHEET_ALERTS_WEBHOOKS="http://127.0.0.1:1/s3cret")
    assert done.exit_code == 1
    assert "cannot be reached" in done.output
    assert "s3cret" not in done.output
