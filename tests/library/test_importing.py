"""Archives taken in, and written again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.config import Settings
from broadsheet.library.archiving import archive_tree, import_tree
from broadsheet.store import Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FILE = (
    "<!--1772359200000-->\n[Harbour closes](https://paper.example/a)\n------\n\n"
    "<address>Amara Diallo</address><section><p>The harbour office closes at noon.</p></section>\n"
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_memory_store(now=lambda: NOW) as made:
        yield made


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old" / "articles" / "paper"
    folder.mkdir(parents=True)
    (folder / "1048574.md").write_text(FILE, "utf-8")
    return tmp_path / "old"


def test_an_old_archive_becomes_articles_of_a_source_that_asks_nobody(store: Store, old: Path) -> None:
    assert import_tree(store, old).new == 1
    (source,) = store.sources()
    assert (source.id, source.state) == ("paper", "paused")
    assert store.due_sources(NOW) == ()


def test_taking_it_in_again_changes_nothing(store: Store, old: Path) -> None:
    import_tree(store, old)
    report = import_tree(store, old)
    assert (report.new, report.known, len(store.articles())) == (0, 1, 1)


def test_a_file_that_cannot_be_read_is_named_and_stops_no_other(store: Store, old: Path) -> None:
    (old / "articles" / "paper" / "1048573.md").write_text("nothing of the kind", "utf-8")
    report = import_tree(store, old)
    assert report.new == 1
    assert "1048573.md" in report.problems[0]


def test_what_was_taken_in_comes_out_in_the_same_three_lines(store: Store, old: Path, tmp_path: Path) -> None:
    import_tree(store, old)
    archive_tree(store, Settings(), tmp_path / "new", form="compatible")
    (written,) = (tmp_path / "new" / "articles" / "paper").glob("*.md")
    assert written.read_text("utf-8").split("\n")[:3] == FILE.split("\n")[:3]


def test_both_forms_carry_an_article_to_another_store(store: Store, old: Path, tmp_path: Path) -> None:
    import_tree(store, old)
    archive_tree(store, Settings(), tmp_path / "native", form="native")
    with open_memory_store(now=lambda: NOW) as other:
        import_tree(other, tmp_path / "native")
        (carried,) = other.articles()
    (original,) = store.articles()
    assert (carried.article.title, carried.article.text) == (original.article.title, original.article.text)
    assert carried.id == original.id


def test_an_id_that_somebody_wrote_into_an_archive_is_not_taken_on_trust(store: Store, old: Path, tmp_path: Path) -> None:
    import_tree(store, old)
    archive_tree(store, Settings(), tmp_path / "native", form="native")
    (file,) = (file for file in (tmp_path / "native" / "articles").rglob("*.md") if ".r" not in file.name)
    (original,) = store.articles()
    file.write_text(file.read_text("utf-8").replace(original.id, "../../../etc/passwd"), "utf-8")
    with open_memory_store(now=lambda: NOW) as other:
        import_tree(other, tmp_path / "native")
        assert all(".." not in stored.id for stored in other.articles())
