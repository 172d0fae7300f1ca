"""What speaks for a block being text of the article, or against it. Each signal is a small question about one spot.

Every signal answers yes or no; what a yes weighs stands in `weights.py`, learned, with how often it was heard and how often the
block was text. None counts words, looks for capitals or asks for spaces: letters are counted, Han and kana threefold.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from broadsheet.extract.body.ground import shape_of
from broadsheet.extract.body.spots import Spot

_ENDS = re.compile(r"[.!?…。！？؟।።։๏៖;；:：][\"'”’»)\]）」』】›〉》\s]*$")
_FULL_STOP = re.compile(r"[.!?…。！？؟।።։][\"'”’»)\]）」』】›〉》\s]*$")
_END = 12  # characters at the end that are looked at
_DIGITS = re.compile(r"\d")
_BULLET = re.compile(r"^[►▶▸➤→»›•·●■◆+|>\-–—*]\s*")
_DATE = re.compile(r"\d{1,4}[./年月-]\s?\d{1,2}[./月日-]|\b\d{1,2}:\d{2}\b|\b(?:19|20)\d\d\b")


# ---- the block itself ------------------------------------------------------------------------------------------------------


def mass_under_15(spot: Spot) -> bool:
    return spot.mass < 15


def mass_15_to_40(spot: Spot) -> bool:
    return 15 <= spot.mass < 40


def mass_40_to_80(spot: Spot) -> bool:
    return 40 <= spot.mass < 80


def mass_80_to_160(spot: Spot) -> bool:
    return 80 <= spot.mass < 160


def mass_160_to_320(spot: Spot) -> bool:
    return 160 <= spot.mass < 320


def mass_from_320(spot: Spot) -> bool:
    return spot.mass >= 320


def ends_like_a_sentence(spot: Spot) -> bool:
    """A full stop, question or exclamation mark of any script at the end."""
    return _FULL_STOP.search(spot.text[-_END:]) is not None


def ends_with_colon(spot: Spot) -> bool:
    return spot.text.endswith((":", "："))


def ends_with_ellipsis(spot: Spot) -> bool:
    """Teasers are cut with one."""
    return spot.text.endswith(("…", "..."))


def short_without_end(spot: Spot) -> bool:
    return spot.mass < 80 and not spot.heading and _ENDS.search(spot.text[-_END:]) is None


def no_link(spot: Spot) -> bool:
    return spot.block.links == 0


def some_links(spot: Spot) -> bool:
    return 0 < spot.linked < 0.3


def half_linked(spot: Spot) -> bool:
    return 0.3 <= spot.linked < 0.7


def all_linked(spot: Spot) -> bool:
    return spot.linked >= 0.98


def all_linked_and_long(spot: Spot) -> bool:
    return spot.linked >= 0.9 and spot.mass >= 40


def many_digits(spot: Spot) -> bool:
    return spot.mass < 200 and len(_DIGITS.findall(spot.text)) * 5 > spot.mass


def short_with_date(spot: Spot) -> bool:
    return spot.mass < 60 and _DATE.search(spot.text) is not None


def opens_with_bullet(spot: Spot) -> bool:
    return _BULLET.match(spot.text) is not None


def has_copyright_sign(spot: Spot) -> bool:
    return "©" in spot.text


def opens_related(spot: Spot) -> bool:
    """ "Read also", "Lesen Sie auch", "相关阅读"."""
    return spot.related > 0


def is_related_phrase(spot: Spot) -> bool:
    """Nothing but such a phrase."""
    return spot.related > 0 and len(spot.text) - spot.related <= 3


def related_and_linked(spot: Spot) -> bool:
    """Such a phrase, and a link behind it."""
    return spot.related > 0 and spot.linked > 0.3


def opens_with_notice(spot: Spot) -> bool:
    return spot.opens_notice


def holds_notice(spot: Spot) -> bool:
    """ "newsletter", "all rights reserved", "扫码" in a line of less than 300 letters."""
    return spot.notices > 0


def holds_two_notices(spot: Spot) -> bool:
    return spot.notices >= 2


def opens_with_credit(spot: Spot) -> bool:
    return spot.opens_credit


def holds_credit(spot: Spot) -> bool:
    return spot.credits > 0


def ends_with_credit(spot: Spot) -> bool:
    """The line ends with an agency or "photo": a caption."""
    return spot.ends_credit


def opens_with_byline(spot: Spot) -> bool:
    return spot.opens_byline


def all_slanted(spot: Spot) -> bool:
    """The whole line in italics: notes to the reader often are."""
    return _all_in(spot, ("em", "i"))


def all_bold(spot: Spot) -> bool:
    return not spot.heading and _all_in(spot, ("strong", "b"))


def _all_in(spot: Spot, tags: tuple[str, ...]) -> bool:
    """Whether the first inline element, of one of *tags*, opens before the text and closes after it."""
    depth, inside = 0, False
    for piece in spot.block.pieces:
        if isinstance(piece, LexborNode):
            depth += 1
            inside = inside or (piece.tag in tags)
        elif piece is None:
            depth -= 1
            inside = inside and depth > 0
        elif not inside and not piece.isspace():
            return False
    return True


# ---- its element and the boxes around it ---------------------------------------------------------------------------------


def in_p(spot: Spot) -> bool:
    return spot.box.tag == "p"


def in_heading(spot: Spot) -> bool:
    return spot.heading


def in_h1(spot: Spot) -> bool:
    return spot.box.tag == "h1"


def in_low_heading(spot: Spot) -> bool:
    return spot.box.tag in ("h4", "h5", "h6")


def in_li(spot: Spot) -> bool:
    return spot.box.tag == "li" or "li" in spot.tags


def linked_li(spot: Spot) -> bool:
    """A list item that is nothing but a link."""
    return spot.linked >= 0.9 and in_li(spot)


def li_in_linked_list(spot: Spot) -> bool:
    return in_li(spot) and outer_mostly_linked(spot)


def linked_list_late(spot: Spot) -> bool:
    """A list of links behind the third sentence: what else to read. Early ones are tables of contents."""
    return li_in_linked_list(spot) and spot.likes_seen >= 3


def li_after_core(spot: Spot) -> bool:
    """A list item where no sentence of the core is left: comments, rankings, tags."""
    return in_li(spot) and after_core(spot)


def li_sentence(spot: Spot) -> bool:
    return in_li(spot) and spot.like and ends_like_a_sentence(spot)


def li_after_colon(spot: Spot) -> bool:
    """A list that a line ending in a colon announces."""
    return in_li(spot) and spot.before is not None and (in_li(spot.before) or ends_with_colon(spot.before))


def linked_p(spot: Spot) -> bool:
    return spot.linked >= 0.9 and not spot.heading and not in_li(spot)


def in_plain_div(spot: Spot) -> bool:
    return spot.box.tag in ("div", "section", "article", "main", "body")


def in_other_element(spot: Spot) -> bool:
    """A button, label, address, time: neither p, div, list, table nor heading."""
    return not spot.heading and spot.box.tag not in _KNOWN


_KNOWN = frozenset(("p", "div", "section", "article", "main", "body", "li", "td", "th", "blockquote", "pre", "dd", "dt", "figcaption"))


def in_table(spot: Spot) -> bool:
    return "table" in spot.tags


def in_blockquote(spot: Spot) -> bool:
    return "blockquote" in spot.tags


def in_figcaption(spot: Spot) -> bool:
    return "figcaption" in spot.tags


def in_figure(spot: Spot) -> bool:
    return "figure" in spot.tags


def in_nav(spot: Spot) -> bool:
    return "nav" in spot.tags


def in_footer(spot: Spot) -> bool:
    return "footer" in spot.tags


def in_header(spot: Spot) -> bool:
    return "header" in spot.tags


def in_aside(spot: Spot) -> bool:
    return "aside" in spot.tags


def in_form(spot: Spot) -> bool:
    return "form" in spot.tags or "fieldset" in spot.tags


def beside_form(spot: Spot) -> bool:
    """In a small box that holds a form: an invitation to subscribe, to search, to comment."""
    at = spot.outer.index
    return at in spot.ground.forms and spot.ground.mass[at] < _IMAGE_MASS


def in_button(spot: Spot) -> bool:
    return "button" in spot.tags or "label" in spot.tags


def in_wide_article(spot: Spot) -> bool:
    return "wide-article" in spot.tags


def is_hidden(spot: Spot) -> bool:
    return "#hidden" in spot.tokens


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


_IMAGE_LEVELS, _IMAGE_MASS, _IMAGE_TEXTS = 3, 900, 4


# ---- where it stands -----------------------------------------------------------------------------------------------------


def before_h1(spot: Spot) -> bool:
    return spot.block.index < spot.ground.h1


def right_after_h1(spot: Spot) -> bool:
    return 0 <= spot.ground.h1 < spot.block.index <= spot.ground.h1 + 2


def before_first_like(spot: Spot) -> bool:
    return spot.likes_seen == 0 and not spot.like


def first_like(spot: Spot) -> bool:
    return spot.likes_seen == 0 and spot.like


def after_last_like(spot: Spot) -> bool:
    return spot.likes_left == 0 and not spot.like


def last_like(spot: Spot) -> bool:
    return spot.likes_left == 0 and spot.like


def after_core(spot: Spot) -> bool:
    """No article-like block of the core is left, and it is none."""
    return spot.core_left == 0 and not (spot.like and in_core(spot))


def short_after_core(spot: Spot) -> bool:
    return after_core(spot) and spot.mass < 80


def near_likes(spot: Spot) -> bool:
    """An article-like block right before and right after."""
    return spot.since_like == 0 and spot.until_like == 0


def far_from_likes(spot: Spot) -> bool:
    return min(spot.since_like, spot.until_like) >= 4


def after_second_h1(spot: Spot) -> bool:
    """The next article of an endless page."""
    return spot.h1_seen >= 2 and spot.likes_seen >= 3


def under_related_heading(spot: Spot) -> bool:
    return spot.section is not None and is_related_phrase(spot.section)


def under_opening_related(spot: Spot) -> bool:
    return spot.section is not None and spot.section.related > 0


def under_linked_heading(spot: Spot) -> bool:
    """The heading above is a link: a teaser."""
    return spot.section is not None and spot.section.linked > 0.7


def after_related_phrase(spot: Spot) -> bool:
    """The line before is "Read also" or the like."""
    return spot.before is not None and is_related_phrase(spot.before)


def heading_then_link(spot: Spot) -> bool:
    return spot.heading and spot.after is not None and spot.after.linked > 0.7


def heading_then_like(spot: Spot) -> bool:
    return spot.heading and spot.after is not None and spot.after.like


def between_links(spot: Spot) -> bool:
    return spot.before is not None and spot.after is not None and spot.before.linked > 0.7 and spot.after.linked > 0.7


def line_of_breaks(spot: Spot) -> bool:
    """One of several lines parted by two <br>."""
    return spot.block.line_number > 0


# ---- what the page says elsewhere ----------------------------------------------------------------------------------------


def is_title(spot: Spot) -> bool:
    return spot.key in spot.ground.title_keys


def opens_lead(spot: Spot) -> bool:
    """A description or teaser opens with it, or it with the teaser."""
    key = spot.key
    return len(key) >= 12 and any(lead.startswith(key[:40]) or key.startswith(lead[:40]) for lead in spot.ground.lead_keys)


def in_article_body(spot: Spot) -> bool:
    """JSON-LD's articleBody holds it word for word."""
    return len(spot.key) >= 12 and spot.key in spot.ground.body_key


def missing_in_article_body(spot: Spot) -> bool:
    """There is a long articleBody, and it does not hold this."""
    body = spot.ground.body_key
    return len(body) >= 800 and len(spot.key) >= 12 and spot.key not in body


def repeats_another(spot: Spot) -> bool:
    """A pull quote: the same words are part of another block."""
    if not 15 <= len(spot.key) <= 400:
        return False
    return spot.ground.all_keys.count(spot.key) > 1


def in_series(spot: Spot) -> bool:
    """Three lines or more begin alike, in whatever language: "Read also: …"."""
    return spot.series >= 3


def linked_series(spot: Spot) -> bool:
    """…each with a link behind it, as lines of their own."""
    return spot.series >= 3 and spot.linked > 0.3 and not spot.heading and not in_li(spot)


def like_twin(spot: Spot) -> bool:
    """A whole sentence that the page says twice: a slider, a caption, a teaser of itself."""
    return spot.twins > 0 and spot.like
