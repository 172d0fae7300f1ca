"""The ids by which readers know our entries and feeds: `tag:` URIs (RFC 4151) that no move can change.

An id names the article, not the place it was read or published at: hosts, titles and addresses change, and an entry whose id changes
comes up unread again in every reader. The authority part has to be a name; `broadsheet.invalid` is one that can never belong to
anybody (RFC 2606), so these tags collide with nobody else's and outlive every domain. Articles' ids are unique by themselves.
"""

from __future__ import annotations

from urllib.parse import quote

_AUTHORITY = "broadsheet.invalid,2026"
_KEPT = "/-._~"


def article_tag(article_id: str) -> str:
    """The published id of an article, the same in every format and collection."""
    # Ours are letters and digits; to find nothing to escape in one takes a while when it is done for each of ten thousand.
    name = article_id if article_id.isascii() and article_id.isalnum() else quote(article_id, safe=_KEPT)
    return f"tag:{_AUTHORITY}:article/{name}"


def collection_tag(slug: str) -> str:
    """The published id of a collection's feed."""
    return f"tag:{_AUTHORITY}:collection/{quote(slug, safe=_KEPT)}"


def incident_tag(incident_id: str, *, over: bool = False) -> str:
    """The published id of a notice that an incident has begun, or is *over*."""
    return f"tag:{_AUTHORITY}:incident/{quote(incident_id, safe=_KEPT)}{'/over' if over else ''}"
