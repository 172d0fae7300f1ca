"""Part of a body for who asks for a part (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from *start* up to, without, *end*. An empty one cannot be satisfied."""

    start: int
    end: int
    length: int  # of the whole

    @property
    def is_satisfiable(self) -> bool:
        return self.start < self.end

    @property
    def content_range(self) -> str:
        """The value of Content-Range, for 206 and for 416."""
        return f"bytes {self.start}-{self.end - 1}/{self.length}" if self.is_satisfiable else f"bytes */{self.length}"


def part_of(length: int, asked: str | None, *, if_range: str | None = None, etag: str | None = None) -> Part | None:
    """The part that a Range header asks for, None for the whole: without one, with several ranges, one that cannot be read, or an If-Range
    that names another tag than *etag* (a date is never taken for one: we would have to be sure that it is exact)."""
    if asked is None or (if_range is not None and if_range.strip() != etag):
        return None
    found = _ONE.fullmatch(asked.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:  # the last so many
        last = int(found[2])
        return Part(max(0, length - last), length, length) if last else Part(0, 0, length)
    start = int(found[1])
    end = int(found[2]) + 1 if found[2] else length
    if found[2] and end <= start:
        return None  # not valid, and to be ignored (section 14.1.1)
    return Part(start, min(end, length), length) if start < length else Part(0, 0, length)
