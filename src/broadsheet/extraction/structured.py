"""What a page says of its story in the attributes of its elements: microdata (`itemprop`) and RDFa (`property`).

Both name the same properties of schema.org's Article; they are read into one mapping from lower-cased property to what it holds.
Sought only where JSON-LD is silent, since finding them takes a walk over the whole tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from broadsheet.extraction.once import once_a_page
from broadsheet.markup.page import Page
from broadsheet.text.plain import collapse

MAX_ELEMENTS = 400
MAX_LEVELS = 40  # elements around a property that are searched for the thing it is a property of
MAX_VALUE = 2_000  # characters; no headline, name or date is longer

FIELDS = frozenset("headline name author creator datepublished datemodified datecreated articlesection keywords inlanguage image".split())
"""The properties that are read, lower-cased."""

_OF_STORY = ("article", "blogposting", "report", "review", "creativework", "webpage", "blog")
"""How the types end whose properties are the story's; a Person's name, a Comment's author or a Product's image are not."""

_ADDRESS_ATTRIBUTES = ("content", "datetime", "src", "href")


@once_a_page
def structured_of(page: Page) -> Mapping[str, tuple[str, ...]]:
    """The story's properties in microdata and RDFa, in the order of the page; empty where JSON-LD tells of an article already.

    Only the first article's on a page of several. Evidence: 937 pages: authors on six more pages, right on two of the three whose
    gold names any; a date and a headline more, both right.
    """
    if page.story.get("author") and page.story.get("datePublished"):
        return {}
    found: dict[str, list[str]] = {}
    story = None
    for node in page.tree.css("[itemprop], [typeof] [property]")[:MAX_ELEMENTS]:
        names = [name for name in _properties(node) if name in FIELDS]
        if not names or (thing := _story_around(node)) is None or (story is not None and thing != story):
            continue
        story = thing
        for name in names:
            if value := _value(node, name):
                found.setdefault(name, []).append(value)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def _properties(node: LexborNode) -> Iterator[str]:
    """The properties an element states: `author` for `itemprop="author"` and `property="schema:author"`."""
    attributes = node.attributes
    for word in (attributes.get("itemprop") or attributes.get("property") or "").lower().split():
        yield word.rpartition("/")[2].rpartition(":")[2]


def _story_around(node: LexborNode) -> int | None:
    """What identifies the nearest thing around an element, if that is an article; the element's own thing (an author) does not count."""
    outer = node.parent
    for _ in range(MAX_LEVELS):
        if outer is None or outer.tag in ("html", "-undef"):
            return None
        attributes = outer.attributes
        if "itemscope" in attributes or "typeof" in attributes:
            said = (attributes.get("itemtype") or attributes.get("typeof") or "").lower()
            return outer.mem_id if any(kind.endswith(_OF_STORY) for kind in said.split()) else None
        outer = outer.parent
    return None


def _value(node: LexborNode, name: str) -> str:
    """What an element says of a property: an attribute, its words, or the name of the thing it holds."""
    attributes = node.attributes
    if "itemscope" in attributes or "typeof" in attributes:
        inner = (one for one in node.css('[itemprop~="name"], [property$="name"]')[:3] if one.mem_id != node.mem_id)
        return _said(next(inner, node), ("content",))
    return _said(node, _ADDRESS_ATTRIBUTES if name == "image" else _ADDRESS_ATTRIBUTES[:2])


def _said(node: LexborNode, names: tuple[str, ...]) -> str:
    attributes = node.attributes
    stated = next((value for key in names if (value := attributes.get(key))), None)
    said = collapse(stated if stated is not None else node.text(deep=True, separator=" "))
    return said if len(said) <= MAX_VALUE else ""
