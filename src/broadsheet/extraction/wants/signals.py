"""Each kind of page that an article may want, with the condition under which it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from broadsheet.extraction.access.signals import stated_letters
from broadsheet.extraction.links import links_of
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.words import word_set
from broadsheet.markup.blocks import Block
from broadsheet.markup.page import Page
from broadsheet.model import Want
from broadsheet.text.plain import is_cjk
from broadsheet.urls import is_http, join, site_of

NEARLY_NOTHING = 300  # letters of body under which a page is a signpost rather than a story
THIN = 2_000  # letters under which another form of the page may hold more; the price is one request for a short story that has one
LONGEST_DELAY = 30.0  # seconds; slower refreshes reload a live page
SHARE_SHOWN = 0.6  # of the text that the page states; less means it is cut
MAX_REFRESH = 2_000  # characters; no address worth following is longer
MAX_LINE = 120  # characters of a line in which links to pages stand
LONGEST_WORDS = 40  # characters of any word list entry with its arrows

_REFRESH = re.compile(r"""^\s*(?P<delay>\d+(?:\.\d*)?)\s*[;,]?\s*(?:url\s*=\s*)?["']?(?P<url>[^"']+?)["']?\s*$""", re.I)
_PAGE_NUMBER = re.compile(
    r"(?P<stem>.*?)(?P<mark>[?&;](?:page|p|pg|seite|pagina|pageno|page_no|paged|start)=|/(?:page|seite|pagina|p|s)[/-]?|[_-](?:page|seite|p)?[_-]?|/)(?P<number>\d{1,2})(?P<tail>(?:\.\w{3,5})?/?)$",
    re.I,
)
_ARROWS = " >»›→▶<«‹[]"
_EXTENSION = re.compile(r"(?:\.\w{3,5})?/?$")
_NOT_FRAMES = re.compile(
    r"ads?[./_-]|doubleclick|banner|consent|cookie|captcha|recaptcha|login|comment|share|widget|newsletter|player|embed|analytics|googletagmanager|sync",
    re.I,
)


def redirect(page: Page, body_letters: int) -> Want | None:
    """Where `<meta http-equiv=refresh>` sends the visitors of a page without text; tests for cookies and languages do it."""
    if body_letters >= NEARLY_NOTHING:
        return None
    for said in page.meta.get("refresh", ()):
        found = _REFRESH.match(said.strip()[:MAX_REFRESH])
        if found and float(found["delay"]) <= LONGEST_DELAY and (url := join(page.base_url, found["url"])) and url != page.url:
            return Want(kind="redirect", url=url, reason=f"the page holds {body_letters} letters and refreshes to another")
    return None


def next_page(page: Page) -> Want | None:
    """The next page of this story: `<link rel=next>`, or a link "2" or "next", whose address is this one's with the next page number.

    The addresses decide, since blogs use `rel=next` for the next story.
    """
    onward = tuple(_onward_links(page))
    own_stem, own_number = _numbered(page.url) if onward else ("", 1)
    for url, how in onward:
        stem, number = _numbered(url)
        if number == own_number + 1 and _same_stem(stem, own_stem):
            return Want(kind="next-page", url=url, reason=f"page {number} of the story, by {how}")
    return None


def amp_form(page: Page, body_letters: int) -> Want | None:
    """`<link rel=amphtml>` of a page that is nearly empty or holds much less than it states."""
    if not _is_cut(page, body_letters):
        return None
    url = next((link.href for link in page.links if "amphtml" in link.rel), None)
    return Want(kind="amp", url=url, reason=f"the page holds only {body_letters} letters") if url else None


def single_page(page: Page) -> Want | None:
    """A link that offers the whole of a split story on one page."""
    for text, node in _telling_links(page):
        if _offers_whole(text) and (url := _on_same_site(page, node)):
            return Want(kind="single-page", url=url, reason=f"a link says {text!r}")
    return None


def frame(page: Page, body_letters: int) -> Want | None:
    """The first frame of the same site on a page that has nearly no text of its own."""
    if body_letters >= NEARLY_NOTHING:
        return None
    for node in page.tree.css("iframe[src], frame[src]")[:20]:
        attributes = node.attributes
        src = attributes.get("src") or ""
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        url = _on_same_site(page, node, "src")
        if url and not _NOT_FRAMES.search(src) and not _NOT_FRAMES.search(names) and attributes.get("height") not in ("0", "1"):
            return Want(kind="frame", url=url, reason=f"the page holds {body_letters} letters and a frame")
    return None


def _is_cut(page: Page, body_letters: int) -> bool:
    return body_letters < THIN or body_letters < stated_letters(page) * SHARE_SHOWN


def _onward_links(page: Page) -> Iterator[tuple[str, str]]:
    for link in page.links:
        if "next" in link.rel:
            yield link.href, "link rel=next"
    for text, node in _telling_links(page):
        if _leads_on(text) and (url := _on_same_site(page, node)):
            yield url, f"a link {text!r}"


@once_a_page
def _telling_links(page: Page) -> tuple[tuple[str, LexborNode], ...]:
    """The page's links whose words are those of a next page or of the whole story, in short lines: links of many words lead elsewhere.

    Only links in lines that hold one of these words to the letter are taken apart and their addresses resolved: a page has hundreds.
    """
    return tuple(
        (text, node) for block in _telling_lines(page.blocks.blocks) for text, node in links_of(block) if _leads_on(text) or _offers_whole(text)
    )


def _telling_lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """A quick look at all lines, wrong only in passing too many: their words are compared whole, their links not yet taken apart."""
    telling = _telling_words()
    for block in [block for block in blocks if block.links and len(block.text) <= MAX_LINE]:
        text = block.text
        if block.links == 1 and block.link_mass == block.mass:
            if len(text) <= LONGEST_WORDS and (text.isdecimal() or text.strip(_ARROWS).lower() in telling.whole):
                yield block
        elif _holds_telling_word(text, telling):
            yield block


def _holds_telling_word(text: str, telling: _Words) -> bool:
    words = text.lower().split()
    if not telling.first.isdisjoint(words) or any(map(str.isdecimal, words)):
        return True
    return is_cjk(text) and any(entry in text for entry in telling.joined)


class _Words(NamedTuple):
    """The entries of both lists; their first words; those that are written without spaces."""

    whole: frozenset[str]
    first: frozenset[str]
    joined: tuple[str, ...]


@cache
def _telling_words() -> _Words:
    whole = word_set("next_page") | word_set("whole_story")
    return _Words(whole, frozenset(entry.split()[0] for entry in whole), tuple(entry for entry in whole if is_cjk(entry)))


def _leads_on(text: str) -> bool:
    return text.isdecimal() or text.strip(_ARROWS).lower() in word_set("next_page")


def _offers_whole(text: str) -> bool:
    return text.strip(_ARROWS).lower() in word_set("whole_story")


def _on_same_site(page: Page, node: LexborNode, attribute: str = "href") -> str | None:
    href = (node.attributes.get(attribute) or "").strip()
    if not href or href.startswith(("#", "javascript:", "about:", "data:")):
        return None
    url = join(page.base_url, href)
    return url if url and is_http(page.url) and site_of(url) == site_of(page.url) and url != page.url else None


def _numbered(url: str) -> tuple[str, int]:
    """(*url* without its page number, the number); a URL without one is page 1."""
    found = _PAGE_NUMBER.match(url)
    if found is None:
        return url, 1
    return found["stem"] + found["tail"], int(found["number"])


def _same_stem(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(stem: str) -> str:
    return _EXTENSION.sub("", stem.partition("#")[0]).partition("://")[2].removeprefix("www.").rstrip("/?&")
