"""Who says what the site is called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.errors import UsageError
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.weigh import Clues
from broadsheet.markup.page import Page
from broadsheet.markup.story import first_text, plain_text, texts, types_of
from broadsheet.model import Claim
from broadsheet.text.plain import comparison_key
from broadsheet.urls import host_of, is_http, site_of

MAX_NAME = 80
_TAIL = re.compile(r".*?(?:\s[|·•»—–-]\s|[|｜_])\s*([^|｜_·•»]{2,60})$")
_SITES = frozenset(("website", "newsmediaorganization"))


def og_site_name(clues: Clues) -> Iterator[Claim[str]]:
    """`og:site_name` and its kin."""
    if said := clues.page.first_meta("og:site_name", "application-name", "apple-mobile-web-app-title"):
        yield from _named(said, "og:site_name")


def jsonld_publisher(clues: Clues) -> Iterator[Claim[str]]:
    """`publisher.name` of the story's JSON-LD; the company rather than the paper on some sites."""
    if said := first_text(clues.page.story.get("publisher"), "name"):
        yield from _named(said, "JSON-LD publisher")


def jsonld_site(clues: Clues) -> Iterator[Claim[str]]:
    """The name of a WebSite or NewsMediaOrganization object."""
    for thing in clues.page.json_ld:
        if not types_of(thing).isdisjoint(_SITES) and (said := first_text(thing.get("name"))):
            yield from _named(said, "JSON-LD WebSite")


def application_name(clues: Clues) -> Iterator[Claim[str]]:
    """`application-name` and what phones call the bookmark."""
    if said := clues.page.first_meta("application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone"):
        yield from _named(said, "application-name")


def end_of_title(clues: Clues) -> Iterator[Claim[str]]:
    """The last part of `<title>`, when it resembles the host's name."""
    found = _TAIL.match(clues.page.title)
    if found and resembles_host(found[1], clues.page.url):
        yield from _named(found[1], "end of <title>")


@once_a_page
def site_names(page: Page) -> frozenset[str]:
    """Comparison keys of everything the site may call itself: what a headline ends with and a byline must not hold."""
    said = [page.first_meta("og:site_name"), page.first_meta("application-name"), page.first_meta("apple-mobile-web-app-title"),
            page.first_meta("twitter:site"), page.first_meta("publisher", "dc.publisher", "copyright")]  # fmt: skip
    said += texts(page.story.get("publisher"), "name")
    said += [name for thing in page.json_ld if not types_of(thing).isdisjoint(_SITES) for name in texts(thing.get("name"))]
    if (found := _TAIL.match(page.title)) and resembles_host(found[1], page.url):
        said.append(found[1])
    said += _host_names(page.url)
    said += [name for name in (page.first_meta("author"), page.first_meta("publisher")) if name and _is_of_site(name, page)]
    return frozenset(key for name in said if name and len(key := comparison_key(name)) >= 2)


def _host_names(url: str) -> list[str]:
    if not is_http(url):
        return []
    try:
        site = site_of(url)
        host = host_of(url).removeprefix("www.")
    except UsageError:
        return []
    return [site, host, site.partition(".")[0]]


def resembles_host(name: str, url: str) -> bool:
    """Whether the name's letters are in the host or the host's in the name: "Daily Planet" at dailyplanet.example."""
    key = comparison_key(name)
    label = comparison_key(_host_names(url)[-1]) if _host_names(url) else ""
    initials = "".join(word[0] for word in name.casefold().split() if word[:1].isalnum())
    return len(key) >= 3 and bool(label) and (key in label or label in key or initials == label)


def _is_of_site(name: str, page: Page) -> bool:
    """Whether a name given as author is the site's: it resembles the host, or the title ends with it."""
    tail = _TAIL.match(page.title)
    return resembles_host(name, page.url) or (tail is not None and comparison_key(tail[1]).startswith(comparison_key(name) or "-"))


def _named(said: str, saw: str) -> Iterator[Claim[str]]:
    name = plain_text(said)
    if 2 <= len(name) <= MAX_NAME and not is_http(name) and not name.startswith("@"):
        yield Claim(value=name, saw=saw)
