"""Feeds of well-known platforms that their pages do not name, or name badly: the address follows from the page's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

from broadsheet.markup.page import Page
from broadsheet.sources.links import FeedLink
from broadsheet.urls import host_of, join, origin_of

_SEGMENT = r"([\w.~@%-]+)"


def platform_links(page: Page) -> tuple[FeedLink, ...]:
    """Where the feed of *page* lies if the page is of a platform we know, by its host or by the generator it names."""
    host = host_of(page.url)
    by_host = next((links for name, links in _BY_HOST.items() if host == name or host.endswith("." + name)), None)
    generator = (page.first_meta("generator") or "").lower()
    found = [*(by_host(page) if by_host else ()), *_by_generator(page, generator)]
    return tuple(FeedLink(url=url, how="where this platform keeps its feeds") for url in dict.fromkeys(url for url in found if url))


def _youtube(page: Page) -> Iterator[str | None]:
    """Channels by the id that the page itself states (handles do not tell), playlists by their address."""
    asked = parse_qs(urlsplit(page.url).query)
    channel = page.first_meta("identifier", "channelid") or _found(r"/channel/(UC[\w-]{22})", page.url)
    canonical = next((link.href for link in page.links if "canonical" in link.rel), "")
    channel = channel or _found(r"/channel/(UC[\w-]{22})", canonical)
    if playlist := asked.get("list"):
        yield f"https://www.youtube.com/feeds/videos.xml?playlist_id={playlist[0]}"
    if channel:
        yield f"https://www.youtube.com/feeds/videos.xml?channel_id={channel}"


def _github(page: Page) -> Iterator[str | None]:
    if found := re.match(rf"https?://github\.com/{_SEGMENT}/{_SEGMENT}", page.url):
        repository = f"https://github.com/{found[1]}/{found[2]}"
        yield from (f"{repository}/releases.atom", f"{repository}/commits.atom")
    elif owner := _found(rf"github\.com/{_SEGMENT}/?$", page.url):
        yield f"https://github.com/{owner}.atom"


def _reddit(page: Page) -> Iterator[str | None]:
    yield page.url.partition("?")[0].rstrip("/") + "/.rss"


def _tumblr(page: Page) -> Iterator[str | None]:
    yield join(origin_of(page.url), "rss")


def _blogger(page: Page) -> Iterator[str | None]:
    yield join(origin_of(page.url), "feeds/posts/default")


def _medium(page: Page) -> Iterator[str | None]:
    """medium.com/@name and medium.com/publication have it under /feed/, own subdomains at /feed."""
    if name := _found(rf"^https?://medium\.com/{_SEGMENT}", page.url):
        yield f"https://medium.com/feed/{name}"
    else:
        yield join(origin_of(page.url), "feed")


def _substack(page: Page) -> Iterator[str | None]:
    yield join(origin_of(page.url), "feed")


_BY_HOST: dict[str, Callable[[Page], Iterator[str | None]]] = {
    "youtube.com": _youtube,
    "github.com": _github,
    "reddit.com": _reddit,
    "medium.com": _medium,
    "tumblr.com": _tumblr,
    "blogspot.com": _blogger,
    "substack.com": _substack,
}

# Where each content system keeps the feed of the whole site, seen from its root.
_BY_GENERATOR = {
    "wordpress": "feed/",
    "ghost": "rss/",
    "blogger": "feeds/posts/default",
    "drupal": "rss.xml",
    "hugo": "index.xml",
    "jekyll": "feed.xml",
    "joomla": "?format=feed&type=rss",
    "typo3": "rss.xml",
    "discourse": "latest.rss",
    "squarespace": "?format=rss",
}


def _by_generator(page: Page, generator: str) -> Iterator[str | None]:
    for name, path in _BY_GENERATOR.items():
        if generator.startswith(name):
            yield join(origin_of(page.url), path)
    if "mastodon" in generator or page.first_meta("application-name") == "Mastodon":
        profile = _found(rf"^(https?://[^/]+/@{_SEGMENT[1:-1]})/?$", page.url)
        yield profile and profile + ".rss"


def _found(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found[1] if found else None
