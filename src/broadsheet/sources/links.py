"""Where a page says its feeds are, and where feeds usually lie: addresses in the order in which they are worth trying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from broadsheet.markup.page import HeadLink, Page
from broadsheet.model import Headers
from broadsheet.urls import join, origin_of, site_of

FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/x.atom+xml", "application/x-atom+xml",
    "application/x-rss+xml", "application/rss", "application/atom", "text/rss+xml", "text/atom+xml", "text/rdf+xml", "text/rss",
})  # fmt: skip
VAGUE_TYPES = frozenset({"application/xml", "text/xml", "application/json"})  # a feed only if the address says so too

WELL_KNOWN = ("feed/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")
"""Names that content systems give their feed, the most frequent first."""

BESIDE = ("feed/", "index.xml", "rss.xml")
"""The same for a part of a site that has a system of its own (a blog under /blog/): WordPress, Hugo, and the rest."""

_FEEDISH = re.compile(r"(?:^|[/._=&?-])(?:rss\d*|feeds?|atom\d*|rdf|xml|syndication)(?:$|[/._=&?-])", re.IGNORECASE)
_NOT_A_FEED = re.compile(r"/wp-json/|oembed|/xmlrpc\.php|opensearch|/sitemap|\.(?:css|js|png|jpe?g|gif|svg|webp|pdf|mp3|mp4)(?:$|\?)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|commentaire|comentario|kommentar|commenti|reactie|коммент|comentário|评论|評論|留言|コメント|댓글", re.IGNORECASE)
_LINK_VALUE = re.compile(r'<([^<>]{1,2000})>((?:\s*;\s*[\w!#$&+.^`|~*-]{1,40}(?:\s*=\s*(?:"[^"]{0,500}"|[^\s";,]{0,200}))?)*)')
_PARAMETER = re.compile(r';\s*([\w*-]{1,40})\s*=\s*(?:"([^"]*)"|([^\s";,]*))')
_MAX_LINK_HEADER = 20_000
_MAX_ANCHORS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """An address that may be a feed's. *how* says in words where it was found."""

    url: str
    how: str
    title: str | None = None
    is_comments: bool = False


def stated_links(page: Page, headers: Headers = Headers()) -> tuple[FeedLink, ...]:  # noqa: B008 (frozen)
    """The feeds that the answer's Link header and the page's head name, comments feeds last."""
    return _ordered((*header_links(headers, page.url), *head_links(page)))


def header_links(headers: Headers, url: str) -> Iterator[FeedLink]:
    """Feeds in `Link: <…>; rel="alternate"; type="application/rss+xml"` (RFC 8288)."""
    for value in headers.all("link"):
        for found in _LINK_VALUE.finditer(value[:_MAX_LINK_HEADER]):
            said = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(found[2])}
            address = join(url, found[1])
            if address and "alternate" in said.get("rel", "").lower().split() and _is_feed_type(said.get("type"), address):
                yield _feed_link(address, said.get("title"), "named in the Link header")


def head_links(page: Page) -> Iterator[FeedLink]:
    """Feeds in `<link rel="alternate">`, in document order: publishers put the main one first.

    WordPress names its API and its oEmbed the same way; those are left out by address.
    """
    for link in page.links:
        if ("alternate" in link.rel or "feed" in link.rel) and "stylesheet" not in link.rel and _could_be_feed(link):
            yield _feed_link(link.href, link.title, "named in the head of " + page.url)


def body_links(page: Page) -> tuple[FeedLink, ...]:
    """Links of the page whose address or words smell of feeds, those by address first; within the site, or on a host made for feeds."""
    by_address: list[FeedLink] = []
    by_words: list[FeedLink] = []
    for anchor in page.tree.css("a[href]")[:_MAX_ANCHORS]:
        address = join(page.base_url, anchor.attributes.get("href") or "")
        if address is None or _NOT_A_FEED.search(address) or not _is_near(address, page.url):
            continue
        words = (anchor.text(deep=True) or "").strip()[:100]
        if _FEEDISH.search(urlsplit(address).path + "?" + urlsplit(address).query):
            by_address.append(_feed_link(address, words or None, "linked from " + page.url))
        elif re.search(r"\b(?:rss|atom|feeds?)\b", words, re.IGNORECASE):
            by_words.append(_feed_link(address, words, "linked from " + page.url))
    return _ordered(by_address + by_words)


def well_known(url: str) -> tuple[FeedLink, ...]:
    """The usual addresses of feeds beside *url*, if it lies below the root of its host, and at the root."""
    root = origin_of(url)
    beside = join(url, ".") or root
    places = [*(beside + name for name in BESIDE if beside != root), *(root + name for name in WELL_KNOWN)]
    return tuple(FeedLink(url=place, how="a usual address of feeds") for place in places)


def sitemaps_in_robots(text: str, url: str) -> tuple[str, ...]:
    """The addresses in the `Sitemap:` lines of a robots.txt, news sitemaps first."""
    said = (line.partition(":")[2].partition("#")[0].strip() for line in text.splitlines()[:5_000] if line.strip().lower().startswith("sitemap:"))
    found = dict.fromkeys(address for one in said if one and (address := join(url, one)))
    return tuple(sorted(found, key=lambda address: "news" not in address.lower()))


def newest_part(children: Sequence[str]) -> str | None:
    """Of the sitemaps in an index, the one changed last first, the one that holds the news: by its name, else the one changed last."""
    return next((url for url in children if "news" in urlsplit(url).path.lower()), next(iter(children), None))


def is_succeeded(url: str) -> bool:
    """Whether a sitemap's name counts (`sitemap-2026-11.xml`, `posts-17.xml`): then another takes its place one day, and the index must be asked."""
    return re.search(r"\d", urlsplit(url).path.rpartition("/")[2] + urlsplit(url).query) is not None


def _could_be_feed(link: HeadLink) -> bool:
    if link.type is None:
        return "feed" in link.rel or bool(_FEEDISH.search(urlsplit(link.href).path))
    return _is_feed_type(link.type, link.href)


def _is_feed_type(said: str | None, address: str) -> bool:
    kind = (said or "").partition(";")[0].strip().lower()
    if _NOT_A_FEED.search(address):
        return False
    return kind in FEED_TYPES or (kind in VAGUE_TYPES and bool(_FEEDISH.search(urlsplit(address).path + "?" + urlsplit(address).query)))


def _is_near(address: str, url: str) -> bool:
    """On the same site, or on a host whose name says feeds (feeds.example.net, feedburner)."""
    host = urlsplit(address).hostname or ""
    return site_of(address) == site_of(url) or re.search(r"(?:^|\.)(?:feeds?|rss)|feedburner", host) is not None


def _feed_link(address: str, title: str | None, how: str) -> FeedLink:
    comments = _COMMENTS.search(title or "") is not None or _COMMENTS.search(urlsplit(address).path) is not None
    return FeedLink(url=address, title=title, how=how, is_comments=comments)


def _ordered(links: Iterable[FeedLink]) -> tuple[FeedLink, ...]:
    """Each address once, comments feeds after the others, otherwise as they came."""
    once: dict[str, FeedLink] = {}
    for link in links:
        once.setdefault(link.url, link)
    return tuple(sorted(once.values(), key=lambda link: link.is_comments))
