"""The only door to the disk for writers."""

import errno
from pathlib import Path

import pytest

from broadsheet.archive.folder import open_folder
from broadsheet.errors import ArchiveError


@pytest.fixture
def archive(tmp_path):
    """The path of an archive that was made before."""
    with open_folder(tmp_path, "native"):
        return tmp_path


def refused(path, form="native"):
    with pytest.raises(ArchiveError) as caught, open_folder(path, form):
        pass
    return str(caught.value)


def test_an_empty_folder_becomes_an_archive(tmp_path):
    with open_folder(tmp_path / "new" / "archive", "native"):
        assert (tmp_path / "new/archive/.broadsheet/archive.json").read_text() == '{"form": "native", "version": 1}\n'


def test_a_fresh_git_repository_becomes_an_archive(tmp_path):
    (tmp_path / ".git").mkdir()
    with open_folder(tmp_path, "native") as folder:
        assert folder.write("README.md", b"x")


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.md").write_text("mine")
    assert "thesis.md …) and no archive of ours" in refused(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.md"]


def test_an_archive_of_the_other_form_is_refused(archive):
    assert "--form native" in refused(archive, "compatible")


def test_an_archive_of_a_newer_version_is_refused(archive):
    (archive / ".broadsheet/archive.json").write_text('{"form": "native", "version": 2}')
    assert "newer Broadsheet" in refused(archive)


@pytest.mark.parametrize("marker", ["{", "[]", '{"form": "odd", "version": 1}', '{"form": "native"}'])
def test_a_marker_that_cannot_be_read_is_named(archive, marker):
    (archive / ".broadsheet/archive.json").write_text(marker)
    assert f"{archive}/.broadsheet/archive.json: " in refused(archive)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("x")
    assert "cannot be used" in refused(tmp_path / "out")


def test_a_second_writer_is_refused(archive):
    with open_folder(archive, "native"):
        assert "another process" in refused(archive)


def test_the_folder_is_free_again_after_a_writer_failed(archive):
    with pytest.raises(ZeroDivisionError), open_folder(archive, "native"):
        raise ZeroDivisionError
    with open_folder(archive, "native") as folder:
        assert folder.write("a.md", b"x")


def test_what_a_killed_run_left_staged_is_removed_and_counted(archive):
    (archive / ".broadsheet/staged").mkdir()
    (archive / ".broadsheet/staged/123-1").write_bytes(b"half")
    with open_folder(archive, "native") as folder:
        assert folder.report().removed == 1
        assert not (archive / ".broadsheet/staged").exists()


def test_a_file_that_has_not_changed_is_not_touched(archive):
    with open_folder(archive, "native") as folder:
        folder.write("a.md", b"x")
        inode = (archive / "a.md").stat().st_ino
        assert folder.write("a.md", b"x") is False
    assert (archive / "a.md").stat().st_ino == inode


def test_a_write_that_fails_leaves_the_old_bytes(archive, monkeypatch):
    with open_folder(archive, "native") as folder:
        folder.write("a.md", b"old")
        monkeypatch.setattr(Path, "replace", _disk_full)
        with pytest.raises(ArchiveError, match="no room is left"):
            folder.write("a.md", b"new")
    assert (archive / "a.md").read_bytes() == b"old"


@pytest.mark.parametrize("path", ["../a.md", "/etc/a.md", "a/../../b.md", ""])
def test_a_name_that_leads_out_is_refused(archive, path):
    with open_folder(archive, "native") as folder, pytest.raises(ArchiveError, match="leads out"):
        folder.write(path, b"x")


def _disk_full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
