"""What a link to the image proxy asks for, every value read and in its range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fit = Literal["inside", "outside", "cover", "fill", "contain"]
Align = Literal[
    "center", "top", "right", "bottom", "left", "top-left", "top-right", "bottom-left", "bottom-right", "entropy", "attention", "focal"
]  # fmt: skip
Output = Literal["jpg", "png", "webp", "gif", "tiff", "avif", "json"]
Colour = tuple[int, int, int, float]
"""Red, green, blue (0 to 255) and opacity (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Length:
    """So many pixels, or so many percent of the picture."""

    value: float
    percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the picture is to be. The default: as it is, upright, without its metadata."""

    width: Length | None = None  # None: as the height says
    height: Length | None = None
    dpr: float = 1.0
    fit: Fit = "inside"
    without_enlargement: bool = False
    align: Align = "center"
    focal: tuple[float, float] = (0.5, 0.5)  # from left and top, 0 to 1
    quality: int | None = None  # None: not said
    output: Output | None = None  # None: not said
    interlaced: bool = False
    level: int | None = None  # PNG deflate, 0 to 9
    pages: int = 1  # -1: all
    page: int = 0  # -1 the largest, -2 the smallest
    blur: float | None = None  # sigma; 0.0: a mild box blur
    sharpen: float | None = None  # sigma; 0.0: mild
    background: Colour | None = None
    contain_background: Colour | None = None  # what fills the rest of `contain`
    trim: int | None = None  # tolerance, 1 to 254
    rotate: int = 0  # degrees clockwise
    flip: bool = False  # top to bottom
    flop: bool = False  # left to right


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A whole link: whose picture, how, and how the answer is to be sent.

    *candidates* are the addresses to try in turn, absolute http(s) URLs: two (https first) where the link left the scheme out.
    """

    candidates: tuple[str, ...]
    wish: Wish = Wish()
    on_error: str | None = None  # where to send a client when there is no picture: an absolute http(s) URL
    filename: str = "image"
    base64: bool = False
    max_age_s: int = 31_536_000
