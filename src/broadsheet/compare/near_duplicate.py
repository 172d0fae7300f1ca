"""Whether two articles tell the same text: agency copy under two mastheads, a story at two addresses, a slightly edited reprint.

A text is cut into shingles (three words, or two characters where a script writes no spaces), and sketched by MinHash: the share of
equal numbers in two sketches estimates the share of shingles that the texts have in common (Jaccard).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from rensa import RMinHash  # type: ignore[import-untyped]

from broadsheet.errors import UsageError
from broadsheet.model import Fingerprint
from broadsheet.text.plain import is_cjk, words

NEAR = 0.3
"""Greatest distance (1 - Jaccard) of near-duplicates: a text of which every sixth shingle was changed is still near."""

FEWEST_SHINGLES = 40
"""Shorter texts get no fingerprint: two match reports' empty frames, two price lists or two "no results" pages look alike."""

NUMBERS = 120
"""Numbers in a sketch. At a distance of 0.3 the estimate is right to ±0.04 (one standard deviation)."""

ROWS = 5
"""Numbers in a band. 24 bands of 5 share at least one with a chance of 98.8 % at a distance of 0.3, 6 % at 0.7."""

_SEED = 20240618
SCHEME = f"rensa{RMinHash.ALGORITHM_VERSION}-w3c2-{NUMBERS}-{_SEED}"
"""Sketches of another scheme cannot be compared with ours."""


def fingerprint(text: str) -> Fingerprint | None:
    """The sketch of a text, None for one too short to tell."""
    cut = set(_shingles(words(text.casefold())))
    if len(cut) < FEWEST_SHINGLES:
        return None
    sketch = RMinHash(num_perm=NUMBERS, seed=_SEED)
    sketch.update(list(cut))
    numbers: list[int] = sketch.digest()
    signature = struct.pack(f">{NUMBERS}I", *numbers)
    return Fingerprint(scheme=SCHEME, signature=signature, bands=tuple(_bands(signature)))


def distance(one: Fingerprint, other: Fingerprint) -> float:
    """0.0 for the same text, 1.0 for texts with nothing in common. Raises UsageError for sketches of two schemes."""
    if one.scheme != other.scheme:
        raise UsageError("fingerprints", f"of two schemes cannot be compared: {one.scheme} and {other.scheme}")
    size = f">{len(one.signature) // 4}I"
    mine, theirs = struct.unpack(size, one.signature), struct.unpack(size, other.signature)
    equal = sum(1 for pair in zip(mine, theirs, strict=True) if pair[0] == pair[1])
    return 1.0 - equal / len(mine)


def is_near(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts are near-duplicates; never across schemes."""
    return one.scheme == other.scheme and distance(one, other) <= NEAR


def _shingles(tokens: list[str]) -> Iterator[str]:
    """Pairs of neighbouring Han or kana characters, and triples of other words.

    A character says about as much as half a word, so a pair of them stands for one; three words in a row are rarely chance.
    """
    for at in range(len(tokens) - 1):
        if is_cjk(tokens[at]):
            yield tokens[at] + tokens[at + 1]
        elif at + 2 < len(tokens):
            yield " ".join(tokens[at : at + 3])


def _bands(signature: bytes) -> Iterator[str]:
    width = ROWS * 4
    for start in range(0, len(signature), width):
        place = f"{SCHEME} {start}".encode()
        yield hashlib.blake2b(place + signature[start : start + width], digest_size=10).hexdigest()
