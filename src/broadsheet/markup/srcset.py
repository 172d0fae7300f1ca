"""Which address a lazy image really has: `srcset`, `data-src` and their many cousins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from broadsheet.urls import join

WIDTH_LIMIT_PX = 2400
"""The widest candidate taken, if there is a narrower one: print-size originals weigh tens of megabytes."""

_DESCRIPTOR = re.compile(r"([\d.]+)([wx])", re.ASCII)
_TEMPLATE = re.compile(r"(?:\$|%24)(?:\{|%7b)|(?:\{|%7b){2}", re.IGNORECASE)  # `${format}`, `{{width}}`: a script fills these in
_PLACEHOLDER = re.compile(
    r"(?:^data:|^about:|^javascript:|(?:^|[/_-])(?:blank|spacer|placeholder|pixel|transparent|grey|gray|lazy-?load(?:ing)?|loading|1x1|s\.gif|no-?image|clear)[-_.\dx]*\.(?:gif|png|svg|jpe?g|webp)$)",
    re.I,
)
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-original-src", "data-actualsrc", "data-real-src", 
    "data-src-large", "data-full-src", "data-large-file", "data-orig-file", "data-echo", "data-img-src", "data-image", "data-hi-res-src",
    "data-backup", "file", "zoomfile",
)  # fmt: skip
_LAZY_NAMES = frozenset(_LAZY)
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")


class Candidate(NamedTuple):
    """One address in a `srcset`. *width_px* is None when only a density, or nothing, is stated."""

    url: str
    width_px: int | None = None
    density: float = 1.0


def candidates(srcset: str) -> Iterator[Candidate]:
    """The candidates of a `srcset` as written (HTML, section 4.8.4.2); addresses with commas in them survive, broken ones are left out."""
    for address, descriptor in references(srcset):
        stated = _DESCRIPTOR.fullmatch(descriptor)
        if address.startswith("data:") or (descriptor and stated is None):
            continue
        number, unit = (_number(stated[1]), stated[2]) if stated else (None, "")
        yield Candidate(address, number if unit == "w" else None, float(number or 1) if unit == "x" else 1.0)


def references(srcset: str) -> Iterator[tuple[str, str]]:
    """Each address with its first descriptor ("" for none), in one pass over the words (HTML, section 4.8.4.2): an address may hold commas."""
    address = descriptor = ""
    for word in srcset.split():
        if not address:
            address = word.lstrip(",")
            if address.endswith(","):
                yield address.rstrip(","), ""
                address = ""
            continue
        said, comma, rest = word.partition(",")
        descriptor = descriptor or said
        if comma:
            yield address, descriptor
            address, descriptor = rest, ""
    if address:
        yield address, descriptor


def best_candidate(srcset: str, base: str) -> str | None:
    """The absolute URL of the widest candidate within WIDTH_LIMIT_PX, else of the narrowest beyond; None if there is none."""
    found = list(candidates(srcset))
    fitting = [one for one in found if (one.width_px or 0) <= WIDTH_LIMIT_PX]
    if fitting:
        best = max(fitting, key=lambda one: (one.width_px or 0, one.density))
    elif found:
        best = min(found, key=lambda one: one.width_px or 0)
    else:
        return None
    return join(base, best.url)


def image_address(attributes: Mapping[str, str | None], base: str) -> str | None:
    """The absolute URL of the picture an `<img>` means to show, or None if it is a placeholder or nothing at all.

    What a script would put in place comes first (`data-src` and cousins), then `srcset`, then `src`.
    """
    for name in () if _LAZY_NAMES.isdisjoint(attributes) else _LAZY:
        value = (attributes.get(name) or "").strip()
        if value and not is_placeholder(value) and _looks_like_address(value) and (found := join(base, value)):
            return found
    for name in _LAZY_SETS:
        if (stated := attributes.get(name)) and (widest := best_candidate(stated, base)) and not is_placeholder(widest):
            return widest
    source = (attributes.get("src") or "").strip()
    return join(base, source) if source and not is_placeholder(source) else None


def is_placeholder(address: str) -> bool:
    """Whether *address* stands in for a picture that a script would load: `data:` URIs, `blank.gif`, `1x1.png`, `…_${format}.jpg`."""
    return _PLACEHOLDER.search(address.partition("?")[0]) is not None or _TEMPLATE.search(address) is not None


def _looks_like_address(value: str) -> bool:
    return value[:1] not in "{[<" and not any(char.isspace() for char in value) and ("/" in value or "." in value)


def _number(text: str) -> int | None:
    try:
        return int(float(text))
    except (ValueError, OverflowError):  # "", "1.2.3", "1e999": no number stated
        return None
