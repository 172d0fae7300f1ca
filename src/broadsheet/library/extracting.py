"""`extract`: HTML in, article out. What `from broadsheet import extract` gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from broadsheet.extraction.rules import RuleBook
from broadsheet.library.reading import Html, parsed, read_page
from broadsheet.library.rendering import (
    ArticleDict,
    article_dict,
    article_html,
    article_json,
    article_markdown,
    article_text,
    story_html,
    story_text,
)
from broadsheet.markup.serialize import to_markdown
from broadsheet.model import Article, Extraction, Hints, Picture, SafeHtml, Want
from broadsheet.urls import is_http

UNKNOWN = "https://unknown.invalid/"
"""Where a page is said to be from that does not say it: a name that never resolves (RFC 2606, section 2)."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reading:
    """An article as read from a page. The usual fields are at hand; `article` holds all of them, `extraction` the evidence too.

    `html`, `markdown` and `text` are what stands below headline and byline: the standfirst and the body. The methods `to_…` give the
    whole article, with headline, byline, lead image and notes. None means "not known".

    A reading can be sent to another process; its evidence stays behind, since that holds the page's tree.
    """

    extraction: Extraction

    def __repr__(self) -> str:
        return f"<Reading {self.title!r}, {len(self.text):,} characters, from {self.article.url}>"

    def __reduce__(self) -> tuple[type[Reading], tuple[Extraction]]:
        return Reading, (replace(self.extraction, decisions={}, body_report=()),)

    @property
    def article(self) -> Article:
        """Every field of the article, as a frozen value."""
        return self.extraction.article

    @property
    def title(self) -> str:
        """The headline, "" if the page has none."""
        return self.article.title

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it: names of persons and agencies. Translators, photographers and others are in `article.people`."""
        return tuple(person.name for person in self.article.people if person.role in ("writer", "agency"))

    @property
    def published(self) -> datetime | None:
        """When it was published, aware and in UTC. The publisher's own words and zone are in `article.published`."""
        return self.article.published.at if self.article.published else None

    @property
    def modified(self) -> datetime | None:
        """When it was last changed, aware and in UTC."""
        return self.article.modified.at if self.article.modified else None

    @property
    def standfirst(self) -> str | None:
        """The summary set under the headline, as text; None if there is none, or if the text merely opens with it."""
        return self.article.standfirst

    @property
    def language(self) -> str | None:
        """The language, as a BCP 47 tag."""
        return self.article.language

    @property
    def lead_image(self) -> Picture | None:
        """The picture that stands for the story, with caption, credit and size where the page gives them."""
        return self.article.lead_image

    @property
    def html(self) -> SafeHtml:
        """Standfirst and body as clean HTML: safe to show, links absolute, no scripts, styles or foreign frames."""
        return story_html(self.article)

    @property
    def markdown(self) -> str:
        """Standfirst and body as Markdown."""
        return to_markdown(self.html)

    @property
    def text(self) -> str:
        """Standfirst and body as plain text, one block a line."""
        return story_text(self.article)

    @property
    def wants(self) -> tuple[Want, ...]:
        """Pages that would make the article fuller. Fetch them if you like, and call `extract` again with `pages=`."""
        return self.extraction.wants

    def to_html(self) -> str:
        """The whole article as an HTML fragment, `<article>…</article>`."""
        return article_html(self.article)

    def to_markdown(self, *, front_matter: bool = False) -> str:
        """The whole article as Markdown, the fields before it as YAML front matter if asked for."""
        return article_markdown(self.article, front_matter=front_matter)

    def to_text(self) -> str:
        """The whole article as plain text, an empty line between blocks."""
        return article_text(self.article)

    def to_dict(self) -> ArticleDict:
        """All fields as plain values, ready for JSON: strings, numbers, lists, dictionaries, None."""
        return article_dict(self.article)

    def to_json(self, *, indent: int | None = None) -> str:
        """All fields as one JSON object, the same as `to_dict`."""
        return article_json(self.article, indent=indent)


def extract(
    html: Html,
    url: str | None = None,
    *,
    hints: Hints | None = None,
    content_type: str | None = None,
    now: datetime | None = None,
    pages: Mapping[str, Html] | None = None,
    rules: RuleBook | None = None,
) -> Reading:
    """The article on a page.

        extract(html, "https://paper.example/story").title

    Nothing is fetched and nothing is stored; the same input gives the same output. *url* is where the page was read: relative links
    are resolved against it. Without it the address that the page itself states is taken. *hints* are what a feed's entry said
    beforehand; *content_type* is the server's header, for *html* as bytes; *pages* are the pages that an earlier reading wanted, by
    address; *now* is the present moment, against which dates in the future are told; *rules* are site rules, as
    `broadsheet.library.rules.book_of` reads them from folders.

    Raises NotAPage when there is nothing to read as HTML, UsageError when the call itself makes no sense, and nothing else. A page
    without an article gives a reading without text.
    """
    where = url if url is not None else stated_address(html, content_type=content_type)
    return Reading(read_page(html, where, hints=hints, content_type=content_type, now=now, pages=pages, rules=rules))


def stated_address(html: Html, *, content_type: str | None = None) -> str:
    """The address that a page states for itself (canonical link, og:url), UNKNOWN if it states none."""
    page = parsed(html, UNKNOWN, content_type=content_type)
    stated = [link.href for link in page.links if "canonical" in link.rel]
    return next((address for address in stated if not address.startswith(UNKNOWN)), None) or _stated_in_meta(page.first_meta("og:url")) or UNKNOWN


def _stated_in_meta(address: str | None) -> str | None:
    return address if address and is_http(address) else None
