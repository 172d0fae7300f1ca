"""The evidence as lines for a terminal, none wider than WIDTH columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from rich.cells import cell_len, set_cell_size

from broadsheet.library.explaining.findings import Field, Findings, Form, findings_of, why
from broadsheet.model import Extraction, Verdict

WIDTH = 100

_NAME, _SIGNAL, _TAG = 15, 24, 18  # columns
_REASONS = 3
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FATES = {"kept": "keep ", "own field": "field", "dropped": "drop "}


def in_words(extraction: Extraction) -> Iterator[str]:
    """For each field the value chosen and its ballot; then what was done with the page, and with each block of it."""
    found = findings_of(extraction)
    yield from (_cut(found.title or "(no headline)"), _cut(found.url), "")
    yield from _about(found)
    yield "Fields, with what was said for each (= agrees with what was chosen)"
    for field in found.fields:
        yield from _field(field)
    for form in found.forms:
        yield ""
        yield from _form(form)


def _about(found: Findings) -> Iterator[str]:
    lines = [f"{found.completeness}, access {found.access}"] if found.completeness != "full" or found.access != "unknown" else []
    lines += [*found.remarks, *(f"wants the {want.kind} page {want.url}{f': {want.reason}' if want.reason else ''}" for want in found.wants)]
    yield from (_cut(line) for line in lines)
    if lines:
        yield ""


def _field(field: Field) -> Iterator[str]:
    yield _cut(f"  {_padded(field.name, _NAME)} {field.value or '-'}")
    for said in field.ballot:
        mark = "=" if said.agrees else " "
        value = "" if said.agrees else said.value
        rest = " · ".join(part for part in (value, f"saw {said.saw}" if said.saw else "") if part)
        yield _cut(f"    {said.weight:+6.2f} {mark} {_padded(said.signal, _SIGNAL)} {rest}")


def _form(form: Form) -> Iterator[str]:
    kept, fields, dropped = (form.count(fate) for fate in _FATES)
    yield f"{'Body' if form.used else 'Not used'}: {kept} blocks kept ({form.letters:,} letters), {fields} are fields, {dropped} left out"
    yield from (_cut(f"  {remark}") for remark in form.remarks)
    for outside, verdicts in groupby(form.verdicts, key=_never_looked_at):
        if outside:
            yield _cut(f"  drop         {sum(1 for _ in verdicts)} × {outside}")
        else:
            for verdict in verdicts:
                yield from _block(verdict)


def _never_looked_at(verdict: Verdict) -> str:
    """Why a text was never weighed: menus and footers by the hundred, which one line is enough for. "" for any other block."""
    return verdict.reason if verdict.kind == "text" and verdict.fate == "dropped" and verdict.odds is None else ""


def _block(verdict: Verdict) -> Iterator[str]:
    odds = "     " if verdict.odds is None else f"{verdict.odds:+5.1f}"
    name = verdict.around.name if verdict.around else ""
    tag = f"[{verdict.kind}]" if verdict.kind != "text" else name
    yield _cut(f"  {_FATES[verdict.fate]} {odds} {_padded(tag, _TAG)} {verdict.text}")
    if reasons := why(verdict, votes=_REASONS):
        yield _cut(f"{' ' * 14}{reasons}")


def _padded(text: str, columns: int) -> str:
    return set_cell_size(text, columns) if cell_len(text) <= columns else f"{set_cell_size(text, columns - 1)}…"


def _cut(line: str) -> str:
    """*line* within WIDTH; Han and kana characters are two columns wide. What would steer a terminal is left out."""
    line = _STEERING.sub("", line).rstrip()
    return line if cell_len(line) <= WIDTH else f"{set_cell_size(line, WIDTH - 1)}…"
