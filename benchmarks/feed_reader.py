"""Broadsheet's feed reader in the form the feed scorer asks for: `feed_reader:read`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from broadsheet.parse.feed import parse_feed


def read(data: bytes, url: str | None, content_type: str | None) -> list[dict[str, Any]]:
    """One dict an entry: title, link, id, date (published, else updated) and content (the full text, else the summary)."""
    feed = parse_feed(data, url or "http://feed.invalid/", content_type=content_type, now=datetime.now(UTC))
    return [
        {
            "title": entry.title,
            "link": entry.link,
            "id": entry.guid,
            "date": next((said.at for said in (entry.published, entry.updated) if said and said.at), None),
            "content": entry.content_html or entry.summary_html,
        }
        for entry in feed.entries
    ]
