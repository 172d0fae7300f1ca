"""How large a picture becomes: arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.images.wish import Align, Length, Wish

_PLACES: dict[Align, tuple[float, float]] = {
    "center": (0.5, 0.5), "top": (0.5, 0), "bottom": (0.5, 1), "left": (0, 0.5), "right": (1, 0.5),
    "top-left": (0, 0), "top-right": (1, 0), "bottom-left": (0, 1), "bottom-right": (1, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sizes:
    """*scaled*: what the picture is scaled to. *frame*: what is cut out of it, or (larger) what it is laid upon; both width and height."""

    scaled: tuple[int, int]
    frame: tuple[int, int]


def sizes(width: int, height: int, wish: Wish) -> Sizes:
    """The sizes that *wish* means for a picture of *width* x *height* pixels, upright."""
    across, down = _pixels(wish.width, width, wish.dpr), _pixels(wish.height, height, wish.dpr)
    if across is None and down is None:
        return Sizes((width, height), (width, height))
    if wish.fit == "fill":
        scaled = (across or width, down or height)
        if wish.without_enlargement:
            scaled = (min(scaled[0], width), min(scaled[1], height))
        return Sizes(scaled, scaled)
    factors = [wanted / side for wanted, side in ((across, width), (down, height)) if wanted is not None]
    factor = max(factors) if wish.fit in ("outside", "cover") else min(factors)
    if wish.without_enlargement:
        factor = min(factor, 1.0)
    scaled = (_side(width * factor), _side(height * factor))
    if across is None or down is None or wish.fit in ("inside", "outside"):
        return Sizes(scaled, scaled)
    if wish.fit == "contain":
        return Sizes(scaled, (max(across, scaled[0]), max(down, scaled[1])))
    return Sizes(scaled, (min(across, scaled[0]), min(down, scaled[1])))


def corner(align: Align, focal: tuple[float, float], inner: tuple[int, int], outer: tuple[int, int]) -> tuple[int, int]:
    """Where, from left and top, the *inner* of two sizes lies in the *outer*."""
    free = (outer[0] - inner[0], outer[1] - inner[1])
    if align == "focal":
        wanted = (focal[0] * outer[0] - inner[0] / 2, focal[1] * outer[1] - inner[1] / 2)
        return (_between(wanted[0], free[0]), _between(wanted[1], free[1]))
    share = _PLACES.get(align, (0.5, 0.5))
    return (round(share[0] * free[0]), round(share[1] * free[1]))


def _pixels(length: Length | None, side: int, dpr: float) -> int | None:
    if length is None:
        return None
    pixels = side * length.value / 100 if length.percent else length.value
    return _side(pixels * dpr)


def _side(pixels: float) -> int:
    return max(1, round(pixels))


def _between(wanted: float, free: int) -> int:
    return round(min(max(wanted, 0), free))
