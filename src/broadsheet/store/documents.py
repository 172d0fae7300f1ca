"""Values as they rest in the database: one versioned JSON document each, compressed.

A document is `{"v": 1, "doc": {…}}` in JSON, then zstd. A field added to a dataclass with a default needs no new version: old documents
lack it and get the default. When a field changes its meaning, raise the version of its kind and add the step that lifts older ones.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import msgspec
import zstandard

from broadsheet.errors import StoreError, StoreTooNew
from broadsheet.model import (
    Article,
    Delivery,
    Entry,
    Headers,
    Incident,
    Intent,
    Original,
    Ping,
    PollState,
    Publication,
    SiteMemory,
    Source,
    StatedTime,
    Subscriber,
    Subscription,
)

T = TypeVar("T")

LEVEL = 3
"""Of 150 real articles level 3 leaves 0.37 of the body at 15,000 documents a second; level 9 gains little for four times the work."""

MAX_BYTES = 256_000_000
"""Longest document or body unpacked: far above every fetch limit, low enough that a damaged length takes no machine down."""

Lift = Callable[[Any], Any]


class _Envelope(msgspec.Struct):
    v: int
    doc: msgspec.Raw


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)  # compared by identity, so that a codec can be hashed
class Codec(Generic[T]):
    """How values of one kind become bytes and values again. *lifts* maps a version to the step that makes the next one of it."""

    kind: type[T]
    version: int = 1
    lifts: Mapping[int, Lift] = dataclasses.field(default_factory=dict)

    def encode(self, value: T) -> bytes:
        return pack(_json({"v": self.version, "doc": value}))

    def decode(self, packed: bytes) -> T:
        """The value; raises StoreTooNew for a later version than ours, StoreError for bytes that are no such document."""
        try:
            envelope = msgspec.json.decode(unpack(packed), type=_Envelope)
            self._check(envelope.v)
            if envelope.v == self.version:
                return msgspec.json.decode(envelope.doc, type=self.kind)
            return msgspec.convert(self._lifted(envelope), type=self.kind)
        except msgspec.MsgspecError as error:
            raise StoreError(f"a stored {self.kind.__name__}", f"cannot be read: {error}", do="Restore the store from a backup") from error

    def _check(self, version: int) -> None:
        if version > self.version:
            raise StoreTooNew(f"a stored {self.kind.__name__}", f"has format {version}, newer than {self.version}", do="Upgrade Broadsheet")

    def _lifted(self, envelope: _Envelope) -> Any:
        plain = msgspec.json.decode(envelope.doc)
        for version in range(envelope.v, self.version):
            plain = self.lifts[version](plain)
        return plain


def pack(plain: bytes) -> bytes:
    """*plain*, compressed."""
    return zstandard.compress(plain, LEVEL)


def unpack(packed: bytes) -> bytes:
    """What `pack` was given; raises StoreError for anything else."""
    try:
        if zstandard.frame_content_size(packed) > MAX_BYTES:
            raise StoreError("a stored document", f"says it is larger than {MAX_BYTES} bytes", do="Restore the store from a backup")
        return zstandard.decompress(packed)
    except zstandard.ZstdError as error:
        raise StoreError("a stored document", f"is damaged: {error}", do="Restore the store from a backup") from error


def storable(text: str) -> str:
    """*text* without what no database takes: surrogates (not UTF-8; a pair is joined) and NUL (PostgreSQL). Feeds in JSON can hold both."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
    return text


def _json(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate somewhere: rare, so only then look at every string
        return msgspec.json.encode(_storable_all(msgspec.to_builtins(value)))


def _storable_all(plain: Any) -> Any:
    match plain:
        case str():
            return storable(plain)
        case list() | tuple():
            return [_storable_all(item) for item in plain]
        case dict():
            return {key: _storable_all(item) for key, item in plain.items()}
        case _:
            return plain


ARTICLES = Codec(kind=Article)
ENTRIES = Codec(kind=Entry)
SOURCES = Codec(kind=Source)
POLL_STATES = Codec(kind=PollState)
HEADERS = Codec(kind=Headers)
STATED_TIMES = Codec(kind=StatedTime)
SITE_MEMORIES = Codec(kind=SiteMemory)
PUBLICATIONS = Codec(kind=Publication)
INCIDENTS = Codec(kind=Incident)
SUBSCRIPTIONS = Codec(kind=Subscription)
SUBSCRIBERS = Codec(kind=Subscriber)
DELIVERIES = Codec(kind=Delivery)
INTENTS = Codec(kind=Intent)
PINGS = Codec(kind=Ping)
ORIGINALS = Codec(kind=Original)
