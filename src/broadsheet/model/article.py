"""The article: our reading of a story, one object with one identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NewType

from broadsheet.model.evidence import Decision, Verdict
from broadsheet.model.feed import StatedTime
from broadsheet.model.site_memory import PageTrace

SafeHtml = NewType("SafeHtml", str)
"""HTML that `markup.sanitize` made; nothing else may make it."""

Role = Literal["writer", "translator", "contributor", "photographer", "editor", "agency"]
Access = Literal["open", "paywalled", "cut", "unknown"]
Completeness = Literal["full", "partial", "teaser"]
NoteKind = Literal["contributor", "author", "translator", "correction", "original-edition", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name in a byline, as written, with what the person (or agency) did."""

    name: str
    role: Role = "writer"
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image of an article: absolute URL of the original, never a proxied one."""

    url: str
    width_px: int | None = None
    height_px: int | None = None
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageEdition:
    """The same story in another language. *relation* is "original" when this article was translated from it."""

    url: str
    language: str | None = None  # BCP 47, as stated
    relation: Literal["original", "alternate"] = "alternate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line that belongs to the article but not to its text: who contributed, who translated, what was corrected."""

    kind: NoteKind
    html: SafeHtml


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Our reading of a story.

    *body* is clean structured HTML in reading order: p, h2-h6, ul/ol/li, blockquote, pre, table, figure (with img, figcaption,
    cite for the credit), aside, hr, and inline marks; absolute links; without headline, standfirst, byline, lead image
    and notes, which have their own fields. *text* is body plus nothing, one block a line, without captions.
    """

    url: str  # where it was read
    title: str
    canonical_url: str | None = None
    kicker: str | None = None
    standfirst: str | None = None  # plain text
    people: tuple[Person, ...] = ()
    published: StatedTime | None = None
    modified: StatedTime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    site_name: str | None = None
    language: str | None = None  # BCP 47
    direction: Literal["ltr", "rtl"] = "ltr"
    lead_image: Picture | None = None
    pictures: tuple[Picture, ...] = ()  # those in the body, in order
    body: SafeHtml = SafeHtml("")
    text: str = ""
    notes: tuple[Note, ...] = ()
    editions: tuple[LanguageEdition, ...] = ()
    access: Access = "unknown"
    completeness: Completeness = "full"
    source_agency: str | None = None
    word_count: int = 0
    reading_minutes: int = 0  # by its script; at least 1 for any text


WantKind = Literal["redirect", "next-page", "amp", "single-page", "frame"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Something extraction needs and does not fetch itself: it is called again with the answer."""

    kind: WantKind
    url: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the feed's entry said beforehand."""

    title: str | None = None
    summary: str | None = None  # plain text
    content_html: str | None = None  # untrusted HTML
    published: StatedTime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What extraction made of a page: the article, the evidence for every field, and what it still wants."""

    article: Article
    decisions: Mapping[str, Decision[object]] = field(default_factory=dict)
    wants: tuple[Want, ...] = ()
    body_report: Sequence[Verdict | str] = ()  # for each block what became of it and why; between them remarks on the page as a whole
    rule_report: tuple[str, ...] = ()  # what the page's site rule asked for and did not find, and what was done instead
    traces: PageTrace | None = None  # what the page leaves in the memory of its site, when one was given


RevisionOrigin = Literal["visit", "re-extraction"]
"""What brought a revision about: we looked at the page, or read what is on file anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of an article as kept; number 1 is the first, none is ever overwritten.

    *extractor* is the version that read it; None when it was not noted, or nothing was read.
    """

    article_id: str
    number: int
    content_hash: str
    fetched_at: datetime
    exchange_ids: tuple[str, ...]
    article: Article
    extractor: str | None = None
    made_by: RevisionOrigin = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article with its identity and its latest revision, as publishers and archives take it.

    *sort_at* is the publisher's time when plausible, else *first_seen*; aware UTC like every time here.
    """

    id: str
    source_id: str
    first_seen: datetime
    sort_at: datetime
    changed_at: datetime  # when the latest revision was kept that the publisher brought about
    revision: int
    content_hash: str
    entry_guid: str | None
    entry_published: StatedTime | None  # what the feed said
    article: Article
    near_duplicate_of: str | None = None  # the id of an earlier article that tells the same text
    rereadings: int = 0  # how many of the revisions we made ourselves, by reading anew what was on file
    touched_at: datetime | None = None  # when we last put something else in its place ourselves, None: never

    @property
    def is_revised(self) -> bool:
        """Whether the publisher has changed it since we first saw it."""
        return self.revision - self.rereadings > 1

    @property
    def state(self) -> ArticleState:
        """The article without its text."""
        return ArticleState(
            id=self.id,
            source_id=self.source_id,
            sort_at=self.sort_at,
            changed_at=self.changed_at,
            revision=self.revision,
            content_hash=self.content_hash,
            touched_at=self.touched_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleState:
    """An article as far as lists and validators need it: read in a tenth of the time that its text takes."""

    id: str
    source_id: str
    sort_at: datetime
    changed_at: datetime
    revision: int
    content_hash: str
    touched_at: datetime | None = None

    @property
    def tag(self) -> str:
        """Another one whenever anything of the article's latest revision is another; at most 60 characters."""
        touched = f"-{self.touched_at:%Y%m%d%H%M%S%f}" if self.touched_at else ""
        return f"{self.revision}-{self.content_hash[-24:]}{touched}"
