"""`make bench-extract`: its scores, its own pages, its picture. The peer is never needed."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PARAGRAPHS = [
    "The harbour office closes at noon on Monday, the council said, because two of its five clerks have retired and nobody applied.",
    "Captains who arrive later will find the forms in a box beside the door, and somebody to read them the morning after that.",
]
GOLD = {"title": "Harbour closes", "authors": ["Amara Diallo"], "published": "2026-05-03T23:30:00-05:00", "body": "\n".join(PARAGRAPHS)}
GOLD |= {"blocks": [["p", said] for said in PARAGRAPHS]}


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def scores(benchmarks: None) -> ModuleType:
    from extraction import scores  # type: ignore[import-not-found]

    return scores


def test_the_whole_text_is_clean(scores: ModuleType) -> None:
    scored = scores.score(GOLD, {"text": "\n".join(PARAGRAPHS), "title": "Harbour Closes", "authors": ["amara diallo"], "published": "2026-05-04"})
    assert set(scored.values()) == {1.0}
    assert set(scored) == set(scores.NAMES)


def test_a_missing_paragraph_is_missed_and_the_rest_is_still_pure(scores: ModuleType) -> None:
    scored = scores.score(GOLD, {"text": PARAGRAPHS[0]})
    assert (scored["found"], scored["pure"], scored["clean"]) == (0.5, 1.0, 0.0)


def test_foreign_words_are_counted_by_their_letters(scores: ModuleType) -> None:
    foreign = "Subscribe to our newsletter today and never miss a single story again"
    scored = scores.score(GOLD, {"text": "\n".join([*PARAGRAPHS, foreign])})
    said = sum(len(word) for word in scores.words("".join(PARAGRAPHS)))
    assert scored["pure"] == pytest.approx(said / (said + len(foreign.replace(" ", ""))), abs=0.02)
    assert scored["clean"] == 0.0


def test_a_short_line_that_is_a_heading_of_the_gold_is_pure(scores: ModuleType) -> None:
    assert scores.pure(["Harbour closes", *PARAGRAPHS], "\n".join(["Harbour closes", *PARAGRAPHS])) == 1.0


def test_a_long_paragraph_with_one_word_changed_is_found(scores: ModuleType) -> None:
    long = " ".join(f"word{n}" for n in range(200))
    assert scores.found([long], long.replace("word100", "sword")) == 1.0


def test_an_empty_output_scores_nothing(scores: ModuleType) -> None:
    assert set(scores.score(GOLD, {}).values()) == {0.0}


def test_what_the_gold_does_not_say_is_not_scored(scores: ModuleType) -> None:
    assert scores.score({"title": "A"}, {"title": "A", "authors": ["B"]}) == {"title": 1.0}


def test_a_time_counts_for_its_day_here_and_in_utc(scores: ModuleType) -> None:
    assert len(scores.days("2026-05-03T23:30:00-05:00") & (scores.days("2026-05-03") | scores.days("2026-05-04"))) == 2


def test_a_time_that_cannot_be_read_is_no_day(scores: ModuleType) -> None:
    assert scores.days("last Tuesday") == frozenset()


def test_our_own_pages_are_in_five_scripts_and_more(benchmarks: None) -> None:
    from extraction.corpora import read_corpora  # type: ignore[import-not-found]

    pages = read_corpora(None, kinds=frozenset({"article"}))["own pages"]
    assert len(pages) >= 12
    assert {"ar", "el", "he", "hi", "ja", "ko", "ru", "th", "zh"} < {page.id for page in pages}


def test_every_block_of_our_gold_stands_on_its_page(benchmarks: None) -> None:
    from extraction.corpora import read_corpora

    pages = read_corpora(None, kinds=frozenset({"article"}))["own pages"]
    assert [page.id for page in pages if not all(said in page.file.read_text("utf-8") for _, said in page.gold["blocks"])] == []


@pytest.mark.parametrize("folder", ["", "no-such-folder"])
def test_a_folder_without_corpora_is_refused(benchmarks: None, tmp_path: Path, folder: str) -> None:
    from extraction.corpora import read_corpora

    with pytest.raises(SystemExit, match="no corpus there"):
        read_corpora(tmp_path / folder, kinds=frozenset({"article"}))


def test_the_picture_is_well_formed_and_names_both(benchmarks: None) -> None:
    from extraction.picture import draw  # type: ignore[import-not-found]
    from extraction.turns import Result  # type: ignore[import-not-found]

    results = [Result("ours <1>", [{"words": 0.98, "clean": 0.8}], [0.005]), Result("peer", [{"words": 0.95, "clean": 0.6}], [0.05])]
    picture = draw({"pages": results, "other": [results[1], results[0]]})
    assert ET.fromstring(picture).tag.endswith("svg")
    assert "ours &lt;1&gt;" in picture


def test_without_the_peer_our_figures_are_printed_alone() -> None:
    command = [sys.executable, "-m", "extraction", "--limit", "2"]
    done = subprocess.run(command, cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True, timeout=60)
    assert "The peer is not installed" in done.stdout
    assert "own pages (2 pages)" in done.stdout
    assert "ratio" not in done.stdout


def test_the_peer_is_pinned_with_hashes_and_comes_from_no_named_place() -> None:
    lock = (ROOT / "benchmarks" / "extraction" / "peer.txt").read_text("utf-8")
    pins = [line for line in lock.splitlines() if "==" in line]
    assert [pin for pin in pins if not pin.endswith(" \\")] == []
    assert "trafilatura==" in lock
    assert "://" not in lock
