"""What one article looks like inside an entry."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, LanguageEdition, Note, Picture
from broadsheet.publish.addresses import PictureAddresses
from broadsheet.publish.entry_html import entry_html, figure

BARE = Article(url="https://p.example/a", title="Headline", body=sanitize("<p>Body.</p>"), text="Body.")


def test_the_body_alone_is_published_as_it_stands() -> None:
    assert entry_html(BARE) == "<p>Body.</p>"


def test_parts_come_in_the_order_of_a_newspaper(article: Article) -> None:
    html = entry_html(article)
    places = [html.index(part) for part in ("ferry.jpg", "一艘渡轮每天", "渡轮在清晨", "Ben Ruiz", "翻译：陈一", "英文版", "العربية")]
    assert places == sorted(places)


def test_the_headline_is_not_repeated(article: Article) -> None:
    assert "没有乘客的渡轮" not in entry_html(article)


def test_a_lead_image_that_the_body_shows_is_not_shown_twice() -> None:
    body = sanitize('<figure><img src="https://p.example/a.jpg?w=600"></figure><p>Body.</p>')
    article = replace(BARE, body=body, lead_image=Picture(url="https://p.example/a.jpg?w=1200"))
    assert entry_html(article).count("a.jpg") == 1


def test_a_standfirst_that_opens_the_text_is_not_said_twice() -> None:
    assert entry_html(replace(BARE, standfirst="“Body”")) == "<p>Body.</p>"


def test_a_standfirst_of_its_own_stands_first() -> None:
    assert entry_html(replace(BARE, standfirst="What <it> says")) == '<p class="standfirst">What &lt;it&gt; says</p><p>Body.</p>'


def test_a_credit_named_in_the_caption_is_not_named_again() -> None:
    assert figure(Picture(url="https://p.example/a.jpg", caption="Sea. Photo: Ann Lee", credit="Ann Lee")).count("Ann Lee") == 1


def test_a_credit_without_a_caption_stands_alone() -> None:
    assert "<figcaption><cite>Ann Lee</cite></figcaption>" in figure(Picture(url="https://p.example/a.jpg", credit="Ann Lee"))


def test_a_note_in_blocks_is_not_wrapped_again() -> None:
    note = Note(kind="correction", html=sanitize("<p>One.</p><p>Two.</p>"))
    assert entry_html(replace(BARE, notes=(note,))).endswith("<footer><p>One.</p><p>Two.</p></footer>")


def test_an_edition_that_a_note_links_to_is_not_linked_again(article: Article) -> None:
    assert entry_html(article).count("https://harbour.example/en/2026/ferry") == 1


def test_an_edition_is_named_in_its_own_language() -> None:
    editions = (LanguageEdition(url="https://p.example/ja/a", language="ja"),)
    assert ">日本語</a></p></footer>" in entry_html(replace(BARE, editions=editions))


def test_an_edition_at_no_web_address_is_not_linked() -> None:
    editions = (LanguageEdition(url="javascript:alert(1)", language="ja"),)
    assert entry_html(replace(BARE, editions=editions)) == "<p>Body.</p>"


def test_language_and_direction_travel_with_the_text() -> None:
    assert entry_html(replace(BARE, language="ar", direction="rtl")).startswith('<div lang="ar" dir="rtl">')


def test_every_picture_is_loaded_from_where_the_operator_says(article: Article) -> None:
    html = entry_html(article, pictures=PictureAddresses(image=lambda url: "https://img.example/x"))
    assert 'src="https://pictures.example' not in html
    assert 'srcset="https://img.example/x 450w, https://img.example/x 900w"' in html


def test_what_is_published_is_as_clean_as_what_came_in(article: Article) -> None:
    assert "<script" not in entry_html(replace(article, standfirst="<script>x</script>", title="<script>"))
