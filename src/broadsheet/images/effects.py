"""What is done to the pixels themselves: turning by any angle, sharpening, blurring, a background."""

from __future__ import annotations

from typing import Any

from broadsheet.images.vips import Image
from broadsheet.images.wish import Colour, Wish

CLEAR: Colour = (0, 0, 0, 0.0)

WIDEST_BLUR = 8.0
"""Sigma up to which a blur is computed as it is. A wider one is computed on a smaller picture: to look at it is the same, and its cost does
not grow with sigma, which a link may set to 1000."""

_MILD_BLUR = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]
_MILD_SHARPENING = [[-1, -1, -1], [-1, 32, -1], [-1, -1, -1]]


def tilted(picture: Any, degrees: int) -> Any:
    """Turned by an angle that is no right one; what comes into the corners can be seen through."""
    return with_alpha(picture).copy_memory().rotate(degrees, background=[0, 0, 0, 0]).cast("uchar")


def sharpened(picture: Any, sigma: float) -> Any:
    if not sigma:
        return picture.conv(Image.new_from_array(_MILD_SHARPENING, scale=24)).cast("uchar")
    return picture.sharpen(sigma=sigma).colourspace(picture.interpretation).cast("uchar")


def blurred(picture: Any, sigma: float) -> Any:
    """Blurred by a Gaussian of *sigma*; a little where it is 0. What cannot be seen does not bleed into what can."""
    if not sigma:
        return picture.conv(Image.new_from_array(_MILD_BLUR, scale=9)).cast("uchar")
    if not picture.hasalpha():
        return _blurred(picture, sigma)
    return _blurred(picture.premultiply().cast("uchar"), sigma).unpremultiply().cast("uchar")


def _blurred(picture: Any, sigma: float) -> Any:
    if sigma <= WIDEST_BLUR:
        return picture.gaussblur(sigma)
    across, down = (max(1, round(side * WIDEST_BLUR / sigma)) for side in (picture.width, picture.height))
    small = picture.resize(across / picture.width, vscale=down / picture.height).gaussblur(WIDEST_BLUR).copy_memory()
    return small.resize(picture.width / small.width, vscale=picture.height / small.height, kernel="cubic")


def laid_on(picture: Any, colour: Colour) -> Any:
    """*picture* before a background, which may itself be seen through."""
    picture = in_colour(picture)
    if colour[3] >= 1:
        return picture.flatten(background=list(colour[:3])).cast("uchar")
    ground = picture.new_from_image([*colour[:3], 255 * colour[3]]).cast("uchar").copy(interpretation="srgb")
    return ground.composite2(picture, "over").cast("uchar")


def with_effects(picture: Any, wish: Wish) -> Any:
    """*picture* sharpened, then blurred."""
    if wish.sharpen is not None:
        picture = sharpened(picture, wish.sharpen)
    return picture if wish.blur is None else blurred(picture, wish.blur)


def with_alpha(picture: Any) -> Any:
    """*picture* in colours, with opacity."""
    picture = in_colour(picture)
    return picture if picture.hasalpha() else picture.addalpha()


def in_colour(picture: Any) -> Any:
    return picture.colourspace("srgb") if picture.bands < 3 else picture
