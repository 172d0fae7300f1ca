"""A store that cannot be opened or written says why, and loses nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from broadsheet.errors import DiskFull, StoreError, StoreTooNew, StoreUnwritable
from broadsheet.store.sqlite import DATABASE


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def sealed_folder():
    """A folder that nobody may write to, at a place anybody may reach (pytest's own folders are for their owner alone)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_is_made_where_there_is_none(open_folder, tmp_path):
    open_folder(tmp_path / "not" / "yet" / "there")
    assert (tmp_path / "not" / "yet" / "there" / DATABASE).is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_a_new_folder_is_for_its_owner_alone(open_folder, folder):
    open_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("name", ["my papers", "50%25 报纸", "why?#&=1", "C:colon"])
def test_a_folder_may_have_any_name(open_folder, tmp_path, desk_at, name):
    desk_at(open_folder(tmp_path / name)).watch()
    assert (tmp_path / name / DATABASE).is_file()
    assert open_folder(tmp_path / name, read_only=True).source("harbour").id == "harbour"


def test_what_was_kept_is_there_after_reopening(open_folder, desk_at):
    desk = desk_at(open_folder())
    desk.watch()
    kept = desk.collect()
    desk.store.close()
    assert open_folder().article(kept.id) == kept


def test_a_file_in_place_of_the_folder_is_unwritable(open_folder, folder):
    folder.write_text("in the way")
    with pytest.raises(StoreUnwritable, match="Choose another data folder"):
        open_folder(folder)


def test_a_folder_in_place_of_the_file_is_unwritable(open_folder, folder):
    (folder / DATABASE).mkdir(parents=True)
    with pytest.raises(StoreUnwritable, match="cannot be opened"):
        open_folder(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_a_folder_without_write_permission_is_unwritable(open_folder, sealed_folder):
    with _as_nobody(), pytest.raises(StoreUnwritable, match="who owns it"):
        open_folder(sealed_folder)


def test_a_file_that_is_no_database_is_refused_and_left_alone(open_folder, folder):
    folder.mkdir()
    (folder / DATABASE).write_bytes(b"a letter to the editor, not a database" * 40)
    with pytest.raises(StoreError, match="is not a Broadsheet store"):
        open_folder(folder)
    assert (folder / DATABASE).read_bytes().startswith(b"a letter")


def test_somebody_elses_database_is_refused_and_left_alone(open_folder, folder):
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        other.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="not a Broadsheet store"):
        open_folder(folder)
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_damaged_file_is_named(open_folder, folder, desk_at):
    desk = desk_at(open_folder(folder))
    desk.watch()
    desk.store.close()
    file = folder / DATABASE
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * (file.stat().st_size - 4096))
    with pytest.raises(StoreError, match=DATABASE):
        open_folder(folder).sources()


def test_a_store_of_a_newer_version_is_refused_and_left_alone(open_folder, folder):
    open_folder(folder).close()
    with closing(sqlite3.connect(folder / DATABASE)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew, match="Upgrade Broadsheet"):
        open_folder(folder)
    with closing(sqlite3.connect(folder / DATABASE)) as newer:
        assert newer.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_full_disk_is_named_and_what_was_kept_before_is_still_there(open_folder, desk_at, make):
    desk = desk_at(open_folder())
    desk.watch()
    kept = desk.collect("a")
    _stop_growing(desk.store)
    with pytest.raises(DiskFull, match="Make room"):
        desk.store.file_exchange(make.exchange("big", os.urandom(1_000_000)))
    assert desk.store.article(kept.id) == kept
    assert desk.store.exchange("big") is None


def test_a_poll_on_a_full_disk_leaves_the_old_validators(open_folder, desk_at, make):
    desk = desk_at(open_folder())
    desk.watch()
    before = desk.store.poll_state("harbour")
    _stop_growing(desk.store)
    with pytest.raises(DiskFull):
        desk.store.keep_poll("harbour", make.state(failures=1), new=[make.new()], exchange=make.exchange("f", os.urandom(1_000_000)))
    assert desk.store.poll_state("harbour") == before
    assert desk.store.entries("harbour") == ()


def test_the_store_works_again_when_there_is_room_again(open_folder, desk_at, make):
    desk = desk_at(open_folder())
    _stop_growing(desk.store)
    with pytest.raises(DiskFull):
        desk.store.file_exchange(make.exchange("big", os.urandom(1_000_000)))
    _grow_again(desk.store)
    desk.store.file_exchange(make.exchange("big", os.urandom(1_000_000)))
    assert desk.store.exchange("big") is not None


def test_a_reader_sees_what_is_there(open_folder, desk_at):
    desk = desk_at(open_folder())
    desk.watch()
    kept = desk.collect()
    assert open_folder(read_only=True).article(kept.id) == kept


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_a_store_in_a_sealed_folder_can_still_be_read(open_folder, sealed_folder, desk_at):
    sealed_folder.chmod(0o755)
    desk = desk_at(open_folder(sealed_folder))
    desk.watch()
    desk.store.close()
    sealed_folder.chmod(0o555)
    with _as_nobody():
        assert [source.id for source in open_folder(sealed_folder, read_only=True).sources()] == ["harbour"]


def test_a_reader_cannot_write(open_folder, desk_at, make):
    desk_at(open_folder()).watch()
    with pytest.raises(StoreUnwritable):
        open_folder(read_only=True).remove_source("harbour")


def test_a_reader_of_no_store_is_told_how_to_begin(open_folder, folder):
    with pytest.raises(StoreError, match="Add a source first"):
        open_folder(folder, read_only=True)
    assert not folder.exists()


def test_a_reader_of_an_older_store_is_told_to_open_it_for_writing(open_folder, folder):
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATABASE)) as older, older:
        older.execute("CREATE TABLE alembic_version (version_num)")
    with pytest.raises(StoreError, match="older Broadsheet"):
        open_folder(folder, read_only=True)


@contextmanager
def _as_nobody():
    """Without the rights of the superuser, who may write anywhere."""
    us = os.geteuid()
    if us == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(us)


def _stop_growing(store):
    """No room beyond what the file has now."""
    with store.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    _limit(store, pages)


def _grow_again(store):
    _limit(store, 1_000_000)


def _limit(store, pages):
    from sqlalchemy import event

    store.database.engine.dispose()
    event.listen(store.database.engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count = {pages}"))
