"""The only door to the disk for writers."""

import errno
from pathlib import Path

import pytest

from broadsheet.archive.folder import ArchiveFolder
from broadsheet.errors import ArchiveError


def test_an_empty_folder_becomes_an_archive(tmp_path):
    ArchiveFolder(tmp_path / "new" / "archive", "native")
    assert (tmp_path / "new/archive/.broadsheet/archive.json").read_text() == '{"form": "native", "version": 1}\n'


def test_a_fresh_git_repository_becomes_an_archive(tmp_path):
    (tmp_path / ".git").mkdir()
    ArchiveFolder(tmp_path, "native").write("README.md", b"x")
    assert (tmp_path / "README.md").exists()


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.md").write_text("mine")
    with pytest.raises(ArchiveError, match=r"thesis\.md.* no archive of ours"):
        ArchiveFolder(tmp_path, "native")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.md"]


def test_an_archive_of_the_other_form_is_refused(tmp_path):
    ArchiveFolder(tmp_path, "native")
    with pytest.raises(ArchiveError, match="--form native"):
        ArchiveFolder(tmp_path, "compatible")


def test_an_archive_of_a_newer_version_is_refused(tmp_path):
    ArchiveFolder(tmp_path, "native")
    (tmp_path / ".broadsheet/archive.json").write_text('{"form": "native", "version": 2}')
    with pytest.raises(ArchiveError, match="newer Broadsheet"):
        ArchiveFolder(tmp_path, "native")


def test_a_marker_that_cannot_be_read_is_named(tmp_path):
    ArchiveFolder(tmp_path, "native")
    (tmp_path / ".broadsheet/archive.json").write_text("{")
    with pytest.raises(ArchiveError, match=r"archive\.json: cannot be read"):
        ArchiveFolder(tmp_path, "native")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(ArchiveError, match="cannot be used"):
        ArchiveFolder(tmp_path / "out", "native")


def test_what_a_killed_run_left_staged_is_removed_and_counted(tmp_path):
    ArchiveFolder(tmp_path, "native").stage(b"half")
    folder = ArchiveFolder(tmp_path, "native")
    assert folder.report().removed == 1
    assert list((tmp_path / ".broadsheet/staged").iterdir()) == []


def test_a_file_that_has_not_changed_is_not_touched(tmp_path):
    folder = ArchiveFolder(tmp_path, "native")
    folder.write("a.md", b"x")
    inode = (tmp_path / "a.md").stat().st_ino
    assert folder.write("a.md", b"x") is False
    assert (tmp_path / "a.md").stat().st_ino == inode


def test_a_write_that_fails_leaves_the_old_bytes(tmp_path, monkeypatch):
    folder = ArchiveFolder(tmp_path, "native")
    folder.write("a.md", b"old")
    monkeypatch.setattr(Path, "replace", _disk_full)
    with pytest.raises(ArchiveError, match="no room is left"):
        folder.write("a.md", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"old"


@pytest.mark.parametrize("path", ["../a.md", "/etc/a.md", "a/../../b.md", ""])
def test_a_name_that_leads_out_is_refused(tmp_path, path):
    with pytest.raises(ArchiveError, match="leads out"):
        ArchiveFolder(tmp_path, "native").write(path, b"x")


def _disk_full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
