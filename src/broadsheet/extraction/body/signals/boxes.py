"""The boxes around a line: the core and its distance, templates, pictures and forms beside it, comments."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from broadsheet.extraction.body.signals.line import ends_like_a_sentence
from broadsheet.extraction.body.spots import Spot

_LEVELS, _SMALL, _FEW_TEXTS = 3, 900, 4  # how far up a small box is looked for, its letters, its lines


def beside_form(spot: Spot) -> bool:
    """In a small box that holds a form: an invitation to subscribe, to search, to comment."""
    return _is_small_one_of(spot, spot.ground.forms)


def beside_button(spot: Spot) -> bool:
    """In a small box that holds a button: its label, a share bar, or what stands in a video's place until the reader consents.

    Evidence: 600 such blocks on news pages, of which 2 % are text.
    """
    return _is_small_one_of(spot, spot.ground.buttons)


def is_hidden(spot: Spot) -> bool:
    return spot.setting.hidden and spot.hears("#hidden")


def in_discussion(spot: Spot) -> bool:
    """Among readers' comments. Heard even where these outweigh the article, and their class words are not."""
    return spot.setting.discussed


def in_core(spot: Spot) -> bool:
    """Inside the box that carries most article-like text."""
    return spot.ground.above[spot.block.box] == 0


def one_above_core(spot: Spot) -> bool:
    return spot.ground.above[spot.block.box] == 1


def far_above_core(spot: Spot) -> bool:
    return spot.ground.above[spot.block.box] >= 3


def three_below(spot: Spot) -> bool:
    return 3 <= spot.ground.below[spot.block.box] <= 4


def far_below(spot: Spot) -> bool:
    return spot.ground.below[spot.block.box] >= 5


def same_shape(spot: Spot) -> bool:
    """Its element and classes are those that hold most of the article-like text."""
    return spot.setting.shape == spot.ground.shape


def same_make(spot: Spot) -> bool:
    """It, the box around it and the one around that are of the shapes that hold most of the article-like text."""
    return spot.setting.make == spot.ground.make


def same_make_outside(spot: Spot) -> bool:
    """…outside the core: of a text whose every paragraph has a box of its own, the core is one of these boxes."""
    return same_make(spot) and not in_core(spot)


def like_but_other_make(spot: Spot) -> bool:
    """Its own shape is that of the text, the boxes around it are not: teasers are paragraphs too."""
    return spot.like and same_shape(spot) and not same_make(spot)


def like_but_other_shape(spot: Spot) -> bool:
    return spot.like and spot.setting.shape != spot.ground.shape


def outer_mostly_linked(spot: Spot) -> bool:
    """More than half of the list, table or section it stands in is links."""
    at = spot.outer.index
    return spot.ground.link_mass[at] * 2 > spot.ground.mass[at]


def outer_hardly_linked(spot: Spot) -> bool:
    at = spot.outer.index
    return spot.ground.link_mass[at] * 10 < spot.ground.mass[at]


def outer_small(spot: Spot) -> bool:
    return spot.ground.mass[spot.outer.index] < 200


def outer_wide(spot: Spot) -> bool:
    return not spot.ground.narrow(spot.outer.index)


def one_of_three_cards(spot: Spot) -> bool:
    """The box around it occurs three times or more with the same classes."""
    return spot.cards >= 3 and outer_small(spot)


def sentence_of_core(spot: Spot) -> bool:
    """A whole sentence, in the core, in the element that the text is set in."""
    return spot.like and in_core(spot) and same_shape(spot) and ends_like_a_sentence(spot)


def after_image(spot: Spot) -> bool:
    """Right behind a picture in the same box: where captions stand that are no `<figcaption>`."""
    at = spot.block.index
    if at == 0 or spot.heading or spot.mass > 400:
        return False
    before = spot.ground.flat.blocks[at - 1]
    return before.kind == "image" and before.index >= spot.outer.first


def beside_image(spot: Spot) -> bool:
    """In a small box with a picture and little else: a caption without `<figcaption>`, or a teaser."""
    return _is_set_with(spot, spot.ground.images)


def beside_player(spot: Spot) -> bool:
    """In a small box with a player or a foreign frame and little else: the video's own title and summary.

    Evidence: none of 34 such blocks on news and Chinese pages is text, a sixth of 202 on blogs and guides.
    """
    return _is_set_with(spot, spot.ground.players)


def _is_small_one_of(spot: Spot, boxes: Collection[int]) -> bool:
    at = spot.outer.index
    return at in boxes and spot.ground.mass[at] < _SMALL


def _is_set_with(spot: Spot, running: Sequence[int]) -> bool:
    """Whether a small box outside the core, a few levels up at most, holds one of the things that *running* counts."""
    if not running[-1]:  # half of the news pages at hand have no player
        return False
    ground, at = spot.ground, spot.outer.index
    for _ in range(_LEVELS):
        box = ground.flat.boxes[at]
        texts = ground.texts[box.last] - ground.texts[box.first]
        if texts > _FEW_TEXTS or ground.mass[at] > _SMALL or ground.above[at] + ground.below[at] == 0:
            return False
        if running[box.last] > running[box.first]:
            return True
        at = box.parent
        if at < 0:
            return False
    return False
