"""The first hearing: what a block's own signals say of it, each asked no more often than its answer can change.

Asking every signal about every block is most of what an article costs. But side by side in the same make of box two blocks have the
same element, template and menus around them; and only list items need be asked about lists. Two tables say so. A signal in neither
is asked about every block: the tables save time and change nothing (a law in the tests).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, NamedTuple

from broadsheet.extraction.body.signals import boxes, element, elsewhere, line, lists, place, wording
from broadsheet.extraction.body.spots import Spot
from broadsheet.extraction.body.surroundings import Setting
from broadsheet.extraction.body.weights import BIAS, NEWS, NEWS_BIAS, WEIGHTS, Signal

Condition = Callable[[Spot], Any]  # heard if true

SHARED: Mapping[Callable[[Spot], Hashable], Collection[Signal]] = {
    attrgetter("setting"): (
        element.in_p, element.in_heading, element.in_h1, element.in_low_heading, lists.in_li, element.in_plain_div, element.in_other_element,
        element.in_table, element.in_blockquote, element.in_figcaption, element.in_figure, element.in_nav, element.in_footer,
        element.in_header, element.in_aside, element.in_form, element.in_button, element.in_wide_article, boxes.is_hidden,
        boxes.in_discussion, boxes.in_core, boxes.one_above_core, boxes.far_above_core, boxes.three_below, boxes.far_below, boxes.same_shape,
    ),
    attrgetter("outer.index"): (
        boxes.outer_mostly_linked, boxes.outer_hardly_linked, boxes.outer_small, boxes.outer_wide, boxes.one_of_three_cards,
        boxes.beside_form, boxes.beside_button, boxes.beside_image, boxes.beside_player,
    ),
    lambda spot: bisect_right(line.MASS_BOUNDS, spot.mass): (
        line.mass_under_15, line.mass_15_to_40, line.mass_40_to_80, line.mass_80_to_160, line.mass_160_to_320, line.mass_from_320,
    ),
}  # fmt: skip
"""Signals whose answer depends on nothing but the key before them: asked of the first block with each key."""

ONLY_IF: Mapping[Condition, Collection[Signal]] = {
    attrgetter("like"): (boxes.sentence_of_core, boxes.like_but_other_shape, boxes.like_but_other_make),
    attrgetter("heading"): (place.heading_then_link, place.heading_then_like),
    attrgetter("section"): (place.under_linked_heading, wording.under_related_heading, wording.under_opening_related),
    attrgetter("linked"): (line.some_links, line.half_linked, line.all_linked, line.all_linked_and_long, lists.linked_p, line.label_then_link),
    attrgetter("twins"): (elsewhere.said_thrice, elsewhere.like_twin),
    attrgetter("ground.body_key"): (elsewhere.in_article_body, elsewhere.missing_in_article_body),
    attrgetter("said.found"): (
        wording.opens_related, wording.is_related_phrase, wording.related_and_linked, wording.opens_with_notice, wording.holds_notice,
        wording.holds_two_notices, wording.opens_with_credit, wording.holds_credit, wording.ends_with_credit, wording.opens_with_byline,
        wording.notice_with_link,
    ),
    elsewhere.in_series: (elsewhere.in_series, elsewhere.linked_series),
    lists.in_li: (
        lists.linked_li, lists.li_in_linked_list, lists.linked_list_late, lists.li_after_core, lists.li_sentence, lists.li_after_colon,
    ),
    lambda spot: not spot.text[-1:].isalnum(): (line.ends_like_a_sentence, line.ends_with_colon, line.ends_with_ellipsis),
    lambda spot: spot.mass < line.SHORT: (line.short_without_end, place.short_after_core, place.short_but_same_make),
    boxes.same_make: (boxes.same_make, boxes.same_make_outside),
    place.after_core: (place.after_core, place.same_make_after_core, place.closes_text),
    lambda spot: not spot.likes_seen or not spot.likes_left: (
        place.before_first_like, place.first_like, place.after_last_like, place.last_like,
    ),
    line.holds_digits: (line.many_digits, line.short_with_date),
    line.opens_in_style: (line.all_slanted, line.all_bold),
}  # fmt: skip
"""Signals that can say yes only where the condition before them holds."""


Weighed = tuple[tuple[Signal, float], ...]

_LISTED = frozenset(signal for table in (SHARED, ONLY_IF) for signals in table.values() for signal in signals)


class Tables(NamedTuple):
    """The signals of the two tables above with what they weigh on one kind of page, and those in neither."""

    bias: float
    shared: tuple[tuple[Callable[[Spot], Hashable], Weighed], ...]
    only_if: tuple[tuple[Condition, Weighed], ...]
    always: Weighed


@cache
def weights_of(*, news: bool) -> Mapping[Signal, float]:
    """What each signal weighs on a page that calls itself news, or on any other."""
    return {signal: weight + NEWS[signal] for signal, weight in WEIGHTS.items()} if news else WEIGHTS


@cache
def tables_of(*, news: bool) -> Tables:
    """The tables for such a page."""
    weights = weights_of(news=news)

    def weighed(signals: Collection[Signal]) -> Weighed:
        return tuple((signal, weights[signal]) for signal in signals if signal in weights)

    return Tables(
        bias=BIAS + NEWS_BIAS if news else BIAS,
        shared=tuple((key, weighed(signals)) for key, signals in SHARED.items()),
        only_if=tuple((holds, weighed(signals)) for holds, signals in ONLY_IF.items()),
        always=weighed([signal for signal in weights if signal not in _LISTED]),
    )


def hear(spots: Sequence[Spot]) -> None:
    """Give every spot the log-odds that it is text, by itself.

    One signal after the other is asked about all spots, not one spot about all signals: the interpreter goes through a short loop in
    half the time that it takes to go from function to function.
    """
    bias, shared, only_if, always = tables_of(news=bool(spots) and spots[0].ground.news)
    for spot, names in zip(spots, _names(spots), strict=True):
        spot.odds = bias + names
    _add(spots, always)
    for holds, signals in only_if:
        _add([spot for spot in spots if holds(spot)], signals)
    for key_of, signals in shared:
        keys = [key_of(spot) for spot in spots]
        one_each = dict(zip(keys, spots, strict=True))
        shares = dict.fromkeys(one_each, 0.0)
        for signal, weight in signals:
            for key, spot in one_each.items():
                if signal(spot):
                    shares[key] += weight
        for key, spot in zip(keys, spots, strict=True):
            spot.odds += shares[key]


def _add(spots: Sequence[Spot], signals: Weighed) -> None:
    for signal, weight in signals:
        for spot in spots:
            if signal(spot):
                spot.odds += weight


@dataclass(slots=True, eq=False)
class _Names:
    """Class words that are not heard again (*wide* ones never are), and what those that were weigh together."""

    words: frozenset[str]
    odds: float


def _names(spots: Sequence[Spot]) -> list[float]:
    """What the class words around each spot weigh."""
    known: dict[Setting, _Names] = {}
    return [(known.get(spot.setting) or _named(spot.setting, spot.ground.wide, known)).odds for spot in spots]


def _named(setting: Setting, wide: frozenset[str], known: dict[Setting, _Names]) -> _Names:
    """The names around a box: those of the box around it, and what its own add to them."""
    weigh, weighed = token_weights().__getitem__, _weighed_words()
    inner: list[Setting] = []
    at: Setting | None = setting
    while at is not None and at not in known:
        inner.append(at)
        at = at.outer
    names = known[at] if at is not None else _Names(wide, 0.0)
    for one in reversed(inner):
        if (new := one.own & weighed) and (new := new - names.words) and not one.is_crowded:
            names = _Names(names.words | new, names.odds + math.fsum(map(weigh, new)))
        known[one] = names
    return names


@cache
def _weighed_words() -> frozenset[str]:
    return frozenset(token_weights())


@cache
def token_weights() -> Mapping[str, float]:
    """What a word in a class name weighs, in log-odds; learned like the signals' weights."""
    lines = (files(__package__) / "tokens.txt").read_text(encoding="utf-8").splitlines()
    return {token: float(weight) for token, weight in (line.split("\t") for line in lines)}
