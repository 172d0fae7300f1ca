"""What the state that a page's scripts start from says of its story: `__NEXT_DATA__`, `__NUXT__`, `window.__INITIAL_STATE__` and the like.

Asked only where everything else is silent, since decoding it costs more than all other signals together. Every site names its own
fields, so an object counts as the story's only if it calls itself what the page's head calls the story.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.extraction.body.fallback import states
from broadsheet.extraction.headline.signals import without_site_name
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.titles import MAX_TITLE, stated_titles, title_key
from broadsheet.markup.page import Page
from broadsheet.markup.story import texts

MAX_VALUES = 50_000  # values looked at, over all scripts
FIRST_WORDS = 16  # characters: few enough to hold no sign that JSON escapes
SHORTEST_TITLE = 8  # letters: shorter ones are names of sections and menus

_TITLES = ("headline", "title", "name", "heading")
_DATES = ("datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publicationDate", "firstPublished", "pubDate", "date")
_AUTHORS = ("author", "authors", "byline", "bylines", "creator", "writers")
_NAMES = ("name", "fullName", "displayName", "title")


@once_a_page
def hydrated_dates(page: Page) -> tuple[str, ...]:
    """The dates of publication that the story's object in the page's state gives."""
    objects = _story_objects(page) if _may_hold_story(page, _DATES) else ()
    return tuple(said for thing in objects for field in _DATES for said in texts(_as_text(thing.get(field))))


@once_a_page
def hydrated_authors(page: Page) -> tuple[str, ...]:
    """The authors that the story's object in the page's state names."""
    objects = _story_objects(page) if _may_hold_story(page, _AUTHORS) else ()
    return tuple(dict.fromkeys(said for thing in objects for field in _AUTHORS for said in texts(thing.get(field), *_NAMES)))


@once_a_page
def _story_objects(page: Page) -> tuple[Mapping[str, Any], ...]:
    titles = {key for said in stated_titles(page) if len(key := title_key(without_site_name(said, page))) >= SHORTEST_TITLE}
    return tuple(thing for thing in _objects(page) if any(_is_one_of(thing.get(field), titles) for field in _TITLES)) if titles else ()


def _may_hold_story(page: Page, names: tuple[str, ...]) -> bool:
    """A quick look before megabytes are decoded: whether a script, JSON-LD aside, holds the first words of a title and one of *names*."""
    beginnings = {title[:FIRST_WORDS] for title in stated_titles(page) if len(title) >= SHORTEST_TITLE}
    for node in page.tree.tags("script"):
        child = node.first_child
        text = child.text_content if child is not None and "ld+json" not in (node.attributes.get("type") or "") else None
        if text and any(said in text for said in beginnings) and any(f'{name}"' in text or f'{name}\\"' in text for name in names):
            return True
    return False


def _is_one_of(said: Any, titles: set[str]) -> bool:
    return isinstance(said, str) and len(said) <= MAX_TITLE and title_key(said) in titles


def _objects(page: Page) -> Iterator[dict[str, Any]]:
    """Every object of the page's state that has a date or an author, those further out first."""
    wanted = frozenset(_DATES + _AUTHORS)
    waiting = deque(states(page))
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        thing = waiting.popleft()
        if isinstance(thing, dict):
            if not wanted.isdisjoint(thing):
                yield thing
            waiting.extend(value for value in thing.values() if isinstance(value, dict | list))
        elif isinstance(thing, list):
            waiting.extend(value for value in thing if isinstance(value, dict | list))


def _as_text(said: Any) -> Any:
    """Seconds since 1970 as the digits that they are."""
    return str(said) if isinstance(said, int) and not isinstance(said, bool) else said
