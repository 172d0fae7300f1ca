"""How like a picture is to the best that could be made: structural similarity of the light, so that speed is not bought with quality."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyvips

_WINDOW = 1.5  # sigma in pixels, as in the paper that proposed the measure (Wang et al., 2004), and its two constants
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def likeness(original: Path, made: Path) -> float:
    """SSIM, 1.0 for equal: *made* beside *original* decoded whole and scaled by Lanczos's filter, uncompressed."""
    small, whole = _light(made.read_bytes()), _light(original.read_bytes())
    return ssim(whole.resize(small.width / whole.width, vscale=small.height / whole.height, kernel="lanczos3"), small)


def ssim(one: Any, other: Any) -> float:
    """Structural similarity of two pictures of one band."""
    mean_1, mean_2 = one.gaussblur(_WINDOW), other.gaussblur(_WINDOW)
    spread_1 = (one * one).gaussblur(_WINDOW) - mean_1 * mean_1
    spread_2 = (other * other).gaussblur(_WINDOW) - mean_2 * mean_2
    together = (one * other).gaussblur(_WINDOW) - mean_1 * mean_2
    above = (2 * mean_1 * mean_2 + _C1) * (2 * together + _C2)
    below = (mean_1 * mean_1 + mean_2 * mean_2 + _C1) * (spread_1 + spread_2 + _C2)
    return float((above / below).avg())


def _light(body: bytes) -> Any:
    return pyvips.Image.new_from_buffer(body, "").colourspace("b-w")[0].cast("float")  # not by its name: libvips would remember another's
