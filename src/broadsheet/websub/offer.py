"""Whether a feed names a hub, and under which address the hub knows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.model import Feed, Headers
from broadsheet.urls import join

_MAX_HEADER = 20_000  # characters of one Link header that are read
_LINK = re.compile(r'<([^<>]{1,2000})>((?:\s*;\s*[\w!#$&+.^`|~*-]{1,40}(?:\s*=\s*(?:"[^"]{0,500}"|[^\s";,]{0,200}))?)*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]*))', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A hub that tells of news, and the *topic_url* it knows the feed by."""

    hub_url: str
    topic_url: str


def offered(feed: Feed, headers: Headers, *, url: str) -> Offer | None:
    """The hub that a feed names, or None. The Link header outranks what the feed itself says (WebSub, section 4).

    *url* is where the feed was found: it stands for a self link that is missing, and is what relative addresses refer to. Of several
    hubs one suffices: the first that is asked over TLS, since only there may a secret be told.
    """
    hubs = linked(headers, "hub", url=url) or _absolute(feed.hub_urls, url)
    if not hubs:
        return None
    names = linked(headers, "self", url=url) or _absolute((feed.self_url,), url)
    return Offer(hub_url=next((hub for hub in hubs if hub.startswith("https:")), hubs[0]), topic_url=(*names, url)[0])


def linked(headers: Headers, relation: str, *, url: str) -> tuple[str, ...]:
    """The addresses that Link headers (RFC 8288) name under *relation*, made absolute against *url*."""
    found = (link for value in headers.all("link") for link in _LINK.finditer(value[:_MAX_HEADER]))
    return _absolute((link[1] for link in found if relation in _relations(link[2])), url)


def _relations(parameters: str) -> list[str]:
    said = _REL.search(parameters)
    return (said[1] or said[2] or "").lower().split() if said else []


def _absolute(found: Iterable[str | None], url: str) -> tuple[str, ...]:
    return tuple(address for one in found if one and (address := join(url, one.strip())))
