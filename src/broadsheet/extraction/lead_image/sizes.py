"""Which of several addresses of one picture is the largest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from broadsheet.markup.srcset import WIDTH_LIMIT_PX, is_placeholder, references
from broadsheet.urls import join

ORIGINAL_PX = 1600  # what an address that says nothing of a size is taken for: the picture as it was put there
THUMBNAIL_PX = 150
MAX_SOURCES = 6
SHORTEST_FILE = 14  # characters, with the ending; in another folder, a file "image.jpg" is another picture

Sized = tuple[str, int | None]
"""An address, absolute or not, and the width in pixels that is stated for it elsewhere."""

_WIDTH_ASKED = re.compile(r"[?&](?:w|width|imwidth|im_w|wid|mw|maxwidth|max-w|resize|fit|size)=(?P<px>\d{2,4})(?!\d)", re.IGNORECASE)
_WIDTH_IN_PATH = re.compile(r"[/,](?:(?:w[_=-]?|width[_=/-]|s)(?P<named>\d{2,4})|(?P<px>\d{2,4})(?:x\d{1,4}|px|w))(?=[,/])", re.IGNORECASE)
_SMALL = re.compile(r"/(?:thumbs?|thumbnails?|small|mini|tiny|preview)/", re.IGNORECASE)
_OVERLAID = re.compile(r"overlay|watermark|logo|social|share", re.IGNORECASE)  # words or a logo written over it
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?=.*\d)[^/]{6,}$")


def largest(url: str, others: Iterable[Sized], base: str = "") -> str:
    """The widest address of the picture at *url* within WIDTH_LIMIT_PX; *url* itself unless another is known to be wider.

    Only addresses with the same file name count as the same picture here: what the body leaves out as the lead picture is known by it.
    """
    sized = list(dict.fromkeys(others))
    best, best_px = url, next((px for other, px in sized if px and (other == url or join(base, other) == url)), _width(url, None))
    for other, stated_px in sized:
        # The width first: it is read in a glance, and of the dozen addresses in a `srcset` most are narrower.
        px = _width(other, stated_px)
        if (
            best_px < px <= WIDTH_LIMIT_PX
            and (found := join(base, other))
            and is_same_file(url, found)
            and not _OVERLAID.search(found.partition("?")[2])
        ):
            best, best_px = found, px
    return best


def is_same_file(one: str, other: str) -> bool:
    """Whether two addresses differ only in folders and query, and name a file rather than a program that serves any picture."""
    path, other_path = _path(one), _path(other)
    name = path.rpartition("/")[2]
    if path == other_path:
        return _IMAGE_FILE.search(name) is not None or _NUMBERED.match(name) is not None
    return name == other_path.rpartition("/")[2] and len(name) >= SHORTEST_FILE and _IMAGE_FILE.search(name) is not None


def sizes_in(node: LexborNode) -> Iterator[Sized]:
    """Every address an `<img>` and the `<picture>` or link around it offer, as written."""
    yield from _own_sizes(node)
    parent = node.parent
    if parent is not None and parent.tag == "picture":
        for source in _sources(parent):
            yield from _own_sizes(source)
        parent = parent.parent
    if parent is not None and parent.tag == "a" and (href := parent.attributes.get("href")):
        yield href.strip(), None


def _sources(picture: LexborNode) -> Iterator[LexborNode]:
    found = 0
    child = picture.first_child
    while child is not None and found < MAX_SOURCES:
        if child.tag == "source":
            found += 1
            yield child
        child = child.next


def _own_sizes(node: LexborNode) -> Iterator[Sized]:
    for name, value in node.attributes.items():
        if not value:
            continue
        if name.endswith("srcset"):
            for address, descriptor in references(value):
                width = descriptor[:-1]
                if not address.startswith("data:"):
                    yield address, int(width) if descriptor.endswith("w") and width.isascii() and width.isdecimal() else None
        elif (name == "src" or name.startswith("data-")) and "/" in value and " " not in value and not is_placeholder(value):
            yield value, None


def _width(url: str, stated_px: int | None) -> int:
    path, question, query = url.partition("?")
    if query and (asked := _WIDTH_ASKED.search(question + query)):
        return int(asked["px"])
    if stated_px:
        return stated_px
    if in_path := _WIDTH_IN_PATH.search(path):
        return int(in_path["px"] or in_path["named"])
    return THUMBNAIL_PX if _SMALL.search(path) else ORIGINAL_PX


def _path(url: str) -> str:
    return unquote(url.partition("?")[0].partition("#")[0].partition("://")[2].partition("/")[2]).lower()
