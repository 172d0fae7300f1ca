"""Who is who: the keys an entry is known by, what we know of earlier entries, and the fingerprint of a text.

Made by `compare`, kept by `store`; neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from broadsheet.model.feed import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKeys:
    """What an entry may be recognised by. Each is None when the entry gives nothing to make it from.

    *link* is the address without what varies (scheme, tracking …); *title* the words of the title; *title_date* both title and stated time.
    Keys are opaque and at most 255 characters long.
    """

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    title_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An entry we have, as far as recognising it again needs it. *digest* changes when the publisher's words do."""

    id: int
    keys: EntryKeys
    digest: str
    published_at: datetime | None = None  # only a full date with its time


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry not seen before. Its page is fetched at *due* (None: at once), unless *fetch* is off."""

    entry: Entry
    keys: EntryKeys
    digest: str
    due: datetime | None = None
    fetch: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEntry:
    """Entry *id*, stated anew. *fetch* is off when only its keys moved (new guid, https, tracking) and not its words."""

    id: int
    entry: Entry
    keys: EntryKeys
    digest: str
    due: datetime | None = None
    fetch: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """The entries of one feed, sorted by what they are to us. *new*, *changed* and *moved* go to the store; *same* are ids."""

    new: tuple[NewEntry, ...] = ()
    changed: tuple[ChangedEntry, ...] = ()  # the words differ
    moved: tuple[ChangedEntry, ...] = ()  # only the keys differ
    same: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A sketch of a text. Only sketches of one *scheme* can be compared; texts that share no *band* are not near."""

    scheme: str
    signature: bytes = field(repr=False)
    bands: tuple[str, ...] = field(repr=False)
