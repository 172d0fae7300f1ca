"""What the archive writes, it reads back unchanged."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.archive import compatible, native
from broadsheet.archive.native.markdown import read_markdown, settled, write_markdown
from broadsheet.archive.pictures import pictures_of
from broadsheet.errors import ArchiveError
from broadsheet.markup.pictures import image_template
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Article, LanguageEdition, Note, Person, Picture, SafeHtml, StatedTime, StoredArticle
from broadsheet.text.plain import collapse, word_count

LETTERS = st.characters(categories=("L", "N", "P", "S", "M"))
words = st.text(st.one_of(LETTERS, st.sampled_from(" *_[]()<>&`#\\!|~\"'-=+:.")), min_size=1, max_size=30).map(collapse).filter(bool)
names = st.text(st.one_of(LETTERS, st.just(" ")), min_size=1, max_size=20).map(collapse).filter(bool)
maybe_words = st.none() | words
urls = st.builds(
    "https://{}.example/{}".format, st.sampled_from(["a", "news", "xn--fiq228c"]), st.sampled_from(["", "a.jpg", "b?c=1&d=%20", "e-f/g", "%E6%96%87"])
)
instants = st.datetimes(datetime(1971, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
times = st.builds(StatedTime, raw=words, at=instants, offset_minutes=st.none() | st.integers(-700, 840)) | st.builds(
    StatedTime, raw=words, at=st.none(), has_time=st.just(False), has_zone=st.just(False)
)
pictures = st.builds(
    Picture, url=urls, width_px=st.none() | st.integers(2, 9999), height_px=st.none(), alt=maybe_words, caption=maybe_words, credit=maybe_words
)

# Snippets rather than random characters: every construct the archive has a form for, and their collisions.
CONSTRUCTS = """
    <p> </p> <h2> </h2> <h6> </h6> <ul> <li> </li> </ul> <ol_start="3"> </ol> <blockquote> </blockquote> <pre> </pre> <em> </em> <strong> </strong>
    <b> </b> <i> </i> <code> </code> <a_href="https://a.example/(x)"> </a> <br> <hr> <img_src="https://p.example/a.jpg"_alt="*x*"> <sub> </sub>
    <figure> <figcaption> <cite> </cite> </figcaption> </figure> <table> <tr> <td> </td> <th> </th> </table> <del> </del> <aside_class="factbox">
    </aside> <small> </small> 1. - # > | * ** _ ~~ ` ``` &amp; &lt;b&gt; [x](y) ![ \\ 字 文。 word word, 10% <!--_notes_--> ---
"""
SNIPPETS = st.sampled_from(CONSTRUCTS.split()).map(lambda snippet: snippet.replace("_", " ") if snippet.startswith("<") else snippet)
SPACES = st.sampled_from(["", " ", "\n", "\n\n", "  \n", "\t"])
bodies = st.lists(st.tuples(SNIPPETS, SPACES).map("".join), max_size=25).map("".join).map(settled)
lines = st.lists(st.sampled_from(["<em>", "</em>", "word", "字", " ", '<a href="https://a.example/">', "</a>"]), min_size=1, max_size=8).map("".join)


@st.composite
def articles(draw: Any) -> Article:
    body = draw(bodies)
    text = to_text(body)
    return Article(
        url=draw(urls), title=draw(words), canonical_url=draw(st.none() | urls), kicker=draw(maybe_words), standfirst=draw(maybe_words),
        people=tuple(draw(st.lists(st.builds(Person, name=names, role=st.sampled_from(["writer", "translator"])), max_size=3))),
        published=draw(st.none() | times), modified=draw(st.none() | times), tags=tuple(draw(st.lists(words, max_size=2))), body=body, text=text,
        language=draw(st.sampled_from([None, "en", "zh-Hans", "ar"])), direction=draw(st.sampled_from(["ltr", "rtl"])), word_count=word_count(text),
        lead_image=draw(st.none() | pictures), pictures=draw(st.sampled_from([pictures_of(body), ()])),
        access=draw(st.sampled_from(["unknown", "cut"])),
        notes=tuple(Note(kind="note", html=html) for html in draw(st.lists(lines.map(settled).filter(bool), max_size=2))),
        editions=tuple(draw(st.lists(st.builds(LanguageEdition, url=urls, relation=st.sampled_from(["original", "alternate"])), max_size=1))),
    )  # fmt: skip


@st.composite
def stored_articles(draw: Any) -> StoredArticle:
    return StoredArticle(
        id=draw(words), source_id="x", first_seen=draw(instants), sort_at=draw(instants), changed_at=draw(instants), revision=draw(st.integers(1, 9)),
        content_hash=draw(names), entry_guid=draw(maybe_words), entry_published=draw(st.none() | times), article=draw(articles()),
    )  # fmt: skip


PROXY = image_template("https://images.weserv.nl/?url={bare_url}")


@settings(deadline=None, max_examples=30)
@given(bodies)
def test_a_body_as_markdown_is_read_back_unchanged(body: SafeHtml):
    assert read_markdown(write_markdown(body)) == body


@settings(deadline=None, max_examples=30)
@given(stored_articles(), st.none() | st.just(PROXY))
def test_the_native_form_gives_back_the_whole_article(stored: StoredArticle, image: Any):
    found = native.read_article(native.render_article(stored, previous="p", image=image))
    assert found.article == stored.article
    assert (found.id, found.entry_published, found.sort_at, found.revision) == (stored.id, stored.entry_published, stored.sort_at, stored.revision)


@settings(deadline=None, max_examples=30)
@given(stored_articles(), st.none() | st.just(PROXY))
def test_the_compatible_form_is_five_lines_and_a_line_end(stored: StoredArticle, image: Any):
    file = compatible.render_article(stored, image=image)
    assert len(file.splitlines()) == 5
    assert file.endswith("\n")


@settings(deadline=None, max_examples=30)
@given(stored_articles())
def test_the_compatible_form_gives_back_what_it_has_room_for(stored: StoredArticle):
    article = stored.article
    found = compatible.read_article(compatible.render_article(stored)).article
    assert (found.title, found.url) == (article.title, article.canonical_url or article.url)
    assert (found.lead_image, [p.name for p in found.people]) == (article.lead_image, [p.name for p in article.people if p.role == "writer"])


@settings(deadline=None, max_examples=30)
@given(stored_articles())
def test_the_compatible_form_keeps_every_word_of_the_text(stored: StoredArticle):
    found = compatible.read_article(compatible.render_article(stored)).article
    assert found.text == stored.article.text


@settings(deadline=None, max_examples=30)
@given(stored_articles(), st.none() | st.just(PROXY))
def test_an_article_read_from_the_compatible_form_is_written_the_same_again(stored: StoredArticle, image: Any):
    once = compatible.render_article(stored, image=image)
    found = compatible.read_article(once)
    told = replace(found.article, language=stored.article.language, direction=stored.article.direction)  # else recognised from the text
    again = replace(stored, article=told, entry_published=found.entry_published)
    assert compatible.render_article(again, image=image) == once


@settings(deadline=None, max_examples=30)
@given(st.text(), st.sampled_from(["", "<!--1-->\n[a](https://a.example/)\n------\n\n", '---\nbroadsheet: 1\nid: "a"\n']))
def test_any_text_is_an_article_with_a_clean_body_or_an_archive_error(text: str, head: str):
    for read in (compatible.read_article, native.read_article):
        with suppress(ArchiveError):
            body = read(head + text).article.body
            assert body == sanitize(body)
