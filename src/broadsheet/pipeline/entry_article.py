"""An article from a feed's words alone: when its page cannot be had, or when the feed already holds the full text."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Article, Entry, Person, Picture
from broadsheet.text import collapse, comparison_key, word_count
from broadsheet.text.language import direction_of, language_of

FULL_TEXT_LETTERS = 1200
"""A feed's content with at least this many letters counts as a full text; teasers measured in the press's dialects and in 200
real feeds rarely pass 600."""

CLEARLY_MORE = 1.25
"""The feed's text replaces the page's only when it is longer by this factor: a page behind a wall or drawn by script."""

UNTITLED_LETTERS = 80
"""Letters of the text that stand in for a missing title (micro-blog entries have none)."""


def article_from_entry(entry: Entry, *, url: str) -> Article:
    """The article that the entry alone makes: "full" when its content is long enough, else "teaser"."""
    content = sanitize(entry.content_html or entry.summary_html or "", base_url=entry.base_url or url)
    text = to_text(content)
    language = entry.language or language_of(text or entry.title or "")
    image = next((e for e in entry.enclosures if (e.medium or e.type or "").startswith("image")), None)
    return Article(
        url=url,
        canonical_url=url,
        title=collapse(entry.title or "") or text[:UNTITLED_LETTERS] or url,
        people=tuple(Person(name=name) for name in entry.authors),
        published=entry.published or entry.updated,
        modified=entry.updated,
        tags=entry.categories,
        language=language,
        direction=direction_of(language, text),
        lead_image=Picture(url=image.url, width_px=image.width_px, height_px=image.height_px, caption=image.caption, credit=image.credit)
        if image
        else None,
        body=content,
        text=text,
        completeness="full" if _letters(text) >= FULL_TEXT_LETTERS else "teaser",
        word_count=word_count(text),
    )


def fuller_of(read: Article, entry: Entry) -> Article:
    """The article as read, or with the feed's own full text when that is clearly more than the page showed."""
    if not entry.content_html:
        return read
    stated = article_from_entry(entry, url=read.url)
    if stated.completeness != "full" or _letters(stated.text) < CLEARLY_MORE * _letters(read.text):
        return read
    return replace(read, body=stated.body, text=stated.text, word_count=stated.word_count, completeness="full", pictures=())


def with_entry_facts(article: Article, entry: Entry) -> Article:
    """*article* with what only the feed knew: a title, a time, authors, a picture the page did not show."""
    stated = article_from_entry(entry, url=article.url)
    return replace(
        article,
        title=article.title or stated.title,
        published=article.published if article.published and article.published.at else stated.published,
        people=article.people or stated.people,
        lead_image=article.lead_image or stated.lead_image,
    )


def _letters(text: str) -> int:
    return len(comparison_key(text))
