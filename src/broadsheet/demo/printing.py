"""Sets a newspaper: from its stories and templates to the answer for each address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from broadsheet.demo.papers import NEXT_PAGE, Paper, Story, folder_of, picture_bytes
from broadsheet.text import collapse, cut_at_word

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
CSS = "text/css; charset=utf-8"

ROBOTS = "User-agent: *\nDisallow: /search\n"

_MACROS = '{% from "parts.html" import picture, quote, related, video, advert %}'
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_READING_AID = re.compile(r"<rt>.*?</rt>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is found at an address."""

    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A story as it stands in the paper today, with the addresses and times that its templates need."""

    story: Story
    url: str
    published: datetime
    modified: datetime
    teaser: str
    picture_url: str
    edition_url: str


class Printer:
    """One newspaper. *homes* are the addresses of all *papers* by id, each ending in a slash; *now* is when the press starts."""

    def __init__(self, paper: Paper, papers: Sequence[Paper], homes: Mapping[str, str], *, now: datetime) -> None:
        self.paper = paper
        self._papers = {one.id: one for one in papers}
        self._homes = homes
        self._opened = self._local(now)
        self._edited_at: datetime | None = None
        self._templates = _environment(self)

    def edit(self, *, now: datetime) -> None:
        """From *now* on the edited stories stand in the paper."""
        self._edited_at = self._local(now)

    def answer(self, path: str) -> Answer | None:
        """What the paper has at *path*, None if nothing."""
        paper = self.paper
        if not path.startswith("/"):
            return None
        if path == "/" or path in paper.sections:
            return self._list(path)
        if path == "/robots.txt":
            return Answer(content_type=TEXT, body=ROBOTS.encode())
        if path == "/style.css":
            return Answer(content_type=CSS, body=folder_of(paper.id).joinpath("style.css").read_bytes())
        if path == paper.feed:
            return self._render("feed.xml", paper.feed_type, pieces=self._pieces())
        return self._story(path) or self._picture(path)

    def missing(self) -> Answer:
        """The page for an address where there is nothing."""
        return self._render("missing.html", HTML, here="", newest=self._pieces())

    def url(self, path: str) -> str:
        return self._homes[self.paper.id].rstrip("/") + path

    def picture_url(self, name: str) -> str:
        """Where the picture *name* is, nowhere for no name."""
        return self.url(self.paper.pictures.format(name)) if name else ""

    def date(self, at: datetime) -> str:
        """*at* as the paper writes dates for its readers."""
        month = self.paper.months[at.month - 1]
        words = self.paper.dates.format(day=at.day, month=month, year=at.year, hour=f"{at.hour:02}", minute=f"{at.minute:02}")
        return words.translate(str.maketrans("0123456789", self.paper.digits))

    def _list(self, path: str) -> Answer:
        newest = self._pieces()
        shown = [piece for piece in newest if path in ("/", piece.story.section)]
        return self._render("home.html", HTML, here=path, pieces=shown, newest=newest)

    def _story(self, path: str) -> Answer | None:
        newest = self._pieces()
        for piece in newest:
            if path in (piece.story.path, piece.story.continued):
                pages = piece.story.body.split(NEXT_PAGE)
                number = 2 if path == piece.story.continued else 1
                body = self._templates.from_string(_MACROS + self._typeset(pages[number - 1])).render(piece=piece)
                return self._render("article.html", HTML, here=path, piece=piece, story=piece.story, body=Markup(body), page=number, newest=newest)
        return None

    def _typeset(self, text: str) -> str:
        opening, closing = self.paper.paragraph
        return text.replace("<p>", opening).replace("</p>", closing)

    def _picture(self, path: str) -> Answer | None:
        before, after = self.paper.pictures.split("{}")
        if not (path.startswith(before) and path.endswith(after)):
            return None
        found = picture_bytes(path[len(before) : len(path) - len(after)])
        return Answer(content_type="image/jpeg", body=found) if found is not None else None

    def _render(self, template: str, content_type: str, **words: Any) -> Answer:
        return Answer(content_type=content_type, body=self._templates.get_template(template).render(**words).encode())

    def _pieces(self) -> list[Piece]:
        return [self._piece(story) for story in self.paper.stories]

    def _piece(self, story: Story) -> Piece:
        published = modified = self._opened - timedelta(hours=story.hours_ago)
        if self._edited_at is not None and story.slug in self.paper.edits:
            story, modified = self.paper.edits[story.slug], self._edited_at
        return Piece(
            story=story,
            url=self.url(story.path),
            published=published,
            modified=modified,
            teaser=cut_at_word(paragraphs(story)[0], self.paper.teaser_letters),
            picture_url=self.picture_url(story.picture),
            edition_url=self._edition_url(story),
        )

    def _edition_url(self, story: Story) -> str:
        if story.edition is None:
            return ""
        paper = self._papers[story.edition.paper]
        path = next(other.path for other in paper.stories if other.slug == story.edition.slug)
        return self._homes[paper.id].rstrip("/") + path

    def _local(self, at: datetime) -> datetime:
        return at.replace(microsecond=0).astimezone(timezone(timedelta(hours=self.paper.utc_offset_hours)))


def paragraphs(story: Story) -> tuple[str, ...]:
    """The paragraphs of a story as plain text, without ruby, in order: what a reader must get, whatever the templates put around it."""
    return tuple(collapse(Markup(_READING_AID.sub("", found)).striptags()) for found in _PARAGRAPH.findall(story.body))


def _environment(printer: Printer) -> Environment:
    environment = Environment(
        loader=PackageLoader("broadsheet.demo", f"papers/{printer.paper.id}"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"paper": printer.paper, "url": printer.url, "picture_url": printer.picture_url}
    environment.filters |= {"stated": printer.date, "iso": datetime.isoformat, "rfc822": format_datetime}
    return environment
