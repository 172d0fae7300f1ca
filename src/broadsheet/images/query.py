"""The grammar of links to the proxy: weserv's API 5, as far as docs/reference/image-proxy.md says.

The first occurrence of a key wins; unknown keys are ignored; a key without a value counts as -1, and so does a number that is none or
above ten million; a boolean is false only for `0` and `false`. What is out of range falls back to the default: apart from the
address itself, nothing but an `output` that is switched off is ever an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from broadsheet.errors import ImageError
from broadsheet.images.address import Blocked, nothing_is_blocked, source_addresses
from broadsheet.images.ages import read_age
from broadsheet.images.colours import read_colour
from broadsheet.images.messages import bad_address, saver_disabled
from broadsheet.images.wish import Align, Asked, Colour, Fit, Length, Output, Wish

BIGGEST = 10_000_000
MAX_QUERY = 16_000  # characters; browsers and servers stop at half of it
SAVERS: tuple[Output, ...] = ("jpg", "png", "webp", "avif", "gif", "json")

ALIASES: Mapping[str, str] = {
    "width": "w", "height": "h", "t": "fit", "align": "a", "quality": "q", "level": "l", "pages": "n", "or": "ro", "errorredirect": "default",
}  # fmt: skip
FITS: Mapping[str, Fit] = {
    "inside": "inside", "outside": "outside", "cover": "cover", "fill": "fill", "contain": "contain",
    # the names of earlier versions, as its documentation translates them
    "fit": "inside", "fitup": "inside", "square": "cover", "squaredown": "cover", "absolute": "fill", "letterbox": "contain",
}  # fmt: skip
SHRINKING = frozenset(("fit", "squaredown"))
"""Of the old names those that never enlarged."""
ALIGNMENTS: Mapping[str, Align] = {
    "center": "center", "centre": "center", "top": "top", "right": "right", "bottom": "bottom", "left": "left",
    "top-left": "top-left", "top-right": "top-right", "bottom-left": "bottom-left", "bottom-right": "bottom-right",
    "entropy": "entropy", "attention": "attention", "focal": "focal", "t": "top", "r": "right", "b": "bottom", "l": "left",
}  # fmt: skip
OUTPUTS: Mapping[str, Output] = {
    "jpg": "jpg", "jpeg": "jpg", "png": "png", "webp": "webp", "gif": "gif", "tiff": "tiff", "tif": "tiff", "avif": "avif", "av1": "avif",
    "json": "json",
}  # fmt: skip

# Like C's strtod, which weserv reads with: what follows the number does not count, so that `300px` is 300.
_NUMBER = re.compile(r"\s*([+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20}))")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{0,6})?)%")
_OLD_CROP = "crop"  # `t=crop`, `t=crop-25-75`: "cover" of versions before 5
_ASCII = "".join(map(chr, range(0x80)))
_FILENAME = re.compile(r"[A-Za-z0-9]{1,78}")


def query_text(query: bytes) -> str:
    """A query as it came over the wire, what is not ASCII percent-encoded, as browsers do and some clients forget."""
    return quote(query, safe=_ASCII)


def read_query(query: str, *, is_blocked: Blocked = nothing_is_blocked) -> Asked:
    """What the raw *query* of a link asks for. Raises ImageError (400) for an address that is none, and an output that is switched off."""
    said = _pairs(query)
    if "url" not in said or len(query) > MAX_QUERY:
        raise bad_address()
    return Asked(
        candidates=source_addresses(said["url"], is_blocked=is_blocked),
        wish=_wish({key: unquote(value) for key, value in said.items() if key not in ("url", "default")}),
        on_error=_on_error(said, is_blocked),
        filename=name if _FILENAME.fullmatch(name := said.get("filename", "")) else "image",
        base64=said.get("encoding", "").lower() == "base64",
        max_age_s=read_age(said.get("maxage", "")),
    )


def error_address(query: str, *, is_blocked: Blocked = nothing_is_blocked) -> str | None:
    """`Asked.on_error` of a link that could not be read otherwise."""
    return _on_error(_pairs(query), is_blocked) if len(query) <= MAX_QUERY else None


def _pairs(query: str) -> dict[str, str]:
    """Keys by their first names with their first values, which are still encoded. Without a value: "", which reads as no number."""
    said: dict[str, str] = {}
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        said.setdefault(ALIASES.get(key, key), value)
    return said


def _wish(said: Mapping[str, str]) -> Wish:
    fit = said.get("fit", "")
    return Wish(
        width=_length(said.get("w")),
        height=_length(said.get("h")),
        dpr=_within(said, "dpr", 0.01, 8) or 1.0,
        fit="cover" if fit.startswith(_OLD_CROP) else FITS.get(fit, "inside"),
        without_enlargement=_flag(said, "we") or fit in SHRINKING,
        align=ALIGNMENTS.get(said.get("a", ""), "center"),
        focal=(_or(_within(said, "fpx", 0, 1), 0.5), _or(_within(said, "fpy", 0, 1), 0.5)),
        quality=_whole(_within(said, "q", 1, 100)),
        output=_output(said.get("output", "")),
        interlaced=_flag(said, "il"),
        level=_whole(_within(said, "l", 0, 9)),
        pages=_pages(said),
        page=_page(said),
        blur=_mild_outside(said, "blur", 0.3, 1000),
        sharpen=_mild_outside(said, "sharp", 0.000001, 10, text=_sigma(said.get("sharp", ""))),
        background=_colour(said, "bg"),
        contain_background=_colour(said, "cbg"),
        trim=_whole(_within(said, "trim", 1, 254)),
        rotate=_angle(said),
        flip=_flag(said, "flip"),
        flop=_flag(said, "flop"),
    )


def number(text: str) -> float:
    """A number as links mean it: -1.0 for none, and for one that is too big."""
    found = _NUMBER.match(text)
    if found is None:
        return -1.0
    value = float(found[1])
    return value if abs(value) <= BIGGEST else -1.0


def _flag(said: Mapping[str, str], key: str) -> bool:
    return key in said and said[key] not in ("0", "false")


def _within(said: Mapping[str, str], key: str, low: float, high: float) -> float | None:
    """The number under *key* if there is one between *low* and *high*."""
    if key not in said:
        return None
    value = number(said[key])
    return value if low <= value <= high else None


def _mild_outside(said: Mapping[str, str], key: str, low: float, high: float, *, text: str | None = None) -> float | None:
    """A strength; 0.0, the mild form, for one that is not said or out of range. `0` switches off what was never on."""
    if key not in said:
        return None
    value = number(said[key] if text is None else text)
    if value == 0:
        return None
    return value if low <= value <= high else 0.0


def _sigma(text: str) -> str:
    """Of `sharp=flat,jagged,sigma` the last, of anything else the first: we sharpen evenly."""
    said = text.split(",")
    return said[2] if len(said) > 2 else said[0] if len(said) == 1 else ""


def _length(text: str | None) -> Length | None:
    """Pixels or a percentage; None for nothing, 0 and whatever is no length."""
    if text is None:
        return None
    if share := _PERCENT.fullmatch(text):
        value = float(share[1])
        return Length(value, percent=True) if 0 < value <= 100 else None
    pixels = number(text)
    return Length(float(int(pixels))) if pixels >= 1 else None


def _pages(said: Mapping[str, str]) -> int:
    value = int(number(said["n"])) if "n" in said else 1
    return value if value >= 1 or value == -1 else 1


def _page(said: Mapping[str, str]) -> int:
    value = int(number(said["page"])) if "page" in said else 0
    return value if -2 <= value <= 100_000 else 0


def _angle(said: Mapping[str, str]) -> int:
    """Degrees clockwise, 0 to 359; none for what is no number, though by the letter of the grammar that were -1."""
    text = said.get("ro", "")
    return int(number(text)) % 360 if _NUMBER.match(text) else 0


def _output(name: str) -> Output | None:
    """Raises ImageError for one that this proxy does not write; a word that is no format counts as not said."""
    wanted = OUTPUTS.get(name)
    if wanted is not None and wanted not in SAVERS:
        raise saver_disabled(wanted, SAVERS)
    return wanted


def _colour(said: Mapping[str, str], key: str) -> Colour | None:
    return read_colour(said[key]) if key in said else None


def _on_error(said: Mapping[str, str], is_blocked: Blocked) -> str | None:
    """Where a client is sent when there is no picture (`1`: to the picture itself); None where that is no address of the web."""
    raw = said.get("default", "")
    try:
        return source_addresses(said.get("url", "") if raw == "1" else raw, is_blocked=is_blocked)[0]
    except ImageError:  # it is only the fallback of a picture that may well be there
        return None


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
