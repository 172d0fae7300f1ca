"""Photographs made for measuring: light and colour that change slowly, detail at six scales, the noise of a sensor; the same on every run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyvips

QUALITY = 90
_DETAIL = ((900, 60), (350, 35), (140, 22), (60, 14), (24, 9), (8, 6))
"""Size in pixels and strength of what is to be seen: half the size, some two thirds of the strength, as in pictures of landscapes."""


def made_photos(folder: Path, count: int, *, width: int, height: int) -> list[Path]:
    """So many JPEGs of quality 90, written to *folder*."""
    files = [folder / f"photo-{number}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(_photo(number, width, height))
    return files


def given_photos(folder: Path) -> list[Path]:
    """The JPEGs of a folder."""
    found = sorted(file for file in folder.iterdir() if file.suffix.lower() in (".jpg", ".jpeg"))
    if not found:
        raise SystemExit(f"no JPEG there: {folder}")
    return found


def _photo(number: int, width: int, height: int) -> bytes:
    seed = 100 * number
    light = pyvips.Image.gaussnoise(width, height, mean=128, sigma=3, seed=seed)
    for at, (cell, strength) in enumerate(_DETAIL):
        light += strength * _clouds(width, height, cell, seed + at)
    first, *others = [light + 40 * _clouds(width, height, 500, seed + 50 + band) for band in range(3)]
    return bytes(first.bandjoin(others).cast("uchar").copy(interpretation="srgb").jpegsave_buffer(Q=QUALITY))


def _clouds(width: int, height: int, cell: int, seed: int) -> Any:
    return pyvips.Image.perlin(width, height, cell_size=cell, seed=seed)
