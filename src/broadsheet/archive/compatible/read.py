"""One file of the compatible form, ours or another's, as an article.

Files of other archives are read as well: titles not escaped, several names in one `address`, whole pages that were never cleaned,
pictures behind an image proxy, and the feed service's own lines at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from broadsheet.archive.archived import ArchivedArticle
from broadsheet.archive.compatible.notes import read_notes
from broadsheet.archive.compatible.promotion import cut_promotion
from broadsheet.archive.compatible.render import CAPTION_STYLE, FORM_ZONE, NAME_BREAKS, NO_ZONE
from broadsheet.archive.links import read_link
from broadsheet.archive.one_line import tidied
from broadsheet.archive.originals import use_originals
from broadsheet.archive.pictures import picture_of, pictures_of
from broadsheet.errors import ArchiveError
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.markup.tree import Element, read_fragment, write_fragment
from broadsheet.model import Article, Person, Picture, SafeHtml, StatedTime
from broadsheet.text.language import direction_of, language_of
from broadsheet.text.plain import collapse, word_count
from broadsheet.urls import is_http, normalise

FIRST_LINE = re.compile(r"\ufeff?<!--\s*(-?\d{1,15})\s*-->")
_RULE = re.compile(r"-{3,}")
_CLOCK = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_NAME_BREAK = re.compile("|".join(re.escape(sign) for sign in NAME_BREAKS))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_MS = 253_402_300_799_000  # the end of the year 9999


class _Head(NamedTuple):
    at: datetime
    said: str
    title: str
    url: str


def read_article(text: str, *, file: str = "", source_id: str = "", number: int | None = None) -> ArchivedArticle:
    """The article in *text*. Raises ArchiveError, with *file* and the line, when it is not of this form."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    head = _read_head(lines, file)
    root = read_fragment("\n".join(lines[3:]))
    use_originals(root)
    cut_promotion(root)
    article = _article(_holder(root), head)
    stated = StatedTime(raw=head.said, at=head.at, offset_minutes=0)
    return ArchivedArticle(form="compatible", file=file, source_id=source_id, number=number, article=article, entry_published=stated)


def _read_head(lines: Sequence[str], file: str) -> _Head:
    time = FIRST_LINE.fullmatch(lines[0].strip())
    if time is None or not 0 <= int(time[1]) <= _LATEST_MS:
        raise ArchiveError(f"{file}:1", "is no time in milliseconds, as in <!--1718687222000-->")
    found = read_link(lines[1]) if len(lines) > 1 else None
    if found is None or not is_http(found[1]):
        raise ArchiveError(f"{file}:2", "is no linked title, as in [title](https://example.com/)")
    if len(lines) < 3 or not _RULE.fullmatch(lines[2].strip()):
        raise ArchiveError(f"{file}:3", "is no rule of hyphens")
    return _Head(_EPOCH + timedelta(milliseconds=int(time[1])), time[1], found[0], normalise(found[1]))


def _holder(root: Element) -> Element:
    """The element whose children are the parts; the fragment itself unless someone wrapped it."""
    inside = [child for child in root.children if isinstance(child, Element)]
    return _holder(inside[0]) if len(inside) == 1 and inside[0].tag in ("div", "main", "article") else root


def _article(holder: Element, head: _Head) -> Article:
    section = _child(holder, "section")
    body_root = section if section is not None else _uncleaned(holder)
    body = _body(body_root, head.url)
    text = to_text(body)
    said = section.attributes if section is not None else {}
    language = said.get("lang") or language_of(f"{head.title}\n{text}")
    time = _child(holder, "time")
    notes, editions = read_notes(_child(holder, "footer"), head.url)
    return Article(
        url=head.url, title=head.title, people=_people(_child(holder, "address")), standfirst=_standfirst(holder),
        published=_stated(time) if time is not None else None, language=language,
        direction="rtl" if said.get("dir") == "rtl" else direction_of(language, text),
        lead_image=_lead(holder) if section is not None else None, pictures=pictures_of(body), body=body, text=text,
        word_count=word_count(text), notes=notes, editions=editions,
    )  # fmt: skip


def _child(holder: Element, tag: str) -> Element | None:
    return next((child for child in holder.children if isinstance(child, Element) and child.tag == tag), None)


def _uncleaned(holder: Element) -> Element:
    """A whole page's `main`, as items of some sources were filed: everything but what has its own field."""
    own = ("address", "time", "h1", "footer")
    return Element("", {}, [child for child in holder.children if not (isinstance(child, Element) and child.tag in own)])


def _body(section: Element, url: str) -> SafeHtml:
    root = tidied(Element("", {}, [_figure(child) if isinstance(child, Element) else child for child in section.children]))
    return sanitize(write_fragment(root), base_url=url)


def _figure(element: Element) -> Element:
    """`<p><img><small>caption</small></p>` as the figure it stands for; anything else as it is."""
    inside = [child for child in element.children if isinstance(child, Element)]
    images = [child for child in inside if child.tag == "img"]
    captions = [child for child in inside if child.tag == "small" and CAPTION_STYLE.rstrip(";") in child.attributes.get("style", "")]
    words_beside = any(isinstance(child, str) and child.strip() for child in element.children)
    if element.tag != "p" or not images or len(captions) > 1 or words_beside or len(images) + len(captions) != len(inside):
        return element
    return Element("figure", {}, [*images, *(Element("figcaption", {}, caption.children) for caption in captions)])


def _people(address: Element | None) -> tuple[Person, ...]:
    if address is None:
        return ()
    spans = [collapse(span.text()) for span in address.find("span")]
    names = spans or [collapse(name) for name in _NAME_BREAK.split(address.text())]
    return tuple(Person(name=name) for name in names if name)


def _standfirst(holder: Element) -> str | None:
    own = (child for child in holder.children if isinstance(child, Element) and child.tag == "p" and child.attributes.get("class") == "standfirst")
    return next((collapse(child.text()) for child in own), None)


def _lead(holder: Element) -> Picture | None:
    """The figure before the section, if it is one of a single picture."""
    for child in holder.children:
        if isinstance(child, Element) and child.tag == "section":
            return None
        if isinstance(child, Element) and child.tag == "figure":
            images = [image for image in child.find("img") if is_http(image.attributes.get("src", ""))]
            return picture_of(images[0], child) if images else None
    return None


def _stated(time: Element) -> StatedTime | None:
    """The wall clock of a `time`; in the form's zone unless it names another, or says that none was stated."""
    said = time.attributes.get("datetime") or time.attributes.get("pudate") or ""
    raw = said or collapse(time.text())
    found = _CLOCK.match(said)
    if not raw or not found:
        return StatedTime(raw=raw, has_time=False, has_zone=False) if raw else None
    zone = _zone(time.attributes.get("data-zone"), has_time=found[4] is not None)
    try:
        local = datetime(*(int(part or 0) for part in found.groups()), tzinfo=zone or UTC)  # type: ignore[misc, arg-type]
        at = local.astimezone(UTC)
    except (ValueError, OverflowError):  # a thirteenth month: words we cannot read, kept as words
        return StatedTime(raw=raw, has_time=False, has_zone=False)
    offset = int((local.utcoffset() or timedelta()).total_seconds() // 60) if zone else None
    return StatedTime(raw=raw, at=at, has_time=found[4] is not None, has_zone=zone is not None, offset_minutes=offset)


def _zone(named: str | None, *, has_time: bool) -> timezone | None:
    if named == NO_ZONE or (named is None and not has_time):
        return None
    found = _OFFSET.fullmatch(named or "")
    if not found or int(found[2]) > 23 or int(found[3]) > 59:
        return FORM_ZONE
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(offset if found[1] == "+" else -offset)
