"""Our extractor in the form that measuring harnesses call: `extract(html, url, hints) -> dict`.

The HTTP header of such a corpus would have said UTF-8 (a page that is not is recognised all the same). `text` is the standfirst,
where the page shows one of its own, and the body, one block a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from broadsheet.errors import NotAPage
from broadsheet.extraction import extract_article
from broadsheet.garbage import collector_paused
from broadsheet.model import Hints, StatedTime
from broadsheet.parse.page import parse_page
from broadsheet.text.dates import read_date

NOW = datetime(2030, 1, 1, tzinfo=UTC)  # after every page of the corpora, so that no date counts as lying ahead


@collector_paused()
def extract(html: bytes, url: str | None, hints: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a harness scores. An empty result for bytes that are no page."""
    try:
        page = parse_page(html, url or "https://unknown.invalid/", content_type="text/html; charset=utf-8")
    except NotAPage:
        return {}
    article = extract_article(page, _hints(hints), now=NOW).article
    return {
        "text": "\n".join(part for part in (article.standfirst, article.text) if part),
        "title": article.title,
        "authors": [person.name for person in article.people if person.role in ("writer", "agency")],
        "published": _stated(article.published),
        "lead_image": article.lead_image.url if article.lead_image else None,
        "language": article.language,
        "html": article.body,
    }


def _hints(stated: Mapping[str, Any] | None) -> Hints | None:
    if not stated:
        return None
    published = stated.get("published")
    when = read_date(published, now=NOW) if published else None
    return Hints(title=stated.get("title"), summary=stated.get("summary"), published=when)


def _stated(when: StatedTime | None) -> str | None:
    """The moment in the offset that the page states, which also says what day it was there; in UTC if it states none."""
    if when is None or when.at is None:
        return None
    return when.at.astimezone(timezone(timedelta(minutes=when.offset_minutes or 0))).isoformat()
