"""Archives of the compatible form, as written."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from broadsheet.archive import compatible, read_archive
from broadsheet.errors import ArchiveError


def day(number):
    return datetime(2024, 6, number, 5, tzinfo=UTC)


def test_the_newest_of_the_first_articles_has_the_smallest_number(tmp_path, source, make, now):
    articles = [(source, make(id=f"a{n}", at=day(n), title=f"Day {n}")) for n in (3, 1, 2)]
    compatible.write(tmp_path, [source], articles, now=now)
    titles = {a.number: a.article.title for a in read_archive(tmp_path)}
    assert titles == {1_048_574: "Day 1", 1_048_573: "Day 2", 1_048_572: "Day 3"}


def test_a_number_once_given_is_never_changed(tmp_path, source, make, now):
    compatible.write(tmp_path, [source], [(source, make(id="a5", at=day(5)))], now=now)
    compatible.write(tmp_path, [source], [(source, make(id="a4", at=day(4))), (source, make(id="a5", at=day(9)))], now=now)
    assert {a.article.url[-2:]: a.number for a in read_archive(tmp_path)} == {"a5": 1_048_574, "a4": 1_048_573}


def test_writing_the_same_again_writes_nothing(tmp_path, source, make, now):
    compatible.write(tmp_path, [source], [(source, make())], now=now)
    assert compatible.write(tmp_path, [source], [(source, make())], now=now).written == 0


def test_articles_not_given_stay_and_stay_listed(tmp_path, source, make, now):
    compatible.write(tmp_path, [source], [(source, make(id="a1", title="First"))], now=now)
    compatible.write(tmp_path, [source], [(source, make(id="a2", title="Second"))], now=now)
    page = (tmp_path / "lists/harbour-post.md").read_text()
    assert "[First](/articles/harbour-post/1048574.md)" in page
    assert "[Second](/articles/harbour-post/1048573.md)" in page


def test_the_list_has_the_format_that_programs_read(tmp_path, source, make, now):
    compatible.write(
        tmp_path, [source], [(source, make(id="a1", at=day(8), title="One")), (source, make(id="a2", at=day(9), title="[Two]"))], now=now
    )
    assert (tmp_path / "lists/harbour-post.md").read_text() == (
        "Harbour Post\n------\n\n"
        "6-9 [\\[Two\\]](/articles/harbour-post/1048573.md)\n\n"
        "6-8 [One](/articles/harbour-post/1048574.md)\n\n"
    )  # fmt: skip


def test_the_index_links_to_the_list_of_each_source(tmp_path, source, now):
    compatible.write(tmp_path, [source], [], now=now)
    assert (tmp_path / "README.md").read_text() == "[Harbour Post](/lists/harbour-post.md)\n\n"


def test_a_file_someone_else_put_there_is_never_overwritten(tmp_path, source, make, now):
    compatible.write(tmp_path, [source], [], now=now)
    foreign = tmp_path / "articles/harbour-post/1048574.md"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine")
    compatible.write(tmp_path, [source], [(source, make())], now=now)
    assert foreign.read_text() == "mine"
    assert (tmp_path / "articles/harbour-post/1048573.md").exists()


def test_after_a_kill_between_ledger_and_files_the_number_still_belongs_to_its_article(tmp_path, source, make, now):
    compatible.write(tmp_path, [source], [(source, make())], now=now)
    file = tmp_path / "articles/harbour-post/1048574.md"
    content = file.read_bytes()
    file.unlink()
    compatible.write(tmp_path, [source], [(source, make(id="a0", at=day(30))), (source, make())], now=now)
    assert file.read_bytes() == content


def test_a_broken_ledger_stops_the_writer_rather_than_giving_numbers_twice(tmp_path, source, make, now):
    compatible.write(tmp_path, [source], [(source, make())], now=now)
    (tmp_path / ".broadsheet/numbers/harbour-post/1048.jsonl").write_text("{\n")
    with pytest.raises(ArchiveError, match=r"1048\.jsonl:1"):
        compatible.write(tmp_path, [source], [(source, make(id="a2"))], now=now)


def test_two_sources_number_their_articles_apart(tmp_path, source, make, now):
    other = replace(source, id="other")
    compatible.write(tmp_path, [source, other], [(source, make(id="a1")), (other, make(id="b1", source_id="other"))], now=now)
    assert {(a.source_id, a.number) for a in read_archive(tmp_path)} == {("harbour-post", 1_048_574), ("other", 1_048_574)}
