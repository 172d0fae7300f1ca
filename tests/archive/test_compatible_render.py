"""The bytes of the compatible form."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from broadsheet.archive.compatible import render_article
from broadsheet.markup.pictures import image_template
from broadsheet.model import LanguageEdition, Note, Person, Picture, SafeHtml, StatedTime

SHANGHAI = StatedTime(raw="2024-06-18T12:44:20+08:00", at=datetime(2024, 6, 18, 4, 44, 20, tzinfo=UTC), offset_minutes=480)


def html_of(stored, **options):
    return render_article(stored, **options).split("\n")[4]


def test_a_whole_file_is_five_lines_and_a_line_end(make):
    stored = make(people=(Person(name="ANA LIMA"),), published=SHANGHAI, language="zh", title="渡轮回来了")
    assert render_article(stored) == (
        "<!--1718687222000-->\n"
        "[渡轮回来了](https://harbour.example/a1)\n"
        "------\n"
        "\n"
        '<address>ANA LIMA</address><time pudate="2024-06-18 12:44:20" datetime="2024-06-18 12:44:20">2024年6月18日</time>'
        "<section><p>It sails at dawn.</p></section>\n"
    )


def test_without_a_time_in_the_feed_the_first_line_has_the_page_s(make):
    assert render_article(make(at=None, published=SHANGHAI)).startswith("<!--1718685860000-->\n")


def test_without_any_time_the_first_line_says_when_we_first_saw_it(make):
    assert render_article(make(at=None)).startswith("<!--1718690400000-->\n")


def test_the_publisher_s_own_address_is_linked_when_it_is_known(make):
    stored = make(canonical_url="https://harbour.example/ferry")
    assert "](https://harbour.example/ferry)\n" in render_article(stored)


def test_the_lead_image_comes_with_size_caption_and_credit(make):
    picture = Picture(url="https://p.example/a.jpg", width_px=1050, height_px=699, caption="The quay.", credit="Jo Park")
    assert (
        '<figure><img src="https://p.example/a.jpg" width="1050" height="699">'
        "<figcaption>The quay. <cite>Jo Park</cite></figcaption></figure><section>"
    ) in html_of(make(lead_image=picture))  # fmt: skip


def test_a_figure_in_the_text_becomes_a_paragraph_with_a_small_caption(make):
    body = SafeHtml('<figure><img src="https://p.example/b.jpg" alt=""><figcaption>The <b>bow</b></figcaption></figure>')
    assert '<p><img src="https://p.example/b.jpg"><small style="color: #999;">The <b>bow</b></small></p>' in html_of(make(body=body))


def test_a_player_in_a_figure_keeps_its_figure(make):
    body = SafeHtml('<figure class="embed"><a href="https://v.example/1"><img src="https://p.example/poster.jpg"></a></figure>')
    assert '<figure class="embed"><a' in html_of(make(body=body))


def test_every_picture_is_shown_through_the_proxy(make):
    stored = make(lead_image=Picture(url="https://p.example/a.jpg"), body=SafeHtml('<figure><img src="https://p.example/b.jpg"></figure>'))
    html = html_of(stored, image=image_template("https://images.weserv.nl/?url={bare_url}"))
    assert 'src="https://images.weserv.nl/?url=p.example/a.jpg"' in html
    assert 'src="https://images.weserv.nl/?url=p.example/b.jpg"' in html
    assert 'src="https://p.example' not in html


def test_notes_stand_in_the_footer_in_order(make):
    notes = (Note(kind="contributor", html=SafeHtml("Bo contributed.")), Note(kind="translator", html=SafeHtml("<p>翻译：小王</p>")))
    assert html_of(make(notes=notes)).endswith("</section><footer><p>Bo contributed.</p><p>翻译：小王</p></footer>")


def test_the_original_edition_is_linked_once(make):
    edition = LanguageEdition(url="https://harbour.example/en/a1", language="en", relation="original")
    linked = Note(kind="original-edition", html=SafeHtml('<a href="https://harbour.example/en/a1">Read it in English</a>'))
    assert html_of(make(editions=(edition,))).endswith('<footer><p><a href="https://harbour.example/en/a1">English</a></p></footer>')
    assert html_of(make(editions=(edition,), notes=(linked,))).count("/en/a1") == 1


def test_a_standfirst_that_the_text_repeats_is_left_out(make):
    assert "standfirst" not in html_of(make(standfirst="It sails at dawn", text="It sails at dawn."))


def test_a_standfirst_of_its_own_stands_before_the_section(make):
    assert '</address><p class="standfirst">After a year.</p><section>' in html_of(make(standfirst="After a year.", text="It sails."))


def test_without_an_author_the_line_still_opens_as_an_html_block(make):
    assert html_of(make(published=SHANGHAI)).startswith("<address></address><time ")


def test_several_authors_are_told_apart(make):
    html = html_of(make(people=(Person(name="Ana Lima"), Person(name="Smith, Jr."))))
    assert html.startswith("<address><span>Ana Lima</span>, <span>Smith, Jr.</span></address>")


def test_a_translator_is_no_author(make):
    people = (Person(name="ANA LIMA"), Person(name="小王", role="translator"))
    assert html_of(make(people=people)).startswith("<address>ANA LIMA</address>")


def test_a_right_to_left_body_says_so(make):
    assert '<section lang="ar" dir="rtl">' in html_of(make(language="ar", direction="rtl"))


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        (StatedTime(raw="18.6.2024", at=datetime(2024, 6, 18, tzinfo=UTC), has_time=False, has_zone=False), 'datetime="2024-06-18"'),
        (StatedTime(raw="x", at=datetime(2024, 6, 18, 3, 4, tzinfo=UTC), has_zone=False), 'datetime="2024-06-18 03:04:00" data-zone="unknown"'),
        (replace(SHANGHAI, offset_minutes=-240), 'datetime="2024-06-18 00:44:20" data-zone="-04:00"'),
        (StatedTime(raw="Dienstag <früh>"), "<time>Dienstag &lt;früh&gt;</time>"),
    ],
)
def test_the_time_shows_the_publisher_s_own_clock(make, stated, shown):
    assert shown in html_of(make(published=stated))
