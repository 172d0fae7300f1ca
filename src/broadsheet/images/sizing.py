"""How large a picture becomes, and which part of it is seen: arithmetic only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.images.wish import Align, Length, Wish

Size = tuple[int, int]
"""Width and height."""

_PLACES: Mapping[Align, tuple[float, float]] = {
    "center": (0.5, 0.5), "top": (0.5, 0), "bottom": (0.5, 1), "left": (0, 0.5), "right": (1, 0.5),
    "top-left": (0, 0), "top-right": (1, 0), "bottom-left": (0, 1), "bottom-right": (1, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sizes:
    """*scaled*: what the picture is scaled to. *frame*: what is cut out of it, or (larger) what it is laid upon."""

    scaled: Size
    frame: Size


def sizes(size: Size, wish: Wish) -> Sizes:
    """The sizes that *wish* means for a picture of *size*, turned as it will be seen."""
    asked = (_pixels(wish.width, size[0], wish.dpr), _pixels(wish.height, size[1], wish.dpr))
    if asked == (None, None):
        return Sizes(size, size)
    if wish.fit == "fill":
        scaled = _filled(size, asked, enlarge=not wish.without_enlargement)
        return Sizes(scaled, scaled)
    factors = [wanted / side for wanted, side in zip(asked, size, strict=True) if wanted is not None]
    factor = max(factors) if wish.fit in ("outside", "cover") else min(factors)
    if wish.without_enlargement:
        factor = min(factor, 1.0)
    scaled = (_side(size[0] * factor), _side(size[1] * factor))
    across, down = asked
    if across is None or down is None or wish.fit in ("inside", "outside"):
        return Sizes(scaled, scaled)
    if wish.fit == "contain":
        return Sizes(scaled, (max(across, scaled[0]), max(down, scaled[1])))
    return Sizes(scaled, (min(across, scaled[0]), min(down, scaled[1])))


def cut_at(align: Align, focal: tuple[float, float], part: Size, whole: Size) -> tuple[int, int]:
    """Where, from left and top, a *part* begins that is to be cut out of the *whole*: around the focal point as far as the edges allow."""
    if align != "focal":
        return laid_at(align, focal, part, whole)
    return _around(focal[0], part[0], whole[0]), _around(focal[1], part[1], whole[1])


def laid_at(align: Align, focal: tuple[float, float], part: Size, whole: Size) -> tuple[int, int]:
    """Where, from left and top, a *part* lies upon the *whole*."""
    across, down = focal if align == "focal" else _PLACES.get(align, (0.5, 0.5))
    return round(across * (whole[0] - part[0])), round(down * (whole[1] - part[1]))


def _filled(size: Size, asked: tuple[int | None, int | None], *, enlarge: bool) -> Size:
    across, down = asked[0] or size[0], asked[1] or size[1]
    return (across, down) if enlarge else (min(across, size[0]), min(down, size[1]))


def _around(share: float, part: int, whole: int) -> int:
    return round(min(max(share * whole - part / 2, 0), whole - part))


def _pixels(length: Length | None, side: int, dpr: float) -> int | None:
    if length is None:
        return None
    pixels = side * length.value / 100 if length.percent else length.value
    return _side(pixels * dpr)


def _side(pixels: float) -> int:
    return max(1, round(pixels))
