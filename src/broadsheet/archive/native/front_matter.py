"""Front matter: one field a line, `name: value`, each value JSON. That is YAML as well, so other tools read it.

---
broadsheet: 1
title: "…"
people: [{"name": "Ana Lima"}]
---
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, NamedTuple

import msgspec

FENCE = "---"
# Characters that JSON lets through as they are and YAML, editors or terminals do not (YAML 1.2, section 5.1), and lone surrogates.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class FrontMatter(NamedTuple):
    """What the block held: values by name, the line each stood on, and how many lines it took with its fences."""

    values: dict[str, Any]
    line_of: dict[str, int]
    length: int


def write_front_matter(values: Mapping[str, Any]) -> str:
    """The block with its fences. What is None, or a dataclass's default, is left out."""
    lines = (f"{name}: {_json(plain(value))}" for name, value in values.items() if value is not None)
    return "\n".join((FENCE, *lines, FENCE)) + "\n"


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """The block at the head of *lines*. Raises BadLine with the number of the line that cannot be read."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != FENCE:
        raise BadLine(1, "does not open with ---")
    values: dict[str, Any] = {}
    line_of: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == FENCE:
            return FrontMatter(values, line_of, number)
        name, value = _read_line(number, line)
        values[name], line_of[name] = value, number
    raise BadLine(len(lines), "ends before the closing ---")


class BadLine(Exception):
    """A line of a file that cannot be read; its reader makes an ArchiveError of it, which knows the file."""

    def __init__(self, number: int, what: str) -> None:
        self.number = number
        self.what = what
        super().__init__(f"line {number} {what}")


def _read_line(number: int, line: str) -> tuple[str, Any]:
    name, colon, value = line.partition(": ")
    if not colon or not name.isidentifier():
        raise BadLine(number, "is no field of the form name: value")
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError) as error:
        raise BadLine(number, f"holds no JSON value: {error}") from error


def plain(value: Any) -> Any:
    """*value* as JSON types: dataclasses as objects without their defaults, times as ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        own = ((one, getattr(value, one.name)) for one in fields(value))
        return {one.name: plain(held) for one, held in own if one.default is MISSING or held != one.default}
    if isinstance(value, (tuple, list)):
        return [plain(held) for held in value]
    if isinstance(value, Mapping):
        return {name: plain(held) for name, held in value.items()}
    return msgspec.to_builtins(value)


def _json(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
