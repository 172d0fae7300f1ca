"""Whatever a publisher wrote, in whatever field, our feeds are well-formed and harmless."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Collection, LanguageEdition, Note, Person, Picture, Source, StoredArticle
from broadsheet.publish import FORMATS, PublishOptions, render_atom, render_json, render_opml, render_rss

T0 = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
NASTY = st.text(max_size=12) | st.sampled_from(
    ["]]>", "<![CDATA[", "\ufffe", "\x0b", "\ud800", '"><script>x</script>', "&#x0;", "&amp;", "<b", "\r\n", "</item>"]
)
URLS = NASTY.map(lambda text: f"https://p.example/{text}") | NASTY


def stored_of(article: Article) -> StoredArticle:
    return StoredArticle(
        id="a",
        source_id="s",
        first_seen=T0,
        sort_at=T0,
        changed_at=T0,
        revision=2,
        content_hash="h",
        entry_guid=None,
        entry_published=None,
        article=article,
    )


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    text, url = lambda: draw(NASTY), lambda: draw(URLS)
    body = sanitize(f"<p>{text()}</p><figure><img src='{url()}'></figure><pre>{text()}</pre>", base_url="https://p.example/")
    article = Article(
        url=url(), canonical_url=url(), title=text(), kicker=text(), standfirst=text(),
        people=(Person(name=text(), url=url()),), section=text(), tags=(text(),),
        language=text(), body=body, text=text(), lead_image=Picture(url=url(), caption=text(), credit=text(), alt=text()),
        notes=(Note(kind="note", html=sanitize(text())),), editions=(LanguageEdition(url=url(), language=text()),),
    )  # fmt: skip
    source = Source(id="s", kind="feed", url=url(), title=text(), home_url=url(), category=text(), added_at=T0)
    return Collection(
        slug="s", title=text(), home_url=url(), description=text(), language=text(), articles=(stored_of(article),), sources=(source,), updated=T0
    )


@settings(max_examples=150, deadline=None)
@given(collections())
@pytest.mark.parametrize("render", [render_rss, render_atom])
def test_every_xml_feed_is_well_formed(render: Any, collection: Collection) -> None:
    ET.fromstring(render(collection, PublishOptions(self_url="https://n.example/")))


@settings(max_examples=100, deadline=None)
@given(collections())
def test_every_json_feed_is_json(collection: Collection) -> None:
    assert len(json.loads(render_json(collection, PublishOptions()))["items"]) == 1


@settings(max_examples=100, deadline=None)
@given(collections())
def test_every_list_of_feeds_is_well_formed(collection: Collection) -> None:
    ET.fromstring(render_opml([collection], title=collection.title, feed_url=lambda each: each.home_url))


@settings(max_examples=100, deadline=None)
@given(collections())
def test_no_title_holds_a_tag(collection: Collection) -> None:
    title = json.loads(render_json(collection, PublishOptions()))["items"][0]["title"]
    assert "<script" not in title


@settings(max_examples=100, deadline=None)
@given(collections())
def test_ids_are_the_same_in_every_format(collection: Collection) -> None:
    rendered = [form.render(collection, PublishOptions()) for form in FORMATS.values()]
    assert all(b"tag:broadsheet.invalid,2026:article/a" in each for each in rendered)


@settings(max_examples=100, deadline=None)
@given(collections())
def test_every_link_of_an_entry_is_a_web_address_or_empty(collection: Collection) -> None:
    url = json.loads(render_json(collection, PublishOptions()))["items"][0].get("url", "")
    assert url == "" or url.startswith(("http://", "https://"))
