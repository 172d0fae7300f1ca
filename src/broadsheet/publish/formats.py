"""The table of published formats. An added format is a line here: the server, the static tree and the pages find it by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from broadsheet.model import Collection
from broadsheet.publish import atom, json_feed, rss
from broadsheet.publish.item import Item, items_of
from broadsheet.publish.notice import notices_in
from broadsheet.publish.options import PublishOptions

__all__ = ["FORMATS", "Format", "render_atom", "render_json", "render_rss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One published format: how its head and an entry are written, and what stands between entries and after the last.

    *suffix* ends its file's name, *label* is what pages call it. An entry is written the same in every feed, so that it can be kept.
    """

    name: str
    label: str
    suffix: str
    media_type: str  # as in Content-Type
    head: Callable[[Collection, PublishOptions], bytes]
    entry: Callable[[Item], bytes]
    foot: bytes
    between: bytes = b""

    def stream(self, collection: Collection, options: PublishOptions, entries: Iterable[bytes]) -> Iterator[bytes]:
        """A feed in pieces: notices of what is wrong with its source, then *entries*, taken one at a time and only as long as they fit."""
        yield self.head(collection, options)
        notices = map(self.entry, notices_in(collection, days=options.notice_days))
        for number, entry in enumerate(within(options.max_bytes, chain(notices, entries))):
            yield self.between + entry if number else entry
        yield self.foot

    def render(self, collection: Collection, options: PublishOptions) -> bytes:
        """The collection's articles as one document, UTF-8."""
        return b"".join(self.stream(collection, options, map(self.entry, items_of(collection, options))))


def within(limit_bytes: int, entries: Iterable[bytes]) -> Iterator[bytes]:
    """As many of the *entries* as fit, the first always: an article too long for the limit must not empty the feed."""
    total = 0
    for entry in entries:
        if total and total + len(entry) > limit_bytes:
            return
        total += len(entry)
        yield entry


_UTF8 = "; charset=utf-8"

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(name="rss", label="RSS", suffix=".rss", media_type=rss.MEDIA_TYPE + _UTF8, head=rss.head, entry=rss.entry, foot=rss.FOOT),
        Format(name="atom", label="Atom", suffix=".atom", media_type=atom.MEDIA_TYPE + _UTF8, head=atom.head, entry=atom.entry, foot=atom.FOOT),
        Format(
            name="json", label="JSON Feed", suffix=".json", media_type=json_feed.MEDIA_TYPE + _UTF8, head=json_feed.head, entry=json_feed.entry,
            between=json_feed.BETWEEN, foot=json_feed.FOOT,
        ),
    )
}  # fmt: skip

render_rss = FORMATS["rss"].render
render_atom = FORMATS["atom"].render
render_json = FORMATS["json"].render
