"""The history of the tables: complete, and safe to walk on real data."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from broadsheet.store.migrations import VERSIONS, bring_up_to_date, newest, version_of
from broadsheet.store.schema import metadata
from broadsheet.store.sqlite import DATABASE

NEXT_STEP = '''
"""Sources get a colour, and lose their state: one column more, one less."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{before}"

def upgrade():
    with op.batch_alter_table("source") as batch:
        batch.add_column(sa.Column("colour", sa.String(20), nullable=False, server_default="blue"))
        batch.drop_column("state")
    {more}
'''


@pytest.fixture
def history_with_a_next_step(tmp_path):
    """Our history with one invented step more, as a folder."""

    def write(more=""):
        folder = tmp_path / "versions"
        shutil.copytree(VERSIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "r9000_colour.py").write_text(NEXT_STEP.format(before=newest(), more=more))
        return folder

    return write


def test_a_new_store_has_the_newest_version(open_folder):
    with open_folder().database.read() as connection:
        assert version_of(connection) == newest()


def test_the_migrations_make_exactly_the_tables_of_the_schema(open_folder):
    with open_folder().database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_alembic_agrees_on_the_newest_version():
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.set_main_option("path_separator", "newline")
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]


def test_opening_a_store_again_runs_nothing(open_folder, tmp_path, desk_at):
    desk_at(open_folder()).watch()
    before = _shape(tmp_path / "store" / DATABASE)
    open_folder()
    assert _shape(tmp_path / "store" / DATABASE) == before


def test_an_older_store_is_brought_up_to_date_and_keeps_its_articles(open_folder, desk_at, history_with_a_next_step):
    desk = desk_at(open_folder())
    desk.watch()
    kept = desk.collect()
    bring_up_to_date(desk.store.database, "the store", versions=history_with_a_next_step())
    with desk.store.database.read() as connection:
        assert version_of(connection) == "9000"
        assert connection.exec_driver_sql("SELECT colour FROM source").scalar() == "blue"
    assert desk.store.article(kept.id) == kept
    assert len(desk.store.revisions(kept.id)) == 1


def test_a_step_that_fails_leaves_the_store_as_it_was(open_folder, tmp_path, desk_at, history_with_a_next_step):
    desk = desk_at(open_folder())
    desk.watch()
    before = _shape(tmp_path / "store" / DATABASE)
    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(desk.store.database, "the store", versions=history_with_a_next_step(more="1 / 0"))
    assert _shape(tmp_path / "store" / DATABASE) == before
    assert desk.store.source("harbour").state == "active"


def test_foreign_keys_are_followed_again_after_a_migration(open_folder, desk_at, history_with_a_next_step):
    store = open_folder()
    bring_up_to_date(store.database, "the store", versions=history_with_a_next_step())
    with store.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def _shape(file):
    with closing(sqlite3.connect(file)) as database:
        tables = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        return tables, database.execute("SELECT version_num FROM alembic_version").fetchall()


def test_a_store_from_before_sites_were_remembered_keeps_its_articles(open_folder, tmp_path, desk_at):
    desk = desk_at(open_folder())
    desk.watch()
    kept = desk.collect()
    desk.store.close()
    with closing(sqlite3.connect(tmp_path / "store" / DATABASE)) as connection, connection:
        connection.executescript(_BACK_TO_0001)
    again = open_folder()
    assert again.article(kept.id) == kept
    assert again.latest_revision(kept.id).extractor is None
    assert again.site_memory("harbour.example").pages == ()


_BACK_TO_0001 = """
    DROP TABLE secret;
    DROP TABLE picture_use;
    DROP TABLE picture;
    DROP TABLE original;
    DROP TABLE ping;
    DROP TABLE intent;
    DROP TABLE push;
    DROP TABLE delivery;
    DROP TABLE subscriber;
    DROP TABLE subscription;
    DROP TABLE incident;
    DROP TABLE rendering;
    DROP TABLE publication;
    DROP TABLE site_memory;
    DROP INDEX ix_article_near_duplicate_of;
    DROP INDEX ix_article_touched_at;
    ALTER TABLE article DROP COLUMN touched_at;
    ALTER TABLE article DROP COLUMN rereadings;
    ALTER TABLE revision DROP COLUMN extractor;
    ALTER TABLE revision DROP COLUMN made_by;
    UPDATE alembic_version SET version_num = '0001';
"""
