"""`make bench-feeds`: the feeds it makes, what it counts. The peers are never needed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.parse.feed import parse_feed

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


def test_the_feeds_made_are_sound_in_every_dialect(benchmarks: None, tmp_path: Path) -> None:
    from feeds.made import made_feeds  # type: ignore[import-not-found]

    feeds = [parse_feed(given.file.read_bytes(), given.url, now=NOW) for given in made_feeds(tmp_path)]
    assert {feed.dialect for feed in feeds} == {"rss", "rdf", "atom", "json"}
    assert [feed.broken for feed in feeds if feed.broken] == []
    assert min(len(feed.entries) for feed in feeds) == 10


def test_the_feeds_made_are_the_same_every_time(benchmarks: None) -> None:
    from feeds.made import stories

    assert list(stories(3, size_bytes=500)) == list(stories(3, size_bytes=500))


def test_a_folder_is_read_by_its_index_without_what_is_hostile(benchmarks: None, tmp_path: Path) -> None:
    from feeds.corpus import given_feeds  # type: ignore[import-not-found]

    cases = [{"file": "a.xml", "url": "https://a.example/", "content_type": "text/xml"}, {"file": "b.xml", "hostile": {}}]
    (tmp_path / "index.json").write_text(json.dumps({"cases": cases}))
    [given] = given_feeds(tmp_path)
    assert (given.file.name, given.url, given.content_type) == ("a.xml", "https://a.example/", "text/xml")


def test_a_folder_without_index_is_all_its_files(benchmarks: None, tmp_path: Path) -> None:
    from feeds.corpus import given_feeds

    (tmp_path / "a.xml").write_text("<rss/>")
    assert [given.file.name for given in given_feeds(tmp_path)] == ["a.xml"]


def test_without_the_peers_our_figures_are_printed_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<rss><channel><item><title>Rain</title></item></channel></rss>")
    command = [sys.executable, "-m", "feeds", str(tmp_path), "--passes", "1", "--entries", "20", "--size", "200"]
    done = subprocess.run(command, cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True, timeout=60)
    assert "The peers are not installed" in done.stdout
    assert "reading 1 feeds" in done.stdout
    assert "broadsheet: JSON Feed, entries as kept" in done.stdout
    assert "their" not in done.stdout


def test_the_peers_are_pinned_with_hashes_and_come_from_no_named_place() -> None:
    lock = (ROOT / "benchmarks" / "feeds" / "peer.txt").read_text("utf-8")
    pins = [line for line in lock.splitlines() if "==" in line]
    assert [pin for pin in pins if not pin.endswith(" \\")] == []
    assert {"feedparser", "fastfeedparser", "feedgen"} <= {pin.partition("==")[0] for pin in pins}
    assert "://" not in lock
