"""A plain page of a news site, read as a feed: its links to stories, in order, without its navigation.

For sites without feed and sitemap. A link is taken for a story's when it says so by itself (its address, its words, a heading around it)
or when most of the links that stand in the same kind of place are. Machine-readable lists (JSON-LD ItemList, h-entry) count most.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from broadsheet.errors import UsageError
from broadsheet.markup.page import Page
from broadsheet.model import Enclosure, Entry, Feed, StatedTime
from broadsheet.sources.link_signs import address_points, word_points
from broadsheet.text import collapse
from broadsheet.text.dates import read_date
from broadsheet.urls import identity_key, join, site_of

SURE = 3.0  # a link with this many points needs no neighbours
GROUP_MEAN = 2.0  # links of one place count as stories if they have this many points on average …
GROUP_SIZE = 3  # … and are at least so many …
IN_GROUP = 0.5  # … and this one is not against it
HEADING_POINTS, ARTICLE_POINTS = 1.0, 1.0

MAX_ANCHORS = 5_000
MAX_ENTRIES = 300
MAX_SELECTOR = 500
_MAX_DEPTH = 256
_PATTERN_LEVELS = 6  # elements around a link that make its kind of place
_CARD_LEVELS = 6  # how far above its link a story's own box can begin
_MAX_SUMMARY = 500
_FURNITURE_TAGS = frozenset({"nav", "footer", "form", "dialog", "aside"})
_FURNITURE_ROLES = frozenset({"navigation", "contentinfo", "search", "dialog", "menu", "menubar"})
_FURNITURE_CLASS = re.compile(
    r"(?:^|\s)(?:nav(?:bar|igation)?|menu|footer|breadcrumbs?|pagination|pager|cookie\w*|social|share|tags?)(?:$|\s|[-_](?:list|bar|menu|links?|items?)\b)",
    re.IGNORECASE,
)
_HEADING = "h1, h2, h3, h4, h5, [class*=headline], [class*=title]"  # what a card's headline is in, when the whole card is one link
_MAX_HEADLINE = 160
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_DIGITS = re.compile(r"\d+")
_STORY_TYPES = re.compile(r"(?:Article|Posting|Report)$")


class _Spot(NamedTuple):
    """Where an element stands: the pattern of the elements around it, and whether those are furniture, an article, a heading."""

    pattern: tuple[str, ...] = ()
    depth: int = 0
    furniture: bool = False
    article: bool = False
    heading: bool = False


@dataclass(slots=True)
class _Story:
    """What all links to one address say together."""

    url: str
    order: int
    words: str = ""
    headed: bool = False  # *words* are from a heading
    points: float = -9.0
    patterns: set[tuple[str, ...]] = field(default_factory=set)
    anchor: LexborNode | None = None


def read_section_page(page: Page, *, now: datetime, selector: str | None = None) -> Feed:
    """The stories that *page* links to, as a feed of dialect "page"; without entries if it links to none.

    With *selector*, an operator's CSS, the links that it picks (or that are within what it picks) are the stories, whatever they look like.
    Raises UsageError for a selector that is none.
    """
    listed = dict(_listed(page)) if selector is None else {}
    chosen = _found(page, listed) if selector is None else _picked(page, selector)
    entries = [_entry(story, page, listed.get(identity_key(story.url)), now) for story in sorted(chosen, key=lambda story: story.order)]
    known = {identity_key(story.url) for story in chosen}
    entries += [
        Entry(link=item["url"], title=item.get("name"), published=_date(item.get("date"), now)) for key, item in listed.items() if key not in known
    ]
    return Feed(
        url=page.url,
        dialect="page",
        title=page.first_meta("og:site_name", "application-name") or collapse(page.title) or None,
        home_url=page.url,
        description=page.first_meta("description", "og:description"),
        language=page.html_lang,
        entries=tuple(entries[:MAX_ENTRIES]),
    )


def check_selector(selector: str) -> str:
    """*selector*, if it is one. Raises UsageError."""
    _select(LexborHTMLParser("<p>").root, selector)
    return selector


def _select(root: LexborNode | None, selector: str) -> list[LexborNode]:
    try:
        if len(selector) > MAX_SELECTOR:
            raise UsageError("selector", f"is longer than {MAX_SELECTOR} characters")
        return root.css(selector) if root is not None else []
    except SelectolaxError as error:
        raise UsageError("selector", f"{selector!r} is not CSS that can be followed", do="For instance: .latest h3 a") from error


def _picked(page: Page, selector: str) -> list[_Story]:
    """The stories that an operator's *selector* picks, in order; links to other sites too, since somebody has looked."""
    found: dict[str, _Story] = {}
    spots: dict[int, _Spot] = {}
    own = identity_key(page.url)
    boxes = _select(page.tree.root, selector)[:MAX_ENTRIES]
    anchors = [anchor for box in boxes for anchor in ([box] if box.tag == "a" else box.css("a[href]"))][:MAX_ANCHORS]
    for order, anchor in enumerate(anchors):
        url = join(page.base_url, anchor.attributes.get("href") or "")
        if url is not None and (key := identity_key(url)) != own:
            _add(found.setdefault(key, _Story(url=url, order=order)), anchor, _spot(anchor, spots))
    return [story for story in found.values() if story.words]


def _found(page: Page, listed: Mapping[str, Any]) -> list[_Story]:
    """The stories among the links of the page, by what their links look like."""
    stories = _stories(page)
    means = _group_means(stories.values())
    return [story for story in stories.values() if _is_story(story, means, listed)]


def _stories(page: Page) -> dict[str, _Story]:
    """Every address on the same site that the page links to outside its furniture, with what its links say."""
    spots: dict[int, _Spot] = {}
    own, site = identity_key(page.url), site_of(page.url)
    found: dict[str, _Story] = {}
    for order, anchor in enumerate(page.tree.css("a[href]")[:MAX_ANCHORS]):
        url = join(page.base_url, anchor.attributes.get("href") or "")
        if url is None or site_of(url) != site or (key := identity_key(url)) == own:
            continue
        spot = _spot(anchor, spots)
        if not spot.furniture:
            _add(found.setdefault(key, _Story(url=url, order=order)), anchor, spot)
    return found


def _add(story: _Story, anchor: LexborNode, spot: _Spot) -> None:
    """One more link to a story: the words of a heading are its title, else the longest words."""
    heading = anchor.css_first(_HEADING)
    words = collapse((heading or anchor).text(deep=True, separator=" "))
    headed = spot.heading or heading is not None
    if words and (headed, _as_headline(words)) > (story.headed, _as_headline(story.words)):
        story.words, story.headed, story.anchor = words, headed, anchor
    points = address_points(story.url) + word_points(story.words)
    points += (HEADING_POINTS if story.headed else 0) + (ARTICLE_POINTS if spot.article else 0)
    story.points = max(story.points, points)
    story.patterns.add(spot.pattern)


def _as_headline(words: str) -> int:
    """How well *words* would do as a headline: the longer the better, but teasers last."""
    return len(words) if len(words) <= _MAX_HEADLINE else -len(words)


def _group_means(stories: Iterable[_Story]) -> Mapping[tuple[str, ...], float]:
    """The mean points of the links in each kind of place that has enough of them."""
    groups: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)
    for story in stories:
        for pattern in story.patterns:
            groups[pattern].append(story.points)
    return {pattern: sum(points) / len(points) for pattern, points in groups.items() if len(points) >= GROUP_SIZE}


def _is_story(story: _Story, means: Mapping[tuple[str, ...], float], listed: Mapping[str, Any]) -> bool:
    if identity_key(story.url) in listed:
        return True
    if not story.words:
        return False
    among_stories = any(means.get(pattern, 0.0) >= GROUP_MEAN for pattern in story.patterns)
    return story.points >= SURE or (among_stories and story.points >= IN_GROUP)


def _spot(node: LexborNode, known: dict[int, _Spot]) -> _Spot:
    """Where *node* stands. Climbs until an element that is known already, then comes down again: linear over the page."""
    chain: list[LexborNode] = []
    at = node.parent
    while at is not None and at.mem_id not in known and len(chain) < _MAX_DEPTH:
        chain.append(at)
        at = at.parent
    spot = known[at.mem_id] if at is not None and at.mem_id in known else _Spot()
    for element in reversed(chain):
        spot = known[element.mem_id] = _inside(element, spot)
    return spot


def _inside(element: LexborNode, outer: _Spot) -> _Spot:
    tag = element.tag or ""
    if tag in ("html", "-document"):
        return outer
    attributes = element.attributes
    class_ = (attributes.get("class") or "")[:200]
    step = f"{tag}.{_DIGITS.sub('', class_.split()[0])}" if class_.strip() else tag
    article = outer.article or tag == "article"
    return _Spot(
        pattern=(*outer.pattern, step)[-_PATTERN_LEVELS:],
        depth=outer.depth + 1,
        furniture=outer.furniture or _is_furniture(tag, attributes, class_, article=article),
        article=article,
        heading=outer.heading or tag in _HEADINGS,
    )


def _is_furniture(tag: str, attributes: Mapping[str, str | None], class_: str, *, article: bool) -> bool:
    """Navigation, footers, forms, and the header of the page (that of an article holds its headline)."""
    if tag in _FURNITURE_TAGS or (tag == "header" and not article):
        return True
    if (attributes.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    return tag not in ("body", "main", "article") and bool(_FURNITURE_CLASS.search(class_) or _FURNITURE_CLASS.search(attributes.get("id") or ""))


def _listed(page: Page) -> Iterator[tuple[str, dict[str, str]]]:
    """Stories that the page lists for machines: JSON-LD ItemList and article objects, microformats' h-entry."""
    for thing in page.json_ld:
        for item in [thing, *_items(thing.get("itemListElement")), *_items(thing.get("blogPost")), *_items(thing.get("hasPart"))]:
            yield from _listed_item(item, page)
            if isinstance(inner := item.get("item"), dict):
                yield from _listed_item(inner, page)
    for anchor in page.tree.css(".h-entry a.u-url, .hentry a[rel~=bookmark]")[:MAX_ENTRIES]:
        yield from _keyed(anchor.attributes.get("href"), page, name=collapse(anchor.text(deep=True)))


def _listed_item(item: Mapping[str, Any], page: Page) -> Iterator[tuple[str, dict[str, str]]]:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    is_story = any(isinstance(name, str) and _STORY_TYPES.search(name) for name in names)
    if is_story or ("ListItem" in names and address_points(str(item.get("url") or "")) > 0):
        name, date = item.get("headline") or item.get("name"), item.get("datePublished")
        yield from _keyed(item.get("url"), page, name=name if isinstance(name, str) else "", date=date if isinstance(date, str) else "")


def _keyed(ref: object, page: Page, **said: str) -> Iterator[tuple[str, dict[str, str]]]:
    url = join(page.base_url, ref) if isinstance(ref, str) else None
    if url and site_of(url) == site_of(page.url) and (key := identity_key(url)) != identity_key(page.url):
        yield key, {"url": url, **{name: value for name, value in said.items() if value}}


def _items(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value[:MAX_ENTRIES] if isinstance(one, dict)] if isinstance(value, list) else []


def _entry(story: _Story, page: Page, listed: Mapping[str, str] | None, now: datetime) -> Entry:
    card = _card(story, page)
    listed = listed or {}
    picture = _picture(card, page) if card is not None else None
    return Entry(
        link=story.url,
        title=story.words or listed.get("name"),
        summary_html=_summary(card, story.words) if card is not None else None,
        published=_date(listed.get("date") or (_stated_time(card) if card is not None else None), now),
        enclosures=(Enclosure(url=picture, medium="image"),) if picture else (),
        base_url=page.base_url,
    )


def _card(story: _Story, page: Page) -> LexborNode | None:
    """The largest element around a story's link in which no other story is linked, a few levels up at most."""
    card, key = None, identity_key(story.url)
    element = story.anchor.parent if story.anchor is not None else None
    for _ in range(_CARD_LEVELS):
        if element is None or element.tag in ("body", "main", "html"):
            break
        anchors = element.css("a[href]")
        if len(anchors) > 12 or any(_other_story(anchor, page, key) for anchor in anchors):
            break
        card, element = element, element.parent
    return card


def _other_story(anchor: LexborNode, page: Page, key: str) -> bool:
    url = join(page.base_url, anchor.attributes.get("href") or "")
    return url is not None and address_points(url) > 0 and identity_key(url) != key


def _stated_time(card: LexborNode) -> str | None:
    times = card.css("time[datetime]")
    return (times[0].attributes.get("datetime") or None) if len(times) == 1 else None


def _summary(card: LexborNode, title: str) -> str | None:
    for paragraph in card.css("p"):
        words = collapse(paragraph.text(deep=True))
        if len(words) > 20 and words != title:
            return words[:_MAX_SUMMARY].replace("&", "&amp;").replace("<", "&lt;")
    return None


def _picture(card: LexborNode, page: Page) -> str | None:
    image = card.css_first("img[src]")
    return join(page.base_url, image.attributes.get("src") or "") if image is not None and image.attributes.get("src") else None


def _date(said: str | None, now: datetime) -> StatedTime | None:
    return read_date(said, now=now) if said else None
