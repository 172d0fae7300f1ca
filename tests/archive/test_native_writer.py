"""Archives of the native form, as written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from broadsheet.archive import native, read_archive
from broadsheet.errors import ArchiveError
from broadsheet.model import SafeHtml


def files(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.md") if "articles" in path.parts)


def contents(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def second(stored, **article):
    return replace(stored, revision=2, content_hash="hash-2", article=replace(stored.article, body=SafeHtml("<p>Corrected.</p>"), **article))


def test_an_article_is_filed_by_source_year_and_month(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    assert files(tmp_path) == ["articles/harbour-post/2024/06/8281312777-f55ff16f66f4.md"]


def test_the_month_is_that_of_the_configured_zone(tmp_path, source, make, now):
    late = make(at=datetime(2024, 5, 31, 20, tzinfo=UTC))
    native.write(tmp_path, [source], [(source, late)], now=now, zone=timezone(timedelta(hours=8)))
    assert files(tmp_path)[0].startswith("articles/harbour-post/2024/06/")


def test_a_newer_article_sorts_before_an_older_one(tmp_path, source, make, now):
    articles = [(source, make(id=f"a{n}", at=datetime(2024, 6, n, tzinfo=UTC), title=f"Day {n}")) for n in (9, 10, 11)]
    native.write(tmp_path, [source], articles, now=now)
    assert [found.article.title for found in read_archive(tmp_path)] == ["Day 11", "Day 10", "Day 9"]


def test_writing_the_same_again_writes_nothing(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    again = native.write(tmp_path, [source], [(source, make())], now=now)
    assert (again.written, again.removed) == (0, 0)


def test_an_article_never_moves_even_when_its_date_is_corrected(tmp_path, source, make, now):
    stored = make()
    native.write(tmp_path, [source], [(source, stored)], now=now)
    place = files(tmp_path)
    native.write(tmp_path, [source], [(source, replace(second(stored), sort_at=datetime(2023, 1, 1, tzinfo=UTC)))], now=now)
    assert [path for path in files(tmp_path) if ".r" not in path] == place


def test_an_earlier_revision_stays_beside_the_latest_to_the_byte(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    (first,) = files(tmp_path)
    before = (tmp_path / first).read_bytes()
    native.write(tmp_path, [source], [(source, second(make()))], now=now)
    assert (tmp_path / first.replace(".md", ".r1.md")).read_bytes() == before
    assert b"Corrected." in (tmp_path / first).read_bytes()


def test_every_revision_that_the_store_has_is_written(tmp_path, source, make, now, revision_of):
    stored = replace(second(make()), revision=3)
    earlier = [revision_of(make()), revision_of(second(make()))]
    native.write(tmp_path, [source], [(source, stored)], now=now, revisions=lambda _id: earlier)
    found = read_archive(tmp_path, earlier_revisions=True)
    assert [(a.revision, a.previous) for a in sorted(found, key=lambda a: a.revision)] == [(1, None), (2, "hash-a1"), (3, "hash-2")]


def test_a_revision_once_written_is_never_overwritten(tmp_path, source, make, now, revision_of):
    native.write(tmp_path, [source], [(source, second(make()))], now=now, revisions=lambda _id: [revision_of(make())])
    (earlier,) = (path for path in files(tmp_path) if ".r1" in path)
    before = (tmp_path / earlier).read_bytes()
    changed = revision_of(make(title="Another wording"))
    native.write(tmp_path, [source], [(source, second(make()))], now=now, revisions=lambda _id: [changed])
    assert (tmp_path / earlier).read_bytes() == before


def test_reading_gives_the_latest_revision_unless_asked_for_all(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    native.write(tmp_path, [source], [(source, second(make()))], now=now)
    assert [a.revision for a in read_archive(tmp_path)] == [2]


def test_the_manifest_proves_what_was_written(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    native.write(tmp_path, [source], [(source, second(make()))], now=now)
    assert list(native.verify(tmp_path)) == []


def test_an_altered_file_shows(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    file = tmp_path / files(tmp_path)[0]
    file.write_text(file.read_text().replace("dawn", "noon"))
    assert [error.what for error in native.verify(tmp_path)] == ["is not what was written: its hash differs from the manifest's"]


def test_a_missing_and_an_added_file_show(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    file = tmp_path / files(tmp_path)[0]
    file.rename(file.with_name("other.md"))
    assert sorted(error.what for error in native.verify(tmp_path)) == ["is gone", "is not named in the manifest"]


def test_an_altered_file_is_put_right_by_the_next_run(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    file = tmp_path / files(tmp_path)[0]
    before = file.read_bytes()
    file.write_text("gone")
    native.write(tmp_path, [source], [(source, make())], now=now)
    assert file.read_bytes() == before


def test_an_article_written_by_a_run_that_was_killed_is_found_again(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    (tmp_path / "articles/harbour-post/2024/06/manifest.jsonl").unlink()
    native.write(tmp_path, [source], [(source, replace(second(make()), sort_at=datetime(2023, 1, 1, tzinfo=UTC)))], now=now)
    assert files(tmp_path) == [f"articles/harbour-post/2024/06/8281312777-f55ff16f66f4{end}" for end in (".md", ".r1.md")]


def test_two_runs_on_two_machines_write_the_same_bytes(tmp_path, source, make, now):
    for name in ("here", "there"):
        native.write(tmp_path / name, [source], [(source, make(id=f"a{n}")) for n in range(3)], now=now)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_an_operator_s_headers_are_nowhere_in_the_archive(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    assert not any(b"SECRET" in content for content in contents(tmp_path).values())


def test_a_source_id_cannot_lead_out_of_the_folder(tmp_path, source, make, now):
    hostile = replace(source, id="../../etc")
    native.write(tmp_path / "out", [hostile], [(hostile, make(source_id="../../etc"))], now=now)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_link_in_a_cloned_archive_cannot_lead_out_of_the_folder(tmp_path, source, make, now):
    native.write(tmp_path / "out", [], [], now=now)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="leads out of the archive"):
        native.write(tmp_path / "out", [source], [(source, make())], now=now)


def test_the_list_links_to_the_file_whatever_host_shows_it(tmp_path, source, make, now):
    native.write(tmp_path, [source], [(source, make())], now=now)
    assert (tmp_path / "lists/harbour-post.md").read_text() == (
        "# Harbour Post\n\n- 2024-06-18 [The ferry is back](../articles/harbour-post/2024/06/8281312777-f55ff16f66f4.md)\n"
    )
