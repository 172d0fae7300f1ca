"""Notes at the end (and corrections at the head) of a text, told by how their line begins and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.inline import inline_html
from broadsheet.extraction.body.questions import REASON as QUESTION
from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Note, NoteKind

TAIL = 6
"""A note stands among the last six kept blocks, or among the twelve right after them."""

NOTE_MASS = 500
"""The longest line taken for a note, in letters."""

BIO_MASS = 40
"""The shortest line taken for an author's biography by its class alone, in letters."""

_AUTHOR_TOKENS = frozenset(("bio", "biography", "contributor", "contributors", "aboutauthor", "authorbio"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """The notes found, in reading order."""

    notes: tuple[Note, ...] = ()


def part_notes(choices: Sequence[Choice], base: str) -> tuple[list[Choice], Tail]:
    """*choices* with note lines dropped from the text, and the notes."""
    kept = [at for at, choice in enumerate(choices) if choice.kept]
    if not kept:
        return list(choices), Tail()
    start = kept[max(0, len(kept) - TAIL)]
    end = kept[-1] + 2 * TAIL
    out, notes = list(choices), []
    for at, choice in enumerate(choices[start:end], start):
        kind = _kind(choice)
        if kind is None or at == kept[0]:
            continue
        html = sanitize(f"<p>{inline_html(choice.spot.block, base)}</p>", base_url=base)
        if html:
            notes.append(Note(kind=kind, html=html))
            out[at] = Choice(choice.spot, False, choice.odds, f"note: {kind}")
    return out, Tail(notes=tuple(notes))


def _kind(choice: Choice) -> NoteKind | None:
    """Which kind of note a line is, None for text."""
    spot = choice.spot
    if spot.mass > NOTE_MASS or spot.heading or choice.reason == QUESTION:  # "记者：…？" is asked by a reporter, not signed by one
        return None
    for kind, pattern in _patterns():
        if kind == "author" and choice.kept:  # "… is a professor …" is said of many people in a text
            continue
        if pattern.match(spot.text):
            return kind
    if not choice.kept and spot.mass >= BIO_MASS and spot.linked < 0.5 and spot.tokens & _AUTHOR_TOKENS:
        return "author"
    return None


@cache
def _patterns() -> tuple[tuple[NoteKind, re.Pattern[str]], ...]:
    """Each kind that has a file `words/<kind>.txt`, and the beginnings of lines in it as one pattern."""
    kinds: tuple[NoteKind, ...] = get_args(NoteKind)
    files_of = {kind: files(__package__) / "words" / f"{kind}.txt" for kind in kinds}
    return tuple((kind, _pattern(file.read_text(encoding="utf-8"))) for kind, file in files_of.items() if file.is_file())


def _pattern(text: str) -> re.Pattern[str]:
    """The lines of a file as one pattern for `match`: most begin with `^`, and searching the whole of a text takes four times as long."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(f"(?:{line})" if line.startswith("^") else f"(?:.*?{line})" for line in lines), re.I)
