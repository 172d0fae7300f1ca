"""The one place that makes `SafeHtml`: anything in, harmless tidy HTML out.

The allow-list is `vocabulary`; nh3 enforces it and always has the last word, so that nothing written here can let something in:
`_tidied` only removes and renames, and whatever it leaves goes through nh3 again. What comes out is a fixed point of both, which
is why sanitising twice is sanitising once.

Links become absolute http(s) or mailto and carry rel="noopener noreferrer". Styles, event handlers, frames, forms, `data:` and
tracking pixels are gone, and ids but those of footnotes in our own spelling; foreign players are not let in by host: the extractor
turns them into links with a poster.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

import nh3

from broadsheet.markup.pictures import rewrite
from broadsheet.markup.srcset import references
from broadsheet.markup.tangle import is_tangled, words_only
from broadsheet.markup.tree import Element, read_fragment, write_fragment
from broadsheet.markup.vocabulary import ATTRIBUTES, CELLS, CLASSES, DROPPED_WHOLE, ELEMENTS, EVERYWHERE, MEDIA, RENAMED
from broadsheet.model import SafeHtml
from broadsheet.text import xml_text
from broadsheet.urls import join

__all__ = ["rewrite", "sanitize"]  # rewriting pictures keeps what sanitising promised: both doors of `SafeHtml` are here

MAX_CHARS = 5_000_000  # the longest body among 3,000 news pages has 400,000; beyond this it is no article
MAX_ROUNDS = 6  # ordinary pages need one or two; see `sanitize`

# Let through nh3 only to be seen and removed by `_tidied`: they tell what the page itself hides.
_HIDING = frozenset(("hidden", "style"))
_DISPLAY_NONE = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.I)
_ONE_PIXEL = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)", re.I)  # pictures only: boxes kept in ratio have height:0
_PLAIN_URL = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::\d+)?(?:[/?#][\w!#$%&()*+,./:;=?@~-]*)?", re.ASCII)
_MAILTO = re.compile(r"mailto:[^\s\"'<>\\^`{|}\x00-\x20]+", re.I)
_DESCRIPTOR = re.compile(r"\d{1,5}w|\d{1,3}(?:\.\d{1,4})?x", re.ASCII)
_NUMBER = re.compile(r"(\d{1,5})(?:\.\d+)?(?:px)?", re.ASCII)  # a share of the page ("100%") is no size
_WORDS = re.compile(r"[\w:+./;,% ()=-]{1,200}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}")
_FOOTNOTE = re.compile(r"#?fn(?:ref)?-[a-z0-9]{1,16}-\d{1,4}", re.ASCII)  # the only ids: none can be a property that scripts look up
_BLANK = "(?:\\s|&nbsp;|[\u200b\ufeff]|<br>)*"

_ALLOWED = {tag: set(ATTRIBUTES.get(tag, frozenset()) | EVERYWHERE | _HIDING) for tag in ELEMENTS | RENAMED.keys()}

# What `_tidied` would change, told without building a tree: nine bodies in ten need none of it.
_NAME = re.compile(r"<([a-z][a-z0-9]*)")
_SPOTS = ("<span>", "<pre>\n", ' hidden="', ' style="')
_EMPTY = re.compile(rf"<(?!(?:td|th|caption|col|colgroup|audio|video|br|hr|wbr|img|source)[ >])([a-z0-9]+)(?: [^>]*)?>{_BLANK}</\1>")
_LACKING = re.compile(
    r'<img(?![^>]* src="http)|<img[^>]* (?:width|height)="[01]"|<a(?![a-z])(?![^>]* href=")|<source(?![^>]* src)'
    r"|<(?:audio|video)(?![^>]* controls)"
)


def sanitize(html: str, *, base_url: str | None = None) -> SafeHtml:
    """*html* with nothing left in it that could harm a reader, links made absolute against *base_url*.

    Raises nothing. Without a base, relative links are dropped (their text stays). Input that would cost a parser quadratic time, or
    that does not settle, is reduced to its words. Only characters that XML allows come out.
    """
    html = xml_text(html[:MAX_CHARS])
    if is_tangled(html):
        return _words(html)
    clean = _cleaner(base_url).clean(html)
    if clean == html and not _is_untidy(clean):  # what the extractor writes: one pass, no second look for control characters
        return SafeHtml(clean.strip())
    clean = xml_text(clean)
    for _ in range(MAX_ROUNDS):
        tidy = _tidied(clean) if _is_untidy(clean) else clean
        again = _enforced(tidy, base_url)
        if again == clean:
            return SafeHtml(again.strip())
        clean = again
    return _words(clean)


def _words(html: str) -> SafeHtml:
    return SafeHtml(_enforced(words_only(html), None).strip())


def _enforced(html: str, base_url: str | None) -> str:
    """*html* after the allow-list. Control characters that references such as `&#xb;` hide come to light only now."""
    return xml_text(_cleaner(base_url).clean(html))


@lru_cache(maxsize=16)
def _cleaner(base_url: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ELEMENTS | RENAMED.keys()),
        clean_content_tags=set(DROPPED_WHOLE),
        attributes=_ALLOWED,
        attribute_filter=partial(_attribute, base_url),
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _attribute(base_url: str | None, tag: str, name: str, value: str) -> str | None:
    """The value to keep for an attribute that is allowed in principle, or None to drop it."""
    match name:
        case "id":
            return value if _FOOTNOTE.fullmatch(value) and value[0] != "#" else None
        case "href" | "src" | "poster" | "cite":
            if name == "href" and value[:1] == "#" and _FOOTNOTE.fullmatch(value):
                return value
            return _url(value, base_url, mail=name == "href")
        case "srcset":
            return _srcset(value, base_url)
        case "class":
            return " ".join(word for word in value.split() if word in CLASSES) or None
        case "style":
            return "hidden" if _DISPLAY_NONE.search(value) or (tag == "img" and _ONE_PIXEL.search(value)) else None
        case "hidden":
            return "hidden"
        case "lang" | "hreflang":
            return value.strip() if _LANGUAGE.fullmatch(value.strip()) else None
        case "dir":
            return value.strip().lower() if value.strip().lower() in ("ltr", "rtl", "auto") else None
        case "width" | "height" | "colspan" | "rowspan" | "span" | "start" | "value":
            return _number(value)
        case "alt" | "title" | "alttext":
            return value
        case "controls" | "reversed":
            return ""
        case _:  # datetime, type, media, sizes, scope, MathML's few
            return value if _WORDS.fullmatch(value) else None


def _url(value: str, base_url: str | None, *, mail: bool = False) -> str | None:
    if _PLAIN_URL.fullmatch(value):  # nine in ten, and a tenth of the time
        return value
    stripped = value.strip()
    if mail and _MAILTO.fullmatch(stripped):
        return stripped
    return join(base_url or "", stripped) if stripped else None


def _srcset(value: str, base_url: str | None) -> str | None:
    """The candidates whose address we keep, in the spelling that `pictures` reads again: divided by a comma and a space."""
    kept = []
    for reference, descriptor in references(value):
        if url := _url(reference, base_url):
            said = f" {descriptor}" if _DESCRIPTOR.fullmatch(descriptor) else ""
            kept.append(f"{url.rstrip(',')}{said}")
    return ", ".join(kept) or None


def _number(value: str) -> str | None:
    found = _NUMBER.fullmatch(value.strip())
    return found[1] if found else None


def _is_untidy(clean: str) -> bool:
    if not RENAMED.keys().isdisjoint(_NAME.findall(clean)) or any(spot in clean for spot in _SPOTS):
        return True
    return _EMPTY.search(clean) is not None or _LACKING.search(clean) is not None


def _tidied(clean: str) -> str:
    root = read_fragment(clean)
    _tidy_children(root)
    return write_fragment(root)


def _tidy_children(element: Element) -> None:
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
            continue
        child.tag = RENAMED.get(child.tag, child.tag)
        if _is_hidden(child):
            continue
        _tidy_children(child)
        if _is_empty(child):
            kept.append(_space_left_by(child))
        elif _is_bare(child):
            kept.extend(child.children)
        else:
            kept.append(_in_order(child))
    element.children = [child for child in kept if child != ""]


def _is_hidden(element: Element) -> bool:
    """Whether the page itself does not show it: `hidden`, such a style, or a picture of one pixel (which counts readers)."""
    tiny = element.tag == "img" and (element.attributes.get("width") in ("0", "1") or element.attributes.get("height") in ("0", "1"))
    return tiny or not _HIDING.isdisjoint(element.attributes)


def _is_empty(element: Element) -> bool:
    """Whether nothing is to be seen of it: no text, no picture, no player."""
    if element.tag in MEDIA:
        return not ("src" in element.attributes or any(element.find("source")))
    if element.tag == "source":
        return not ("src" in element.attributes or "srcset" in element.attributes)
    if element.tag in CELLS or element.tag in ("br", "hr", "wbr"):
        return False
    return not element.text().strip(" \t\n\r\f\u00a0\u200b\ufeff\u3000") and not any(element.find(*MEDIA, "hr"))


def _space_left_by(element: Element) -> str:
    return " " if element.text() else ""


def _is_bare(element: Element) -> bool:
    """Whether the tag says nothing that its content does not."""
    return (element.tag == "a" and "href" not in element.attributes) or (element.tag == "span" and not element.attributes)


def _in_order(element: Element) -> Element:
    """The element as every parser will read it again, and usable without a script."""
    if element.tag == "pre" and element.children and isinstance(element.children[0], str):
        element.children[0] = element.children[0].lstrip("\n")  # a parser eats the first line break after <pre>
    if element.tag in ("audio", "video"):
        element.attributes["controls"] = ""
    return element
