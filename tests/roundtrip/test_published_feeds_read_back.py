"""What `publish` writes, `parse` reads back: our feeds are sources like any other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Collection, Entry, Feed, Person, Picture, StoredArticle
from broadsheet.parse.feed import parse_feed
from broadsheet.publish import FORMATS, PublishOptions
from broadsheet.publish.entry_html import entry_html
from broadsheet.publish.identity import article_tag
from broadsheet.publish.plain import plain
from broadsheet.urls import normalise

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SELF = "https://news.example/feeds/a"
words = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).filter(
    lambda text: plain(text) == text == unescape(text)  # "&#0" is read as what it means: many feeds escape their titles twice
)


@st.composite
def articles(draw: st.DrawFn) -> StoredArticle:
    number = draw(st.integers(0, 10**9))
    body = sanitize(f"<p>{draw(words)}</p><pre>{draw(words)}</pre>")
    article = Article(
        url=normalise(f"https://paper.example/{number}"), title=draw(words), people=(Person(name=draw(words)),),
        tags=tuple(draw(st.sets(words, max_size=3))),
        body=body, text="x", language=draw(st.sampled_from(["zh-Hans", "ar", "en", None])), lead_image=Picture(url=f"https://p.example/{number}.jpg"),
    )  # fmt: skip
    at = NOW - timedelta(minutes=number % 10**6)
    return StoredArticle(
        id=f"id-{number}", source_id="s", first_seen=at, sort_at=at, changed_at=at, revision=2, content_hash="h", entry_guid=None,
        entry_published=None, article=article,
    )  # fmt: skip


def read_back(form: str, stored: StoredArticle) -> tuple[Feed, Entry]:
    collection = Collection(slug="a", title="A & 1 < B", home_url="https://paper.example/", language="en", articles=(stored,), updated=NOW)
    rendered = FORMATS[form].render(collection, PublishOptions(self_url=SELF))
    feed = parse_feed(rendered, SELF, content_type=FORMATS[form].media_type, now=NOW)
    return feed, feed.entries[0]


each_format = pytest.mark.parametrize("form", list(FORMATS))
law = settings(max_examples=60, deadline=None)


@each_format
@law
@given(articles())
def test_our_feeds_need_no_repair(form: str, stored: StoredArticle) -> None:
    feed, _ = read_back(form, stored)
    assert (feed.broken, feed.title, feed.self_url) == (None, "A & 1 < B", SELF)


@each_format
@law
@given(articles())
def test_id_link_and_title_come_back(form: str, stored: StoredArticle) -> None:
    _, entry = read_back(form, stored)
    assert (entry.guid, entry.link, entry.title) == (article_tag(stored.id), stored.article.url, stored.article.title)


@each_format
@law
@given(articles())
def test_the_full_text_comes_back_unchanged(form: str, stored: StoredArticle) -> None:
    _, entry = read_back(form, stored)
    assert entry.content_html == entry_html(stored.article)


@each_format
@law
@given(articles())
def test_both_dates_come_back(form: str, stored: StoredArticle) -> None:
    _, entry = read_back(form, stored)
    assert [time and time.at for time in (entry.published, entry.updated)] == [stored.sort_at, stored.changed_at]


@each_format
@law
@given(articles())
def test_authors_and_categories_come_back(form: str, stored: StoredArticle) -> None:
    _, entry = read_back(form, stored)
    assert (entry.authors, entry.categories) == (tuple(person.name for person in stored.article.people), stored.article.tags)
