"""The newspapers as they lie in the package: who they are, and what they write.

A paper is a folder: `paper.toml` says who it is, `stories/*.html` are its stories, `edits/*.html` what some of them become later, and
beside them are its templates and style sheet. A story's file begins with its facts as TOML between two lines of `+++`; then follows
its text as the paper's editors would type it, with a macro of the paper's own for each picture or box.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

ORDER = ("tarnhaven", "qinglan", "kirino", "zuhaira", "brueckstadt")
"""The papers, each the name of its folder; the first is shown first."""

FENCE = "+++\n"
NEXT_PAGE = "<!-- next page -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The same story in another of the papers."""

    paper: str
    slug: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as its paper's editors have it. *body* is a template; *continued* is the address of a second page, if there is one."""

    slug: str
    path: str
    title: str
    section: str
    hours_ago: float  # before the press starts, so that the demo is never yesterday's paper
    body: str
    standfirst: str = ""
    kicker: str = ""
    authors: tuple[str, ...] = ()
    translator: str = ""
    contributor: str = ""
    about_author: str = ""
    picture: str = ""
    caption: str = ""
    credit: str = ""
    tags: tuple[str, ...] = ()
    edition: Edition | None = None
    continued: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A newspaper. *feed* is where its feed is, empty: it has none; *dates* is how it writes them, *digits* with which digits."""

    id: str
    name: str
    motto: str
    language: str
    direction: Literal["ltr", "rtl"] = "ltr"
    utc_offset_hours: float
    dates: str
    months: tuple[str, ...]
    digits: str = "0123456789"
    feed: str = ""
    feed_type: str = ""
    teaser_letters: int = 120
    pictures: str  # their addresses, "{}" for the name
    paragraph: tuple[str, str] = ("<p>", "</p>")  # what its system makes of a paragraph's tags
    sections: Mapping[str, str]  # the words in the navigation, by address
    stories: tuple[Story, ...] = ()
    edits: Mapping[str, Story] = field(default_factory=dict)  # what stories become, by their slug


def load_papers() -> tuple[Paper, ...]:
    """All five papers."""
    return tuple(_paper(name, folder_of(name)) for name in ORDER)


def folder_of(paper_id: str) -> Traversable:
    """Where a paper's files are."""
    return files("broadsheet.demo").joinpath("papers", paper_id)


def picture_bytes(name: str) -> bytes | None:
    """A picture of the press as JPEG, None if there is none by that name."""
    file = files("broadsheet.demo").joinpath("pictures", f"{name}.jpg")
    return file.read_bytes() if name.isidentifier() and file.is_file() else None


def _paper(name: str, folder: Traversable) -> Paper:
    said = tomllib.loads(folder.joinpath("paper.toml").read_text("utf-8"))
    stories, edits = _stories(folder.joinpath("stories")), _stories(folder.joinpath("edits"))
    return msgspec.convert(said | {"id": name, "stories": stories, "edits": {story.slug: story for story in edits}}, Paper)


def _stories(folder: Traversable) -> tuple[Story, ...]:
    """The stories in a folder, the newest first; none where there is no such folder."""
    found = folder.iterdir() if folder.is_dir() else ()
    stories = [_story(file) for file in found if file.name.endswith(".html")]
    return tuple(sorted(stories, key=lambda story: story.hours_ago))


def _story(file: Traversable) -> Story:
    _, head, body = file.read_text("utf-8").split(FENCE, 2)
    return msgspec.convert(tomllib.loads(head) | {"slug": file.name.removesuffix(".html"), "body": body.strip()}, Story)
