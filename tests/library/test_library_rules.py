"""Folders of rules, and rules held against their own test pages."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.config import Settings
from broadsheet.engine.config import EngineSettings
from broadsheet.errors import ConfigError, RuleError
from broadsheet.extraction.config import ExtractionSettings
from broadsheet.library import read_page
from broadsheet.library.rule_tests import RuleTest, SavedPages, run_tests, saved_name
from broadsheet.library.rules import book_of, load_rules, read_rule_file, rules_in_force
from broadsheet.library.workshop import reading_room
from broadsheet.model import Exchange, Extraction, Headers
from broadsheet.pipeline.reading import Beforehand
from broadsheet.store import open_memory_store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
URL = "https://quay-courier.example/2026/wall?id=3"
TEXT = "".join(f"<p>On day {n} the council met on the old bridge and counted the boats that came in with the tide.</p>" for n in range(6))
PAGE = f"<html><body><h1>Seen at the quay</h1><h2>The wall is rebuilt</h2><div id='story'>{TEXT}</div></body></html>"
RULE = f"title: //h2\nbody: //div[@id='story']\ntest_url: {URL}\ntest_contains: On day 4 the council met\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "quay-courier.example.txt").write_text(RULE)
    (tmp_path / "own.toml").write_text('[[rule]]\nhosts = ["b.example"]\nkicker = { constant = "B" }\n')
    return tmp_path


def results_of(rules: Path, **where: Path) -> list[RuleTest]:
    return list(run_tests(load_rules([rules]).rules, SavedPages(**where), now=NOW))


def test_a_folder_holds_both_dialects(folder: Path) -> None:
    loaded = load_rules([folder])
    assert ([rule.dialect for rule in loaded.rules], loaded.files, loaded.refused) == (["own", "ftr"], 2, ())


def test_what_is_no_rule_file_is_passed_over(folder: Path) -> None:
    (folder / "LICENSE.txt").write_text("no rule: at all\n")
    (folder / "README.md").write_text("# Rules\n")
    assert load_rules([folder]).files == 2


def test_a_file_that_cannot_be_followed_keeps_none_of_the_others_out(folder: Path) -> None:
    (folder / "bad.example.txt").write_text("titl: //h1\n")
    loaded = load_rules([folder])
    assert [error.where for error in loaded.refused] == [f"{(folder / 'bad.example.txt').as_posix()}:1"]
    assert len(loaded.rules) == 2


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(folder: Path) -> None:
    (folder / "latin.example.txt").write_bytes("# Übung\n".encode() + "title: //p[.='Ü']".encode("latin-1"))
    with pytest.raises(RuleError, match=r"latin\.example\.txt:2: is not UTF-8"):
        read_rule_file(folder / "latin.example.txt")


def test_a_folder_that_is_not_there_is_an_error_of_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="neither a file nor a folder"):
        load_rules([tmp_path / "nowhere"])


def test_without_folders_in_the_settings_there_are_no_rules() -> None:
    assert rules_in_force(Settings()) is None


def test_the_folders_in_the_settings_are_read(folder: Path) -> None:
    book = rules_in_force(Settings(extraction=ExtractionSettings(rules=(str(folder),))))
    assert book is not None
    assert book.for_url(URL, on=NOW.date()) is not None


def test_a_page_is_read_by_its_rule(folder: Path) -> None:
    assert read_page(PAGE, URL, now=NOW, rules=book_of([folder])).article.title == "The wall is rebuilt"


def test_the_rule_of_a_page_goes_along_to_the_reading_process(folder: Path) -> None:
    settings = Settings(extraction=ExtractionSettings(rules=(str(folder),)), engine=EngineSettings(readers=1))
    exchange = Exchange(id="x", url=URL, final_url=URL, status=200, headers=Headers(), body=PAGE.encode(), fetched_at=NOW)

    async def read() -> Extraction:
        with open_memory_store(now=lambda: NOW) as store:
            async with reading_room(store, settings) as tools:
                return await tools.read(exchange, (), Beforehand(now=NOW))

    assert asyncio.run(read()).article.title == "The wall is rebuilt"


def test_a_page_nobody_speaks_of_is_read_as_ever(folder: Path) -> None:
    assert read_page(PAGE, "https://c.example/wall", now=NOW, rules=book_of([folder])).article.title == "Seen at the quay"


def test_the_source_is_changed_before_it_is_parsed(folder: Path) -> None:
    (folder / "quay-courier.example.txt").write_text(
        "find_string: <h2>\nreplace_string: <h2 class='a'>\nreplace_string(rebuilt): torn down\ntitle: //h2[@class]"
    )
    assert read_page(PAGE, URL, now=NOW, rules=book_of([folder])).article.title == "The wall is torn down"


def test_a_rule_that_replaces_the_whole_page_away_is_not_believed(folder: Path) -> None:
    (folder / "quay-courier.example.txt").write_text("replace_string(<): \nreplace_string(>): \n")
    assert read_page(PAGE, URL, now=NOW, rules=book_of([folder])).article.text


def test_a_test_page_is_found_by_its_address(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "quay-courier.example_2026_wall_id_3.html").write_text(PAGE)
    (result,) = results_of(folder, folder=tmp_path)
    assert (result.outcome, result.said) == ("passed", ())


def test_a_test_page_is_found_by_the_list_in_its_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "7.html").write_text(PAGE)
    (tmp_path / "pages.tsv").write_text(f"7.html\t{URL}\n")
    assert [result.outcome for result in results_of(folder, folder=tmp_path)] == ["passed"]


def test_one_saved_page_stands_for_the_address(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(PAGE)
    assert [result.outcome for result in results_of(folder, single=tmp_path / "saved.html")] == ["passed"]


def test_a_page_that_is_not_on_disk_is_no_failure_and_says_where_it_was_looked_for(folder: Path) -> None:
    (result,) = results_of(folder, folder=folder)
    assert result.outcome == "no page"
    assert saved_name(URL) in result.said[0]


def test_words_that_are_not_in_the_article_fail_the_test(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(PAGE.replace("On day 4", "On day 9"))
    (result,) = results_of(folder, single=tmp_path / "saved.html")
    assert (result.outcome, result.said) == ("failed", ("lacks 'On day 4 the council met'",))


def test_a_body_that_the_rule_no_longer_finds_fails_the_test(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(PAGE.replace("id='story'", "id='new'"))
    (result,) = results_of(folder, single=tmp_path / "saved.html")
    assert result.outcome == "failed"
    assert result.said[0].startswith("body: //div[@id='story']")


def test_our_own_test_pages_lie_beside_the_rule(folder: Path) -> None:
    (folder / "wall.html").write_text(PAGE)
    lines = 'title = "h2"\n[[rule.test]]\nfile = "wall.html"\ntitle = "The wall"\ncontains = ["On day 1"]\nlacks = ["On day 2"]\n'
    (folder / "own.toml").write_text(f'[[rule]]\nhosts = ["b.example"]\n{lines}')
    result = next(result for result in results_of(folder) if result.test.file)
    assert result.said == ("the title is 'The wall is rebuilt', not 'The wall'", "contains 'On day 2'")


def test_a_list_of_pages_cannot_lead_out_of_its_folder(folder: Path, tmp_path: Path) -> None:
    inner = tmp_path / "pages"
    inner.mkdir()
    (tmp_path / "secret.html").write_text(PAGE)
    (inner / "pages.tsv").write_text(f"../secret.html\t{URL}\n")
    assert [result.outcome for result in results_of(folder, folder=inner)] == ["no page"]
