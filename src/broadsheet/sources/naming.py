"""Names for sources: short, stable, fit for addresses, folders and command lines."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from broadsheet.errors import UsageError
from broadsheet.text import comparison_key
from broadsheet.urls import host_of, slug

MAX_LENGTH = 40
_LONG_TITLE = 24  # a longer slug is a slogan ("example-news-politics-business-and-sports"): the host says it shorter
_NO_SOURCE = frozenset({"all", "merged", "feed", "feeds", "rss", "atom", "news", "home", "index", "search", "static", "images", "opml"})


def source_id(title: str | None, home_url: str, taken: Collection[str] = ()) -> str:
    """A slug for a source that is not among *taken*: from its title if that is short and can be written in ASCII, else from its host.

    `source_id("Le Monde", "https://www.lemonde.example/")` is `le-monde`.
    """
    name = _from_title(title or "") or _from_host(home_url) or "source"
    if name not in taken and name not in _NO_SOURCE:
        return name
    host = _from_host(home_url)
    if host and host not in taken and host not in _NO_SOURCE:
        return host
    return next(numbered for n in count(2) if (numbered := f"{name[: MAX_LENGTH - 6]}-{n}") not in taken)


def _from_title(title: str) -> str:
    """The slug of *title*, or nothing if it is long or most of the title is lost in it (other scripts)."""
    name = slug(title, limit=200)
    faithful = len(name.replace("-", "")) >= 0.8 * len(comparison_key(title))
    return name if 2 <= len(name) <= _LONG_TITLE and faithful else ""


def _from_host(url: str) -> str:
    try:
        host = host_of(url)
    except UsageError:
        return slug(url, limit=MAX_LENGTH)
    return slug(host.removeprefix("www."), limit=MAX_LENGTH)
