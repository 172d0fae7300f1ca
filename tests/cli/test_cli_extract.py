"""`broadsheet extract` and `explain` as a person or a script meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SENTENCES = [f"The harbour office closes at noon on day {n}, the council said, and opens again on the day after that." for n in range(8)]
PAGE = (
    "<!doctype html><html lang='en'><head><title>Harbour closes | The Paper</title></head><body><article><h1>Harbour closes</h1>"
    f"{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}</article></body></html>"
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "saved.html"
    file.write_text(PAGE, "utf-8")
    return file


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    command = [sys.executable, "-m", "broadsheet", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, env=kept, check=False)


def test_extract_prints_the_fields_before_the_markdown_when_asked(saved: Path) -> None:
    done = run("extract", "--front-matter", "--url", "https://paper.example/a", str(saved))
    assert done.stdout.startswith('---\nurl: "https://paper.example/a"\n')
    assert "\n# Harbour closes\n" in done.stdout


def test_front_matter_is_refused_for_other_forms(saved: Path) -> None:
    done = run("extract", "--front-matter", "--format", "json", str(saved))
    assert done.returncode == 2
    assert "for Markdown only" in done.stderr


def test_a_saved_page_is_read_as_from_the_address_that_it_states() -> None:
    page = PAGE.replace("</head>", '<link rel="canonical" href="https://paper.example/harbour"></head>')
    assert json.loads(run("extract", "-f", "json", "-", stdin=page).stdout)["url"] == "https://paper.example/harbour"


def test_explain_shows_the_ballot_and_the_blocks(saved: Path) -> None:
    done = run("explain", str(saved))
    assert "headline        Harbour closes" in done.stdout
    assert "keep" in done.stdout


def test_explain_prints_json_for_scripts(saved: Path) -> None:
    explained = json.loads(run("explain", "--json", str(saved)).stdout)
    assert explained["fields"]["headline"]["value"] == "Harbour closes"
    assert [block["fate"] for block in explained["body"][0]["blocks"]].count("kept") == len(SENTENCES)


def test_explain_writes_a_page(saved: Path, tmp_path: Path) -> None:
    done = run("explain", "--html", str(tmp_path / "why.html"), str(saved))
    assert done.stdout == f"written: {tmp_path / 'why.html'}\n"
    assert SENTENCES[3] in (tmp_path / "why.html").read_text("utf-8")


def test_explain_has_nothing_to_open_without_a_page(saved: Path) -> None:
    done = run("explain", "--open", str(saved))
    assert done.returncode == 2
    assert "Name a file to write with --html" in done.stderr


def test_a_page_that_cannot_be_written_is_said_plainly(saved: Path, tmp_path: Path) -> None:
    done = run("explain", "--html", str(tmp_path / "no-such-folder" / "why.html"), str(saved))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
