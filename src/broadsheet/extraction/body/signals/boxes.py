"""The boxes around a line: the core and its distance, templates, pictures and forms beside it, comments."""

from __future__ import annotations

from broadsheet.extraction.body.ground import shape_of
from broadsheet.extraction.body.signals.line import ends_like_a_sentence
from broadsheet.extraction.body.spots import Spot

_IMAGE_LEVELS, _IMAGE_MASS, _IMAGE_TEXTS = 3, 900, 4


def beside_form(spot: Spot) -> bool:
    """In a small box that holds a form: an invitation to subscribe, to search, to comment."""
    at = spot.outer.index
    return at in spot.ground.forms and spot.ground.mass[at] < _IMAGE_MASS


def is_hidden(spot: Spot) -> bool:
    return "#hidden" in spot.tokens


def in_discussion(spot: Spot) -> bool:
    """Among readers' comments. Heard even where these outweigh the article, and their class words are not."""
    return spot.ground.discussion[spot.block.box]


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
    return shape_of(spot.box) == spot.ground.shape


def like_but_other_shape(spot: Spot) -> bool:
    return spot.like and shape_of(spot.box) != spot.ground.shape


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
    ground, at = spot.ground, spot.outer.index
    for _ in range(_IMAGE_LEVELS):
        box = ground.flat.boxes[at]
        texts = ground.texts[box.last] - ground.texts[box.first]
        if ground.above[at] + ground.below[at] == 0 or ground.mass[at] > _IMAGE_MASS or texts > _IMAGE_TEXTS:
            return False
        if ground.images[box.last] > ground.images[box.first]:
            return True
        at = box.parent
        if at < 0:
            return False
    return False
