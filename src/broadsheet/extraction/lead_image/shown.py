"""The pictures a page shows: which address each really has, and whether it can stand for the story at all.

Icons, logos, placeholders and portraits of the author cannot. What a picture is is told by its address, its size, its alternative
text, and what the boxes and the link around it are called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.byline.lines import author_link
from broadsheet.extraction.lead_image.caption import words_of
from broadsheet.extraction.lead_image.sizes import MAX_SOURCES, largest, sizes_in
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.words import word_list, word_set
from broadsheet.markup.blocks import Block, BlockList
from broadsheet.markup.page import Page
from broadsheet.markup.srcset import image_address, is_placeholder
from broadsheet.markup.story import texts
from broadsheet.model import Picture
from broadsheet.text.plain import collapse, comparison_key

SMALLEST_PX = 150  # a side; smaller ones are icons and portraits
SMALLEST_SQUARE_PX = 240  # pictures of news are seldom square, portraits of authors nearly always
LEVELS = 3  # boxes around a picture whose names speak for it
SHORTEST_NAME = 5  # letters of an author's name that a picture is known by
MOST_BESIDE_NAME = 14  # letters beside the author's name in the text of a portrait: "Picture of …", "… headshot"

_STAND_IN = re.compile(
    r"(?:^|[/_.-]|(?<=index-))(?:logo|logos|placeholder|default[_-](?:image|img|share|social|og|thumb\w*|logo|news|article)|default(?=\.)|fallback|no[_-]?(?:image|photo|thumb)|blank|transparent|spacer|sprite|favicon|icon|icons|"
    r"avatar|avatars|gravatar|share[_-]?(?:image|img|icon|default)|social[_-]?share|og[_-]?(?:image|default|img|logo)|emoji|pixel|tracking|badge|author|authors|byline|headshot)(?=[/_.@-]|\d|$)",
    re.I,
)
_STAND_IN_WORDS = (
    "logo", "placeholder", "default", "fallback", "no-", "no_", "noimage", "nophoto", "nothumb", "blank", "transparent", "spacer", "sprite",
    "icon", "avatar", "share", "social", "og", "emoji", "pixel", "tracking", "badge", "author", "byline", "headshot",
)  # fmt: skip
_SQUARE_IN_ADDRESS = re.compile(r"(?<!\d)(?P<side>\d{2,3})x(?P=side)(?!\d)")
_ROUND = re.compile(r"\b(?:rounded-full|rounded-circle|img-circle|avatar|portrait|author|profile)\b", re.I)  # people who write, not news
_PORTRAIT_TOKENS = word_set("not_lead_image_classes")
_ASIDE_TAGS = frozenset(("nav", "footer", "aside"))
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")


def shown_picture(page: Page, block: Block) -> Picture | None:
    """The picture a block shows, with the words of its figure; None for icons, portraits and stand-ins."""
    known = _known(page)
    if block.index not in known:
        known[block.index] = _read(page, block)
    return known[block.index]


@lru_cache(maxsize=64)  # og:image, twitter:image and JSON-LD name the same picture
def is_stand_in(url: str) -> bool:
    """Whether a picture's address says it is a logo, a placeholder, an icon or a portrait of the author."""
    path = url.partition("?")[0].partition("://")[2].partition("/")[2]
    return path.endswith(".svg") or _is_called_stand_in(path) or is_placeholder(url)


def _is_called_stand_in(path: str) -> bool:
    """What a stand-in is called, asked first: the pattern takes ten times as long, and three addresses in four hold none of these words."""
    lower = path.lower()
    return any(word in lower for word in _STAND_IN_WORDS) and _STAND_IN.search(path) is not None


def too_small(width: int | None, height: int | None) -> bool:
    """Whether the stated size is that of an icon or a portrait."""
    if width is not None and width == height:
        return width < SMALLEST_SQUARE_PX
    return (width is not None and width < SMALLEST_PX) or (height is not None and height < SMALLEST_PX)


def pixels(said: Any) -> int | None:
    """A length in pixels; percentages, zero and nonsense are unknown."""
    if isinstance(said, Mapping):
        said = said.get("value")
    found = _PIXELS.match(str(said)) if said else None
    return int(found[1]) or None if found else None


@once_a_page
def _known(_: Page) -> dict[int, Picture | None]:
    """What was read of the page's pictures so far, by their block: two signals look at the same ones."""
    return {}


def _read(page: Page, block: Block) -> Picture | None:
    node = block.pieces[0]
    if node is None or isinstance(node, str):
        return None
    attributes = node.attributes
    width, height = pixels(attributes.get("width")), pixels(attributes.get("height"))
    if too_small(width, height) or _ROUND.search(attributes.get("class") or "") or _is_portrait(page.blocks, block):
        return None
    url = image_address(attributes, page.base_url) or _source_in_picture(page, node)
    alt = collapse(attributes.get("alt") or "")
    if url is None or is_stand_in(url) or _is_small_square(url) or _shows_author(page, block, alt):
        return None
    caption, credit = words_of(page.blocks, block)
    address = largest(url, sizes_in(node), page.base_url)
    return Picture(url=address, width_px=width, height_px=height, alt=alt or None, caption=caption, credit=credit)


def _source_in_picture(page: Page, node: LexborNode) -> str | None:
    """The best candidate of the `<source>` elements around an `<img>` that itself has only a placeholder."""
    parent = node.parent
    if parent is None or parent.tag != "picture":
        return None
    return next((found for source in parent.css("source")[:MAX_SOURCES] if (found := image_address(source.attributes, page.base_url))), None)


def _is_portrait(blocks: BlockList, block: Block) -> bool:
    """Whether the boxes close around a picture say it belongs to the author, the navigation or another story."""
    for level, box in enumerate(blocks.ancestors(block)):
        if level >= LEVELS:
            return False
        if box.tag in _ASIDE_TAGS or not tokens_of(box.tokens).isdisjoint(_PORTRAIT_TOKENS):
            return True
    return False


def _is_small_square(url: str) -> bool:
    """Whether the address asks for a small square: …/face-96x96.jpg."""
    found = _SQUARE_IN_ADDRESS.search(url) if "x" in url else None
    return found is not None and int(found["side"]) < SMALLEST_SQUARE_PX


def _shows_author(page: Page, block: Block, alt: str) -> bool:
    """Whether a picture links to an author's page, or its alternative text is hardly more than the name of one of the story's authors.

    An interview shows whom it asked, not who asked: other names say nothing.
    """
    link = block.pieces[1] if len(block.pieces) > 1 else None
    if link is not None and not isinstance(link, str) and author_link(link):
        return True
    key = comparison_key(alt)
    return any(name in key and len(key) <= len(name) + MOST_BESIDE_NAME for name in _author_names(page)) if key else False


@once_a_page
def _author_names(page: Page) -> tuple[str, ...]:
    """Comparison keys of the authors whom the head of the page names."""
    said = [*texts(page.story.get("author"), "name"), *(name for meta in word_list("meta_author")[:5] for name in page.meta.get(meta, ()))]
    return tuple({key for name in said if len(key := comparison_key(name)) >= SHORTEST_NAME})
