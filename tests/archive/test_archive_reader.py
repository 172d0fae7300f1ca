"""Reading archives of either form, whole or in parts."""

import pytest

from broadsheet.archive import compatible, native, read_archive
from broadsheet.errors import ArchiveError

FOREIGN = "<!--1718687222000-->\n[The ferry is back](https://harbour.example/a1)\n------\n\n<section><p>a</p></section>\n"


def put(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def errors_of(root):
    errors = []
    found = list(read_archive(root, on_error=errors.append))
    return found, errors


@pytest.mark.parametrize("form", [native, compatible])
def test_the_form_of_an_archive_need_not_be_named(tmp_path, source, make, now, form):
    form.write(tmp_path, [source], [(source, make())], now=now)
    (found,) = read_archive(tmp_path)
    assert (found.form, found.source_id, found.article.title) == (form.__name__.rpartition(".")[2], "harbour-post", "The ferry is back")


def test_an_archive_that_another_program_wrote_is_read(tmp_path):
    put(tmp_path, "articles/nyt/1041947.md", FOREIGN)
    put(tmp_path, "lists/nyt.md", "nyt\n------\n\n")
    (found,) = read_archive(tmp_path)
    assert (found.source_id, found.number, found.file) == ("nyt", 1_041_947, "articles/nyt/1041947.md")


def test_names_of_an_older_generation_give_their_number_too(tmp_path):
    put(tmp_path, "articles/nyt/1041947_the--title.md", FOREIGN)
    (found,) = read_archive(tmp_path)
    assert found.number == 1_041_947


def test_a_continuation_folder_belongs_to_its_source(tmp_path):
    put(tmp_path, "articles/nyt.2/1048574.md", FOREIGN)
    (found,) = read_archive(tmp_path)
    assert found.source_id == "nyt"


def test_a_single_file_is_read(tmp_path):
    (found,) = read_archive(put(tmp_path, "1041947.md", FOREIGN))
    assert (found.file, found.article.title) == ("1041947.md", "The ferry is back")


def test_a_file_that_cannot_be_read_is_named_with_its_line_and_stops_no_other(tmp_path):
    put(tmp_path, "articles/x/1.md", "<!--1-->\nno link\n------\n\n")
    put(tmp_path, "articles/x/2.md", FOREIGN)
    found, errors = errors_of(tmp_path)
    assert [a.number for a in found] == [2]
    assert [error.where for error in errors] == [f"{tmp_path}/articles/x/1.md:2"]


def test_bytes_that_are_no_utf_8_are_named_with_their_line(tmp_path):
    put(tmp_path, "articles/x/1.md", b"<!--1-->\n[a\xff](https://a.example/)\n")
    _, errors = errors_of(tmp_path)
    assert [(error.where, error.what) for error in errors] == [(f"{tmp_path}/articles/x/1.md:2", "is not UTF-8")]


def test_a_file_of_no_known_form_is_reported(tmp_path):
    put(tmp_path, "articles/x/notes.md", "My notes\n")
    _, errors = errors_of(tmp_path)
    assert errors[0].where.endswith("notes.md:1")


def test_a_file_that_is_too_large_is_reported_unread(tmp_path):
    file = put(tmp_path, "articles/x/1.md", FOREIGN)
    with file.open("r+b") as grown:
        grown.truncate(30_000_000)
    _, errors = errors_of(tmp_path)
    assert "larger than 20 MB" in errors[0].what


def test_a_link_that_leads_out_of_the_archive_is_not_followed(tmp_path):
    secret = put(tmp_path, "outside/1.md", FOREIGN)
    (tmp_path / "in/articles/x").mkdir(parents=True)
    (tmp_path / "in/articles/x/1.md").symlink_to(secret)
    found, errors = errors_of(tmp_path / "in")
    assert found == []
    assert errors[0].what == "is a link that leads out of the archive"


def test_by_default_what_cannot_be_read_is_logged(tmp_path, caplog):
    put(tmp_path, "articles/x/1.md", "x")
    assert list(read_archive(tmp_path)) == []
    assert "1.md:1" in caplog.text


def test_a_place_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(ArchiveError, match="does not exist"):
        list(read_archive(tmp_path / "nowhere"))
