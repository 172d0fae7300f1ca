"""`broadsheet reextract`, and how a changed site shows in `sources` and `doctor`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.compare import content_hash
from broadsheet.library.checkup import check_folder, site_changes
from broadsheet.model import Article, Entry, EntryKeys, Exchange, Headers, NewEntry, PageTrace, PollState, SafeHtml, SiteChange, SiteMemory, Source
from broadsheet.store import Draft, open_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://paper.example/bridge"
TOLD = ("met at noon", "counted the boats that had come in", "heard the fishermen speak", "voted when the lamps were lit", "went home in silence")
SENTENCES = tuple(f"In the matter of the bridge the council {told}, as it has done in every spring since anybody can remember." for told in TOLD)


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadsheet", "--data", str(data), *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=kept, check=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store with one article, read by some earlier extractor that cut it after two sentences."""
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    html = f"<html lang='en'><head><title>The bridge</title></head><body><article><h1>The bridge</h1>{body}</article></body></html>".encode()
    cut = Article(url=URL, title="The bridge", body=SafeHtml(f"<p>{SENTENCES[0]}</p>"), text=SENTENCES[0])
    source = Source(id="paper", kind="feed", url="https://paper.example/feed", title="Paper", home_url="https://paper.example/", added_at=NOW)
    with open_store(tmp_path / "data", now=lambda: NOW) as store:
        store.add_source(source, PollState(next_due=NOW))
        new = NewEntry(entry=Entry(guid="1", link=URL), keys=EntryKeys(guid="1"), digest="1", fetch=False)
        store.keep_poll("paper", PollState(next_due=NOW), new=[new])
        (known,) = store.known_entries("paper", [new.keys])
        store.file_exchange(Exchange(id="x", url=URL, final_url=URL, status=200, headers=Headers(), body=html, fetched_at=NOW))
        draft = Draft(source_id="paper", article=cut, content_hash=content_hash(cut), fetched_at=NOW, exchange_ids=("x",))
        store.keep_revision(draft, entry_id=known.id)
    return tmp_path / "data"


def texts(data: Path) -> list[str]:
    with open_store(data, now=lambda: NOW) as store:
        return [revision.article.text for revision in store.revisions(store.articles()[0].id)]


def test_it_says_what_would_be_different_and_writes_nothing(data: Path) -> None:
    done = run(data, "reextract")
    assert done.returncode == 0
    assert "1 fuller.\nNothing was written: --diff shows what differs, --write keeps it.\n" in done.stdout
    assert texts(data) == [SENTENCES[0]]


def test_a_diff_shows_the_lines_that_come_in(data: Path) -> None:
    assert f"+{SENTENCES[3]}" in run(data, "reextract", "--diff").stdout


def test_writing_keeps_a_revision(data: Path) -> None:
    done = run(data, "reextract", "--source", "paper", "--since", "2026-03-01", "--write")
    assert "1 revisions written." in done.stdout
    assert texts(data) == [SENTENCES[0], "\n".join(SENTENCES)]


def test_the_summary_as_json_is_one_document(data: Path) -> None:
    summary = json.loads(run(data, "reextract", "--json").stdout)
    assert summary == {"sources": {"paper": {"fuller": 1}}, "written": 0, "held back": 0}


def test_an_article_that_is_not_there_is_a_mistake_in_the_call(data: Path) -> None:
    done = run(data, "reextract", "--article", "nothing")
    assert (done.returncode, "is no article of this store" in done.stderr) == (2, True)


def test_a_source_that_is_not_there_is_an_error_about_a_source(data: Path) -> None:
    assert run(data, "reextract", "--source", "nobody").returncode == 3


def test_while_another_process_works_nothing_is_written(data: Path) -> None:
    with open_store(data, now=lambda: NOW) as store, store.work():
        assert run(data, "reextract", "--write").returncode == 5


def changed(memory: SiteMemory) -> SiteMemory:
    change = SiteChange(kind="moved", since=NOW, was="main > article", now="section > div.prose")
    return replace(memory, pages=(PageTrace(page=1, title=1, read_at=NOW, source_id="paper"),), change=change)


SAID = "site changed on 2026-03-01: articles are now found in section > div.prose, before in main > article"


def test_sources_show_a_changed_site(data: Path) -> None:
    with open_store(data, now=lambda: NOW) as store:
        store.change_site_memory("paper.example", changed)
    assert SAID in run(data, "sources").stdout
    assert json.loads(run(data, "sources", "--json").stdout)[0]["site"] == SAID


def test_a_check_of_the_folder_names_changed_sites_and_what_to_do(data: Path) -> None:
    with open_store(data, now=lambda: NOW) as store:
        store.change_site_memory("paper.example", changed)
    (finding,) = [finding for finding in check_folder(data) if finding.what == "sites"]
    assert (finding.good, finding.said) == (False, f"paper: {SAID}; compare with `broadsheet reextract`")


def test_a_source_given_up_is_not_named(data: Path) -> None:
    with open_store(data, now=lambda: NOW) as store:
        store.change_site_memory("paper.example", changed)
        store.remove_source("paper")
        assert site_changes(store) == {}
