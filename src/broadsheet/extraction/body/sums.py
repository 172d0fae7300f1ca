"""Letters added up: what the blocks inside a box hold together, and the letters and digits of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from broadsheet.markup.blocks import Block, Box
from broadsheet.text.plain import comparison_key

JOINED_MASS = 20  # lighter blocks are not searched for repeated words

MAX_LOOKUP = 200_000_000  # letters of articleBody times blocks; the most on 937 pages is 31 million


class Sums:
    """What the blocks inside each box come to. A box holds one run of blocks, so two running sums are enough for any of them."""

    __slots__ = ("_boxes", "_running")

    def __init__(self, boxes: Sequence[Box], amounts: Iterable[int]) -> None:
        """*amounts* has one number a block."""
        self._boxes, self._running = boxes, list(accumulate(amounts, initial=0))

    def __getitem__(self, index: int) -> int:
        box = self._boxes[index]
        return self._running[box.last] - self._running[box.first]

    @property
    def total(self) -> int:
        """Of all blocks."""
        return self._running[-1]


class Keys:
    """The letters and digits of each block, read when they are first asked for."""

    __slots__ = ("_blocks", "_ends", "_joined", "_known", "_lengths")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._known: list[str | None] = [None] * len(blocks)
        self._joined: str | None = None
        self._lengths: list[int] = []  # of the keys, below 0, and where each begins in the joined ones
        self._ends: list[int] = []

    def __getitem__(self, index: int) -> str:
        key = self._known[index]
        if key is None:
            key = self._known[index] = comparison_key(self._blocks[index].text)
        return key

    @property
    def joined(self) -> str:
        """Those of all blocks that hold more than a few words, a line each, the longest first."""
        if self._joined is None:
            keys = [self[block.index] for block in self._blocks if block.mass >= JOINED_MASS]
            keys.sort(key=len, reverse=True)
            self._joined = "\n".join(keys)[: MAX_LOOKUP // (len(self._known) + 1)]
            self._lengths = [-len(key) for key in keys]
            self._ends = list(accumulate([len(key) + 1 for key in keys], initial=0))
        return self._joined

    def count(self, key: str) -> int:
        """In how many of those *key* stands. Only what is as long can hold it."""
        joined = self.joined
        return joined.count(key, 0, self._ends[bisect_right(self._lengths, -len(key))])
