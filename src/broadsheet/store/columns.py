"""Column types that carry our values: aware times, documents, text that any database takes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from broadsheet.errors import UsageError
from broadsheet.store.documents import Codec, storable

T = TypeVar("T")

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives: SQLite only counts up in a column that is called INTEGER."""


class UtcTime(TypeDecorator[datetime]):
    """Aware UTC in and out, also where the database knows no zones (SQLite keeps text, which sorts as the times do)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise UsageError(str(value), "is a time without a zone", do="Pass an aware datetime")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text from outside, without the characters that a database refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Document(TypeDecorator[T], Generic[T]):
    """A value kept as one compressed document."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, codec: Codec[T]) -> None:
        super().__init__()
        self.codec = codec  # public and named like the argument: SQLAlchemy makes the key of its statement cache from it

    def process_bind_param(self, value: T | None, dialect: Dialect) -> Any:
        return None if value is None else self.codec.encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:
        return None if value is None else self.codec.decode(bytes(value))
