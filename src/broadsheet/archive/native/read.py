"""One file of the native form as an article again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

import msgspec

from broadsheet.archive.archived import ArchivedArticle
from broadsheet.archive.native.front_matter import BadLine, FrontMatter, read_front_matter
from broadsheet.archive.native.markdown import read_markdown
from broadsheet.archive.native.render import BODY_MARK, FORM_VERSION, NOTES_MARK
from broadsheet.archive.originals import original_address
from broadsheet.archive.pictures import pictures_of
from broadsheet.errors import ArchiveError
from broadsheet.markup.pictures import rewrite
from broadsheet.markup.serialize import to_text
from broadsheet.markup.tree import Element, read_fragment, write_fragment
from broadsheet.model import Article, Note, NoteKind, SafeHtml, StatedTime
from broadsheet.text.plain import word_count
from broadsheet.urls import is_http

_NOTE = re.compile(r"<!-- note: ([a-z-]+)(, line)? -->")
_FIELD_OF = re.compile(r"\$\.(\w+)")
_TIMES = ("first_seen", "sort_at", "changed_at")


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The front matter that is not the article's own."""

    id: str
    source: str
    revision: int
    content_hash: str
    first_seen: datetime
    sort_at: datetime
    changed_at: datetime
    previous: str | None = None
    entry_guid: str | None = None
    entry_published: StatedTime | None = None
    images: dict[str, str] = {}


def read_article(text: str, *, file: str = "") -> ArchivedArticle:
    """The article in *text*. Raises ArchiveError, with *file* and the line, when it is not of this form."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    try:
        head = read_front_matter(lines)
        _check(head)
        kept = _converted(head, _Kept)
        article = _with_body(_converted(head, Article), lines[head.length :], kept.images)
        if "pictures" not in head.values:
            article = replace(article, pictures=pictures_of(article.body))
    except BadLine as error:
        raise ArchiveError(f"{file}:{error.number}", error.what) from error
    return ArchivedArticle(
        form="native", file=file, source_id=kept.source, article=article, id=kept.id, entry_guid=kept.entry_guid,
        entry_published=kept.entry_published, first_seen=kept.first_seen, sort_at=kept.sort_at, changed_at=kept.changed_at,
        revision=kept.revision, content_hash=kept.content_hash, previous=kept.previous,
    )  # fmt: skip


def _check(head: FrontMatter) -> None:
    """What types do not say: a version we know, and addresses that are http or https (a reader will be sent there)."""
    version = head.values.get("broadsheet")
    if not isinstance(version, int) or version > FORM_VERSION:
        raise BadLine(head.line_of.get("broadsheet", 1), f"names the form version {version!r}; this Broadsheet reads up to {FORM_VERSION}")
    for name, address in _addresses(head.values):
        if not (isinstance(address, str) and is_http(address)):
            raise BadLine(head.line_of.get(name, 1), f"holds no http address: {str(address)[:80]!r}")


def _addresses(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Every address in the front matter, with the field it stands in. What has the wrong type is left to the conversion."""
    found = [(name, values.get(name)) for name in ("url", "canonical_url") if name in values or name == "url"]
    for name in ("people", "pictures", "editions", "lead_image"):
        inside = values.get(name)
        things = inside if isinstance(inside, list) else [inside]
        found += [(name, thing["url"]) for thing in things if isinstance(thing, dict) and thing.get("url") is not None]
    images = values.get("images")
    found += [("images", original) for original in images.values()] if isinstance(images, dict) else []
    return found


def _converted(head: FrontMatter, wanted: type[Any]) -> Any:
    """The front matter as *wanted*; fields it does not know are left out."""
    try:
        thing = msgspec.convert({"title": "", **head.values}, wanted)
    except (msgspec.ValidationError, OverflowError) as error:
        field = _FIELD_OF.search(str(error))
        raise BadLine(head.line_of.get(field[1], 1) if field else 1, f"cannot be read: {error}") from error
    naive = [name for name in _TIMES if isinstance(at := getattr(thing, name, None), datetime) and at.tzinfo is None]
    if naive:
        raise BadLine(head.line_of.get(naive[0], 1), "holds a time without a zone")
    return thing


def _with_body(article: Article, lines: Sequence[str], images: Mapping[str, str]) -> Article:
    body_lines, note_lines = _parted(lines)
    body = read_markdown("\n".join(body_lines))
    body = rewrite(body, image=lambda url: images.get(url) or original_address(url))
    text = to_text(body)
    return replace(article, body=body, text=text, word_count=word_count(text), notes=tuple(_notes(note_lines)))


def _parted(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of the body, and those of the notes. Without marks (edited by hand) all is body, the headline left out."""
    start = lines.index(BODY_MARK) + 1 if BODY_MARK in lines else next((at + 1 for at, line in enumerate(lines) if line.startswith("# ")), 0)
    rest = lines[start:]
    if NOTES_MARK not in rest:
        return rest, ()
    end = rest.index(NOTES_MARK)
    return rest[:end], rest[end + 1 :]


def _notes(lines: Sequence[str]) -> list[Note]:
    marks = [(at, found) for at, line in enumerate(lines) if (found := _NOTE.fullmatch(line))]
    ends = [at for at, _ in marks[1:]] + [len(lines)]
    notes = []
    for (at, mark), end in zip(marks, ends, strict=False):  # without a note there is an end too many
        html = read_markdown("\n".join(lines[at + 1 : end]))
        kind: NoteKind = mark[1] if mark[1] in get_args(NoteKind) else "note"  # type: ignore[assignment]
        if html:
            notes.append(Note(kind=kind, html=_line(html) if mark[2] else html))
    return notes


def _line(html: SafeHtml) -> SafeHtml:
    """What stands inside the one paragraph that a line was written as."""
    children = read_fragment(html).children
    only = children[0] if len(children) == 1 else None
    return SafeHtml(write_fragment(Element("", {}, only.children))) if isinstance(only, Element) and only.tag == "p" else html
