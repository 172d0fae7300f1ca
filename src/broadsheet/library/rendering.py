"""One article as HTML, Markdown, text and JSON.

Two extents: the *story* is what stands below headline and byline (standfirst and body); the *article* is the whole, as a newspaper
sets it. The JSON has the keys of `ArticleDict`, always all of them; keys may be added, none is renamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Literal, TypedDict

from broadsheet.markup.markdown import escape_markdown
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import escape, to_markdown, to_text
from broadsheet.markup.tree import attribute_text
from broadsheet.model import Article, LanguageEdition, Note, Person, Picture, SafeHtml, StatedTime
from broadsheet.text.plain import collapse

ShownAs = Literal["html", "md", "text", "json"]


class PersonDict(TypedDict):
    """A name in the byline. *role* is writer, translator, contributor, photographer, editor or agency."""

    name: str
    role: str
    url: str | None


class PictureDict(TypedDict):
    """A picture: the address of the original, and what the page says of it."""

    url: str
    width: int | None
    height: int | None
    alt: str | None
    caption: str | None
    credit: str | None


class NoteDict(TypedDict):
    """A line beside the text. *kind* is contributor, author, translator, correction, original-edition or note."""

    kind: str
    text: str
    html: str


class EditionDict(TypedDict):
    """The same story in another language. *relation* is original or alternate."""

    url: str
    language: str | None
    relation: str


class ArticleDict(TypedDict):
    """An article as JSON. Times are ISO 8601, with the publisher's offset where it is stated, a bare date where no time is."""

    url: str
    canonical_url: str | None
    title: str
    kicker: str | None
    standfirst: str | None
    authors: list[str]
    people: list[PersonDict]
    published: str | None
    modified: str | None
    section: str | None
    tags: list[str]
    site_name: str | None
    language: str | None
    direction: str
    lead_image: PictureDict | None
    pictures: list[PictureDict]
    text: str
    html: str
    notes: list[NoteDict]
    editions: list[EditionDict]
    access: str
    completeness: str
    source_agency: str | None
    word_count: int
    reading_minutes: int


def article_as(form: ShownAs, article: Article) -> str:
    """*article* in one of the forms that the command line names."""
    match form:
        case "json":
            return article_json(article, indent=2)
        case "text":
            return article_text(article)
        case "html":
            return article_html(article)
        case "md":
            return article_markdown(article)


def story_html(article: Article) -> SafeHtml:
    """Standfirst and body as clean HTML."""
    if not article.standfirst:
        return article.body
    return sanitize(f'<p class="standfirst">{escape(article.standfirst)}</p>{article.body}')


def story_text(article: Article) -> str:
    """Standfirst and body as plain text, one block a line."""
    return "\n".join(part for part in (collapse(article.standfirst or ""), article.text) if part)


def article_html(article: Article) -> str:
    """The whole article as an HTML fragment."""
    marks = {"lang": article.language or "", "dir": article.direction}
    byline = _byline(article)
    head = (
        f"<p>{escape(article.kicker)}</p>" if article.kicker else "",
        f"<h1>{escape(article.title)}</h1>",
        f'<p class="byline">{escape(byline)}</p>' if byline else "",
    )
    opening = attribute_text({name: value for name, value in marks.items() if value})
    return f"<article{opening}><header>{''.join(head)}</header>{_below(article)}</article>"


def article_markdown(article: Article, *, front_matter: bool = False) -> str:
    """The whole article as Markdown."""
    parts = (f"# {escape_markdown(article.title)}", escape_markdown(_byline(article)), to_markdown(sanitize(_below(article))))
    whole = "\n\n".join(part for part in parts if part)
    return f"{_front_matter(article)}\n{whole}" if front_matter else whole


def article_text(article: Article) -> str:
    """The whole article as plain text, an empty line between blocks."""
    lines = (article.title, _byline(article), *story_text(article).split("\n"), *(note["text"] for note in map(_note, article.notes)))
    return "\n\n".join(line for line in lines if line)


def article_json(article: Article, *, indent: int | None = None) -> str:
    """All fields as one JSON object."""
    return json.dumps(article_dict(article), ensure_ascii=False, indent=indent)


def article_dict(article: Article) -> ArticleDict:
    """All fields as plain values."""
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "kicker": article.kicker,
        "standfirst": article.standfirst,
        "authors": [person.name for person in article.people if person.role in ("writer", "agency")],
        "people": [_person(person) for person in article.people],
        "published": iso_time(article.published),
        "modified": iso_time(article.modified),
        "section": article.section,
        "tags": list(article.tags),
        "site_name": article.site_name,
        "language": article.language,
        "direction": article.direction,
        "lead_image": _picture(article.lead_image) if article.lead_image else None,
        "pictures": [_picture(picture) for picture in article.pictures],
        "text": story_text(article),
        "html": story_html(article),
        "notes": [_note(note) for note in article.notes],
        "editions": [_edition(edition) for edition in article.editions],
        "access": article.access,
        "completeness": article.completeness,
        "source_agency": article.source_agency,
        "word_count": article.word_count,
        "reading_minutes": article.reading_minutes,
    }


def iso_time(when: StatedTime | None) -> str | None:
    """A stated time as ISO 8601: with its offset where one is stated, else in UTC; only the day where no more was stated."""
    if when is None or when.at is None:
        return None
    if not when.has_time:
        return when.at.date().isoformat()
    return when.at.astimezone(timezone(timedelta(minutes=when.offset_minutes or 0))).isoformat()


def _below(article: Article) -> SafeHtml:
    """What stands below the byline: lead image, standfirst, body, notes. The language is said once, by what stands around it."""
    from broadsheet.publish.entry_html import entry_html  # late: most callers want a title and a text, and wait for every import

    return entry_html(replace(article, language=None, direction="ltr"))


def _front_matter(article: Article) -> str:
    """The fields that a static site or a notebook sorts by; what the Markdown below shows anyway is not repeated."""
    from broadsheet.archive.native.front_matter import write_front_matter  # late: its room brings a Markdown parser

    named = frozenset(("title", "authors", "published", "modified", "section", "tags", "site_name", "language", "canonical_url", "url"))
    return write_front_matter({name: value or None for name, value in article_dict(article).items() if name in named})


def _byline(article: Article) -> str:
    """Who and when, on one line, in the publisher's words."""
    return " · ".join(_who_and_when(article))


def _who_and_when(article: Article) -> Iterator[str]:
    people = ", ".join(collapse(person.name if person.role == "writer" else f"{person.name} ({person.role})") for person in article.people)
    if people:
        yield people
    if article.published and article.published.raw:
        yield collapse(article.published.raw)


def _person(person: Person) -> PersonDict:
    return {"name": person.name, "role": person.role, "url": person.url}


def _picture(picture: Picture) -> PictureDict:
    size = (picture.width_px, picture.height_px)
    return {
        "url": picture.url, "width": size[0], "height": size[1], "alt": picture.alt, "caption": picture.caption, "credit": picture.credit
    }  # fmt: skip


def _note(note: Note) -> NoteDict:
    return {"kind": note.kind, "text": collapse(to_text(note.html)), "html": note.html}


def _edition(edition: LanguageEdition) -> EditionDict:
    return {"url": edition.url, "language": edition.language, "relation": edition.relation}
