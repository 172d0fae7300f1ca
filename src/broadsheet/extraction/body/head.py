"""What stands above the text and has fields of its own: headline, standfirst, byline; and what a next page repeats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.signals.line import ends_like_a_sentence
from broadsheet.extraction.info_line import is_info_line
from broadsheet.extraction.site_memory import NO_REPEATS, Repeats
from broadsheet.text.plain import comparison_key

HEAD_LIKES = 3
"""Headline, standfirst and byline are looked for before the third article-like block only: a teaser can recur later on."""

BYLINE_MASS = 120
"""A line of nothing but the authors' names is no longer than this."""

LABELLED_MASS = 250
"""…and one of fields with labels (date, source, author, size of type), no longer than this."""

LABELS = 2
"""A line under the headline with a date and this many labels is the story's particulars: "2026年5月3日 来源：… 作者：…"."""

_DATED = re.compile(r"\b(?:19|20)\d\d\s?(?:[-./]|年)\s?\d{1,2}\b|\d{1,2}[:：]\d{2}\b")
_LABEL = re.compile(r"(?:^|[\s　|｜])[^\s:：]{1,12}\s?[:：](?=\s?[^\W\d])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What has fields of its own and must not stand in the body a second time."""

    headline: str | None = None
    standfirst: str | None = None
    names: tuple[str, ...] = ()
    lead_image: str | None = None
    seen: frozenset[str] = frozenset()  # keys of lines read on an earlier page of the same story
    repeats: Repeats = NO_REPEATS  # what the site's other pages hold too


def opens_with(choices: Sequence[Choice], head: Head) -> bool:
    """Whether the stated standfirst is but the first paragraph: kept, and of the same template as the text that follows.

    A description in the page's head is often a copy of the first paragraph; taking that out of the body would cut the text.
    """
    said = comparison_key(head.standfirst or "")
    lines = (choice for choice in choices if choice.kept and not choice.spot.heading and choice.spot.mass >= 20)
    first = next((choice.spot for choice in lines if not _is_labelled(choice) and not _is_dated(choice, head.names)), None)
    if first is None or not said:
        return False
    return first.key.startswith(said[:200]) and first.setting.shape == first.ground.shape and first.ground.above[first.block.box] == 0


def without_head(choices: Sequence[Choice], head: Head, *, keep_standfirst: bool) -> list[Choice]:
    """The choices with what the head's fields say dropped from the first blocks, and what an earlier page said."""
    taken = {} if keep_standfirst else {comparison_key(head.standfirst or ""): "standfirst"}
    taken[comparison_key(head.headline or "")] = "headline"
    taken.pop("", None)
    names = comparison_key("".join(head.names))
    out = []
    for choice in choices:
        reason = _taken_by(choice, taken, names, head) if choice.spot.likes_seen < HEAD_LIKES else ""
        out.append(replace(choice, kept=False, reason=reason) if reason else choice)
    return out


def _taken_by(choice: Choice, taken: Mapping[str, str], names: str, head: Head) -> str:
    """The field that says the same as the block, "" if none does. *taken* has the fields by what they say."""
    key = choice.spot.key
    if key in taken:
        return taken[key]
    if (names and choice.spot.mass < BYLINE_MASS and key == names) or _is_labelled(choice) or _is_dated(choice, head.names):
        return "byline"
    return "said on an earlier page" if key in head.seen else ""


def _is_dated(choice: Choice, names: Sequence[str]) -> bool:
    """Whether a line above the text holds hardly more than a date and the authors: "2026年2月28日 15時00分 【水城千早記者】"."""
    if not _is_above_text(choice):
        return False
    text = choice.spot.text
    for name in names:
        text = text.replace(name, "")
    return is_info_line(text)


def _is_above_text(choice: Choice) -> bool:
    spot = choice.spot
    return spot.mass <= LABELLED_MASS and not spot.heading and spot.likes_seen == 0 and spot.block.index >= spot.ground.h1


def _is_labelled(choice: Choice) -> bool:
    """Whether a line above the text is made up of a date and labelled fields.

    Chinese papers set them as one line, whose few characters weigh as much as a sentence.
    """
    spot = choice.spot
    if not _is_above_text(choice):
        return False
    return _DATED.search(spot.text) is not None and len(_LABEL.findall(spot.text)) >= LABELS and not ends_like_a_sentence(spot)
