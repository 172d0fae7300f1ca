"""Names of folders and files that are safe on every disk and in every address."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta, tzinfo

from broadsheet.urls import slug

_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,78}[a-z0-9])?")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")  # no file may be called so on Windows
_LAST_KEY = 9_999_999_999
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def folder_name(source_id: str) -> str:
    """The folder of a source: its id, which is a slug already; anything else becomes one, with a digest that keeps it apart."""
    if _SAFE.fullmatch(source_id) and not _RESERVED.fullmatch(source_id):
        return source_id
    return f"{slug(source_id) or 'source'}-{digest(source_id)[:8]}"


def native_path(source_id: str, article_id: str, sort_at: datetime, zone: tzinfo) -> str:
    """`articles/<source>/<year>/<month>/<key>-<short id>.md`, where the key counts down, so that the newest sorts first."""
    local = sort_at.astimezone(zone)
    seconds = (sort_at - _EPOCH) // timedelta(seconds=1)
    key = min(max(_LAST_KEY - seconds, 0), _LAST_KEY)
    return f"articles/{folder_name(source_id)}/{local:%Y}/{local:%m}/{key:010d}-{short_id(article_id)}.md"


def short_id(article_id: str) -> str:
    """Twelve characters that stand for an article's id in file names. (Of time-ordered ids the head alone would not tell two apart.)"""
    return digest(article_id)[:12]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
