"""What is remembered of a site: what its last pages had in common, and what has changed about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTrace:
    """What an article's page leaves behind. The numbers are 64-bit hashes: of an address, of the letters of a text, of a picture's address.

    *path* are the elements around the text, outermost first, as `tag.word.word`. But for *letters*, those of the body as it came out,
    a trace is the same whatever was remembered before.
    """

    page: int
    title: int
    read_at: datetime
    path: tuple[str, ...] = ()
    texts: tuple[int, ...] = ()  # blocks long enough for a sentence
    lines: tuple[int, ...] = ()  # shorter ones
    pictures: tuple[int, ...] = ()
    letters: int = 0  # of the body
    source_id: str = ""


STEP = " > "
"""Stands between the elements of a path that is written on one line."""

SiteChangeKind = Literal["moved", "shorter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChange:
    """A site that is no longer what it was: its articles stand elsewhere on the page ("moved"), or come out much "shorter"."""

    kind: SiteChangeKind
    since: datetime
    was: str
    now: str

    @property
    def in_words(self) -> str:
        """One line for the person who watches the site."""
        if self.kind == "moved":
            return f"site changed on {self.since:%Y-%m-%d}: articles are now found in {_end(self.now)}, before in {_end(self.was)}"
        return f"articles have come out much shorter since {self.since:%Y-%m-%d}: {self.now} letters, before {self.was}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMemory:
    """The last pages read at a host, the latest last, and the change that shows in them, if there is one."""

    host: str
    pages: tuple[PageTrace, ...] = ()
    change: SiteChange | None = None


def _end(path: str) -> str:
    """The last elements of a path: those nearest to the text tell a person enough."""
    return STEP.join(path.split(STEP)[-3:])
