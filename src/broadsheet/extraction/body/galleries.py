"""Pictures that stand together as one gallery, and captions that belong to all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from broadsheet.extraction.body.figures import Figure
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.tokens import tokens_of

FEWEST = 3
"""Pictures in a row, without a word between them, that make a gallery whatever their box is called."""

FEWEST_NAMED = 2
"""…and in a box with a name that says so."""

LEVELS = 6
"""Boxes around a picture whose names are looked at."""

_NAMES = frozenset(
    "gallery galerie galeria galleria galleri bilderstrecke bildergalerie fotostrecke fotogalerie fotogaleria slideshow slider carousel swiper slick "
    "diaporama diashow photoset lightgallery photogallery imagegallery".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """Figures one after another, from the block *index* on, and the words under them all."""

    index: int
    figures: tuple[Figure, ...]
    caption: str | None = None
    credit: str | None = None


def with_galleries(ground: Ground, figures: Sequence[Figure], words: Sequence[int]) -> Iterator[Figure | Gallery]:
    """*figures* in order, those that stand together as galleries. *words* are the indices of all else that the body shows, sorted."""
    for _, group in groupby(figures, key=lambda figure: bisect_left(words, figure.index)):
        run = list(group)
        if len(run) >= FEWEST or (len(run) >= FEWEST_NAMED and all(_is_named(ground, figure) for figure in run)):
            yield _gallery(run)
        else:
            yield from run


def _is_named(ground: Ground, figure: Figure) -> bool:
    around = zip(ground.flat.ancestors(ground.flat.blocks[figure.index]), range(LEVELS), strict=False)
    return any(box.tokens and not _NAMES.isdisjoint(tokens_of(box.tokens)) for box, _ in around if ground.below[box.index] > 0)


def _gallery(run: Sequence[Figure]) -> Gallery:
    """The pictures as one; the caption of a `<figure>` that holds them all was read once for each, and is said once."""
    picture = run[0].picture
    shared = bool(run[0].captions) and all(figure.captions == run[0].captions for figure in run)
    if not shared:
        return Gallery(run[0].index, tuple(run))
    bare = tuple(replace(figure, picture=replace(figure.picture, caption=None, credit=None)) for figure in run)
    return Gallery(run[0].index, bare, picture.caption, picture.credit)
