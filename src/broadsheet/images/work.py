"""What is run in the processes that load libvips: functions that other processes can name without loading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.images.limits import Limits
from broadsheet.images.wish import Wish
from broadsheet.model import Original

if TYPE_CHECKING:
    from broadsheet.images.making import Made


def make_picture(body: bytes, wish: Wish, limits: Limits, accepts: frozenset[str]) -> Made:
    """`making.make`."""
    from broadsheet.images.making import make

    return make(body, wish, limits=limits, accepts=accepts)


def probe_picture(body: bytes, limits: Limits) -> Original:
    """`probing.probe`."""
    from broadsheet.images.probing import probe

    return probe(body, limits=limits)
