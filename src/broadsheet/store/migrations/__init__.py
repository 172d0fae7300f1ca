"""The history of the tables: one file a step in `versions`, named by its number, run when a store is opened.

Takes a database in any state of this history and leaves it in the newest. A store written by a newer Broadsheet is refused untouched.
A whole upgrade is one transaction: killed in its midst, the store is as it was. Steps only move on; the way back is a backup.
Start reading at `bring_up_to_date`. A new step: change `schema.py`, add `versions/rNNNN_what.py` (next number, `down_revision` the one before).
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from broadsheet.errors import StoreError, StoreTooNew
from broadsheet.store.sql.database import Database

VERSIONS = Path(__file__).parent / "versions"
EMPTY = "0000"

__all__ = ["EMPTY", "VERSIONS", "bring_up_to_date", "newest", "require_current", "version_of"]


def newest(versions: Path = VERSIONS) -> str:
    """The number of the last step, read off the file names: importing Alembic would slow down every start."""
    return max(_numbers(versions), default=EMPTY)


def bring_up_to_date(database: Database, where: str, *, versions: Path = VERSIONS) -> None:
    """Run the steps that the database lacks. Raises StoreTooNew for one from the future, StoreError for what is no store of ours."""
    with database.read() as connection:
        if _checked_version(connection, where, versions) == newest(versions):
            return
    with database.migrate() as connection:
        if _checked_version(connection, where, versions) != newest(versions):  # another process may have been quicker
            _upgrade(connection, versions)


def require_current(database: Database, where: str) -> None:
    """Raise unless the tables are those we know: a reader cannot bring them up to date."""
    with database.read() as connection:
        if _checked_version(connection, where, VERSIONS) != newest():
            raise StoreError(where, "was written by an older Broadsheet", do="Open it once for writing, e.g. with `broadsheet sources`")


def version_of(connection: Connection) -> str:
    """The number of the last step taken: EMPTY for a fresh file, "" for a database that is not ours."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        return "" if tables else EMPTY
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or EMPTY)


def _checked_version(connection: Connection, where: str, versions: Path) -> str:
    version = version_of(connection)
    if version == "":
        raise StoreError(where, "is a database, but not a Broadsheet store", do="Choose another data folder")
    if version not in {EMPTY, *_numbers(versions)}:
        raise StoreTooNew(where, f"has tables of version {version}, we know up to {newest(versions)}", do="Upgrade Broadsheet")
    return version


def _numbers(versions: Path) -> list[str]:
    return [file.name[1:5] for file in versions.glob("r[0-9][0-9][0-9][0-9]_*.py")]


def _upgrade(connection: Connection, versions: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "newline")  # a folder may hold spaces and colons
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
