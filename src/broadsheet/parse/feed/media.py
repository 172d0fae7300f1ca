"""Files and pictures of an entry: `enclosure`, Media RSS, iTunes pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from broadsheet.model import Enclosure
from broadsheet.parse.feed.names import Element, Fields, Names, attribute, text_of
from broadsheet.parse.feed.values import Place, plain, whole_number

_MOST = 100  # media of one entry; galleries have some dozens
_MAX_PX = 100_000
_HOLDERS = frozenset({"enclosure", "link", "atom:link", "media:content", "media:group", "media:thumbnail", "itunes:image"})


def enclosures(fields: Fields, names: Names, place: Place) -> tuple[Enclosure, ...]:
    """Every file and picture of an entry, each URL once; what a later mention adds (size, caption) is taken over."""
    if not fields.has_any(_HOLDERS):
        return ()
    found: dict[str, Enclosure] = {}
    for enclosure in _stated(fields, names, place):
        known = found.get(enclosure.url)
        found[enclosure.url] = _merged(known, enclosure) if known else enclosure
        if len(found) == _MOST:
            break
    return tuple(found.values())


def media_text(fields: Fields, names: Names) -> str | None:
    """The description in Media RSS: all the text that video feeds have."""
    return _media_field(fields, names, "media:description")


def media_title(fields: Fields, names: Names) -> str | None:
    return _media_field(fields, names, "media:title")


def _media_field(fields: Fields, names: Names, name: str) -> str | None:
    for holder in (fields, *_groups(fields, names)):
        if text := holder.text(name):
            return text
    return None


def _stated(fields: Fields, names: Names, place: Place) -> Iterator[Enclosure]:
    for element in fields.all("enclosure"):
        if url := place.link(attribute(element, "url")):
            yield Enclosure(url=url, type=attribute(element, "type"), size_bytes=_size(attribute(element, "length")))
    for element in fields.all("link", "atom:link"):
        if attribute(element, "rel") == "enclosure" and (url := place.link(attribute(element, "href"))):
            yield Enclosure(url=url, type=attribute(element, "type"), size_bytes=_size(attribute(element, "length")))
    for holder in (fields, *_groups(fields, names)):
        yield from _media(holder, names, place)
    for element in fields.all("itunes:image"):
        if url := place.link(attribute(element, "href")):
            yield Enclosure(url=url, medium="image")


def _groups(fields: Fields, names: Names) -> tuple[Fields, ...]:
    return tuple(Fields(group, names) for group in fields.all("media:group"))


def _media(holder: Fields, names: Names, place: Place) -> Iterator[Enclosure]:
    """`media:content` with what is said inside and beside it; `media:thumbnail` as a picture."""
    for element in holder.all("media:content"):
        inside = Fields(element, names)
        if url := place.link(attribute(element, "url")):
            yield Enclosure(
                url=url,
                type=attribute(element, "type"),
                size_bytes=_size(attribute(element, "fileSize")),
                medium=attribute(element, "medium"),
                width_px=_pixels(element, "width"),
                height_px=_pixels(element, "height"),
                caption=plain(inside.text("media:description", "media:text", "media:title")),
                credit=_credit(inside) or _credit(holder),
            )
        yield from _thumbnails(inside, place)
    yield from _thumbnails(holder, place)


def _thumbnails(holder: Fields, place: Place) -> Iterator[Enclosure]:
    for element in holder.all("media:thumbnail"):
        if url := place.link(attribute(element, "url") or text_of(element)):
            yield Enclosure(url=url, medium="image", width_px=_pixels(element, "width"), height_px=_pixels(element, "height"))


def _credit(holder: Fields) -> str | None:
    return plain(holder.text("media:credit", "media:copyright"))


def _merged(known: Enclosure, again: Enclosure) -> Enclosure:
    gained = {name: value for name in ("type", "size_bytes", "medium", "width_px", "height_px", "caption", "credit")
              if getattr(known, name) is None and (value := getattr(again, name)) is not None}  # fmt: skip
    return replace(known, **gained) if gained else known


def _size(said: str | None) -> int | None:
    """Bytes; 0 is what generators write when they do not know."""
    return whole_number(said) or None


def _pixels(element: Element, name: str) -> int | None:
    return whole_number(attribute(element, name), most=_MAX_PX) or None
