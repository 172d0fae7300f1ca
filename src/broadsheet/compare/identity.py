"""Which entry is which: the keys an entry is known by, and a feed's entries sorted into new, changed and known.

A publisher changes guids, moves to https, adds tracking, re-orders, repeats one guid for every item, or gives neither guid nor link; the
same story must stay one, and two stories must stay two. Losing one is worse than doubling one, so where the evidence is torn, an
entry counts as another story.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.compare.near_duplicate import fingerprint, is_near
from broadsheet.model import Article, ChangedEntry, Entry, EntryKeys, KnownEntry, Matches, NewEntry
from broadsheet.text.plain import collapse, comparison_key, xml_text
from broadsheet.urls import identity_key, is_http

KEY_LENGTH = 255
"""Longest key, in characters: what the store's columns and PostgreSQL's indexes take. A longer one is cut and ends in a hash of the whole."""

_TAG = re.compile(r"<[^<>]*>")
_FRONT_PATHS = re.compile(r"(?:index\.\w+|default\.\w+|home)?", re.IGNORECASE)


def entry_keys(entry: Entry) -> EntryKeys:
    """What *entry* may be recognised by.

    An entry without a title is taken by the words of its text. Title and date together count only with both, but for an entry with
    neither guid nor link, which has nothing else.
    """
    guid = collapse(xml_text(entry.guid or ""))
    link = address_key(entry.link)
    words = _words(entry)
    return EntryKeys(
        guid=_bounded(guid) if guid else None,
        link=link,
        title=_bounded(words) if words else None,
        title_date=_title_date(entry, words, alone=not guid and link is None),
    )


def entry_digest(entry: Entry) -> str:
    """Changes when the publisher's words do: title, summary, content, or the stated time of change.

    Only the words count: the HTML of a feed carries counting pixels and ever new addresses of advertisements.
    """
    updated = entry.updated.raw if entry.updated else ""
    return _hash(collapse(entry.title or ""), _plain(entry.summary_html), _plain(entry.content_html), updated)


def match_entries(entries: Sequence[Entry], known: Sequence[KnownEntry]) -> Matches:
    """Sort a feed's *entries* by what they are to us. *known* are those that share a key with any of them.

    An entry is recognised by its guid, else its link, else its title and date; a known entry is recognised at most once. An
    item that stands twice in the feed counts once, and one that states nothing at all does not count.
    """
    stated = _distinct(_Stated.of(entry) for entry in entries)
    recognised = _recognise(stated, known)
    new, changed, moved, same = [], [], [], []
    for place, one in enumerate(stated):
        earlier = recognised.get(place)
        if earlier is None:
            new.append(NewEntry(entry=one.entry, keys=one.keys, digest=one.digest))
        elif one.digest != earlier.digest:
            changed.append(ChangedEntry(id=earlier.id, entry=one.entry, keys=one.keys, digest=one.digest))
        elif one.keys != earlier.keys:
            moved.append(ChangedEntry(id=earlier.id, entry=one.entry, keys=one.keys, digest=one.digest, fetch=False))
        else:
            same.append(earlier.id)
    return Matches(new=tuple(new), changed=tuple(changed), moved=tuple(moved), same=tuple(same))


def address_key(url: str | None) -> str | None:
    """The key of an address, None for what is not one."""
    return _bounded(identity_key(url)) if url and is_http(url) else None


def article_keys(article: Article, *entry_urls: str | None, holder: Article | None = None) -> tuple[str, ...]:
    """The keys of the addresses *article* is known under: those its entry gave (*entry_urls*), where it was read, its canonical URL.

    *holder* is the article that is known under one of them already. If that tells another story, only the entry's own addresses count:
    some templates name one page as canonical for every story, some servers lead all expired stories to one page, entries without a link
    are read at their feed's home, and all of them would become one article. The front of a site never counts.
    """
    given = _story_keys(*entry_urls)
    if holder is not None and not is_same_story(article, holder):
        return given
    return tuple(dict.fromkeys((*given, *_story_keys(article.url, article.canonical_url))))


def is_same_story(one: Article, other: Article) -> bool:
    """Whether two readings that share an address tell one story: the same title, or nearly the same text."""
    titles = comparison_key(one.title), comparison_key(other.title)
    if titles[0] and titles[0] == titles[1]:
        return True
    sketches = fingerprint(one.text), fingerprint(other.text)
    return sketches[0] is not None and sketches[1] is not None and is_near(sketches[0], sketches[1])


def is_front(key: str) -> bool:
    """Whether an address key leads to the front of a site."""
    return _FRONT_PATHS.fullmatch(key.partition("/")[2]) is not None


def _story_keys(*urls: str | None) -> tuple[str, ...]:
    return tuple(key for url in urls if (key := address_key(url)) is not None and not is_front(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """An entry with what it is recognised by."""

    entry: Entry
    keys: EntryKeys
    digest: str

    @classmethod
    def of(cls, entry: Entry) -> _Stated:
        return cls(entry=entry, keys=entry_keys(entry), digest=entry_digest(entry))

    @property
    def published_at(self) -> datetime | None:
        stated = self.entry.published
        return stated.at if stated and stated.has_time else None


_KeyOf = Callable[[EntryKeys], EntryKeys | str | None]
_MayBe = Callable[[_Stated, KnownEntry], bool]


def _distinct(stated: Iterable[_Stated]) -> list[_Stated]:
    """The items without those that repeat an earlier one, or state nothing."""
    kept: dict[tuple[str | None, ...], _Stated] = {}
    for one in stated:
        if one.keys != EntryKeys():
            kept.setdefault(_item(one.keys), one)
    return list(kept.values())


def _item(keys: EntryKeys) -> tuple[str | None, ...]:
    """Equal for two items of one feed that are the same story: one address and title, or one guid, title and date."""
    return ("link", keys.link, keys.title) if keys.link else ("guid", keys.guid, keys.title, keys.title_date)


def _recognise(stated: Sequence[_Stated], known: Sequence[KnownEntry]) -> dict[int, KnownEntry]:
    """Which known entry each place of the feed is; the surest key is followed first, through the whole feed."""
    found: dict[int, KnownEntry] = {}
    taken: set[int] = set()
    for key_of, may_be in _BY_TRUST:
        uses = Counter(key_of(one.keys) for one in stated)
        shelves = _shelved(known, key_of)
        for place, one in enumerate(stated):
            key = key_of(one.keys)
            if place in found or key is None:
                continue
            rule = may_be if uses[key] == 1 and len(shelves[key]) == 1 else _same_by_all
            earlier = next((each for each in shelves[key] if each.id not in taken and rule(one, each)), None)
            if earlier is not None:
                found[place] = earlier
                taken.add(earlier.id)
    return found


def _shelved(known: Sequence[KnownEntry], key_of: _KeyOf) -> Mapping[EntryKeys | str | None, list[KnownEntry]]:
    shelves: dict[EntryKeys | str | None, list[KnownEntry]] = defaultdict(list)
    for earlier in known:
        shelves[key_of(earlier.keys)].append(earlier)
    return shelves


def _same_by_guid(one: _Stated, earlier: KnownEntry) -> bool:
    """A known guid is the same story, unless link and title are both others: some feeds give all their items one guid, or count anew.

    The same stated minute outweighs that: a story re-titled before anyone read it gets a new address as well.
    """
    both_differ = _differ(one.keys.link, earlier.keys.link) and _differ(one.keys.title, earlier.keys.title)
    return not both_differ or (one.published_at is not None and one.published_at == earlier.published_at)


def _same_by_link(_one: _Stated, _earlier: KnownEntry) -> bool:
    """One address is one story, whatever else was changed about it."""
    return True


def _same_by_title_and_date(_one: _Stated, _earlier: KnownEntry) -> bool:
    """The same title at the same time is the same story in a new system, with new guids and addresses."""
    return True


def _same_by_all(one: _Stated, earlier: KnownEntry) -> bool:
    """For a key that several stories share, which by itself tells nothing: the title must agree, and nothing may disagree."""
    return (
        one.keys.title == earlier.keys.title and not _differ(one.keys.link, earlier.keys.link) and not _differ(one.published_at, earlier.published_at)
    )


def _same(_one: _Stated, _earlier: KnownEntry) -> bool:
    """Nothing moved at all: by far the usual case, and never to be confused with a look-alike."""
    return True


_BY_TRUST: tuple[tuple[_KeyOf, _MayBe], ...] = (
    (lambda keys: keys, _same),
    (lambda keys: keys.guid, _same_by_guid),
    (lambda keys: keys.link, _same_by_link),
    (lambda keys: keys.title_date, _same_by_title_and_date),
)


def _differ(one: object, other: object) -> bool:
    """Whether both are known and not the same."""
    return one is not None and other is not None and one != other


def _words(entry: Entry) -> str:
    """The words that name the entry: its title's, else its text's, else its file's address."""
    files = " ".join(enclosure.url for enclosure in entry.enclosures)
    return next((words for text in (entry.title, entry.summary_html, entry.content_html, files) if (words := _plain(text))), "")


def _title_date(entry: Entry, words: str, *, alone: bool) -> str | None:
    date = entry.published or entry.updated
    moment = (date.at.isoformat() if date.at else collapse(date.raw)) if date else ""
    return _hash(words, moment) if words and (moment or alone) else None


def _plain(text: str | None) -> str:
    """Only the words of a text or of HTML."""
    return comparison_key(html.unescape(_TAG.sub(" ", text))) if text else ""


def _bounded(key: str) -> str:
    key = xml_text(key)
    return key if len(key) <= KEY_LENGTH else f"{key[: KEY_LENGTH - 33]}#{_hash(key)[:32]}"


def _hash(*parts: str) -> str:
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode(errors="replace")).hexdigest()
