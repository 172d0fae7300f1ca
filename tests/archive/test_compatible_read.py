"""Files of the compatible form, ours and others', as articles."""

from datetime import UTC, datetime

import pytest

from broadsheet.archive.compatible import read_article
from broadsheet.errors import ArchiveError
from broadsheet.model import LanguageEdition, Person, Picture

HEAD = "<!--1718687222000-->\n[The ferry is back](https://harbour.example/a1)\n------\n\n"
PROMOTION = '<a href="https://feedx.net" style="color:orange">https://feedx.net</a> <br><a href="https://feedx.run">https://feedx.run</a><br>'


def read(html):
    return read_article(f"{HEAD}{html}\n", file="articles/x/1.md").article


def test_title_address_and_time_come_from_the_first_lines():
    found = read_article(HEAD + "<section><p>a</p></section>\n")
    assert (found.article.title, found.article.url) == ("The ferry is back", "https://harbour.example/a1")
    assert found.entry_published.at == datetime(2024, 6, 18, 5, 7, 2, tzinfo=UTC)


def test_the_clock_of_the_page_is_read_in_the_zone_of_the_form():
    article = read('<time pudate="2024-06-18 12:44:20" datetime="2024-06-18 12:44:20">2024年6月18日</time><section><p>a</p></section>')
    assert article.published.at == datetime(2024, 6, 18, 4, 44, 20, tzinfo=UTC)


def test_a_clock_that_cannot_be_is_kept_as_words():
    article = read('<time datetime="2024-13-45 99:99">bald</time><section><p>a</p></section>')
    assert (article.published.raw, article.published.at) == ("2024-13-45 99:99", None)


def test_several_names_in_one_address_are_told_apart():
    article = read("<address>CHOE SANG-HUN, PAUL SONNE and 李明</address><section><p>a</p></section>")
    assert article.people == (Person(name="CHOE SANG-HUN"), Person(name="PAUL SONNE"), Person(name="李明"))


def test_the_figure_before_the_section_is_the_lead_image():
    article = read(
        '<figure><img src="https://images.weserv.nl/?url=p.example/a.jpg" width="1050" height="699">'
        "<figcaption> The quay. <cite>Jo Park</cite></figcaption></figure><section><p>a</p></section>"
    )
    assert article.lead_image == Picture(url="https://p.example/a.jpg", width_px=1050, height_px=699, caption="The quay.", credit="Jo Park")
    assert article.pictures == ()


def test_a_picture_in_the_text_is_a_figure_again():
    article = read('<section><p><img src="https://images.weserv.nl/?url=p.example/b.jpg"><small style="color: #999;">The bow</small></p></section>')
    assert article.body == '<figure><img src="https://p.example/b.jpg"><figcaption>The bow</figcaption></figure>'
    assert article.pictures == (Picture(url="https://p.example/b.jpg", caption="The bow"),)


def test_notes_have_the_kind_that_their_words_tell():
    article = read(
        "<section><p>a</p></section><footer><p>Bo Li contributed reporting from Rome.</p><p>Ana writes about ships.</p><p>翻译：小王</p></footer>"
    )
    assert [note.kind for note in article.notes] == ["contributor", "note", "translator"]


def test_a_link_to_the_english_version_is_an_original_edition():
    article = read('<section><p>a</p></section><footer><p><a href="https://h.example/en/1">点击查看本文英文版。</a></p></footer>')
    assert article.editions == (LanguageEdition(url="https://h.example/en/1", language="en", relation="original"),)
    assert [note.kind for note in article.notes] == ["original-edition"]


def test_a_whole_page_that_was_never_cleaned_is_read_as_it_is():
    article = read('<main class="x"><h1>The ferry is back</h1><div data-ad="1"></div><p>It sails.</p><noscript><img src="/a.jpg"></noscript></main>')
    assert article.text == "It sails."


def test_what_could_harm_a_reader_is_gone():
    article = read('<section><p onclick="x()">a<script>alert(1)</script></p></section><footer><p><a href="javascript:x()">b</a></p></footer>')
    assert (article.body, article.notes[0].html) == ("<p>a</p>", "<p>b</p>")


@pytest.mark.parametrize(
    "promotion",
    [
        f"<br><hr><div>获取更多RSS：<br>{PROMOTION}</div>",
        f"<hr>获取更多RSS：<br>{PROMOTION}",
        "<p>获取更多RSS：https://feedx.net https://feedx.site</p>",
        "<p>本文由 feedx.co 提供</p>",
    ],
)
def test_each_shape_of_the_feed_service_s_own_lines_is_cut(promotion):
    assert read(f"<section><p>a</p></section><footer><p>b</p></footer>{promotion}") == read("<section><p>a</p></section><footer><p>b</p></footer>")


def test_the_service_s_lines_are_cut_inside_the_last_paragraph_too():
    assert read("<section><p>a</p><p>b<br>获取更多RSS：https://feedx.net</p></section>").body == "<p>a</p><p>b</p>"


def test_an_article_about_the_service_keeps_its_words():
    article = read("<section><p>The service feedx.net closed.</p><p>Its readers moved on.</p></section>")
    assert article.text == "The service feedx.net closed.\nIts readers moved on."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("<!--soon-->\n[a](https://a.example/)\n------\n\n<p>a</p>\n", 1),
        ("<!--9999999999999999-->\n[a](https://a.example/)\n------\n\n<p>a</p>\n", 1),
        ("<!--1-->\nA title without a link\n------\n\n<p>a</p>\n", 2),
        ("<!--1-->\n[a](javascript:alert(1))\n------\n\n<p>a</p>\n", 2),
        ("<!--1-->\n[a](https://a.example/)\n\n<p>a</p>\n", 3),
    ],
)
def test_a_broken_file_is_named_with_its_line(text, line):
    with pytest.raises(ArchiveError) as caught:
        read_article(text, file="articles/x/7.md")
    assert caught.value.where == f"articles/x/7.md:{line}"
