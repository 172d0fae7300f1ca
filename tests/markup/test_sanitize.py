"""What the sanitiser lets through, what it drops, and what it puts in order."""

from __future__ import annotations

import pytest

from broadsheet.markup.sanitize import sanitize

BASE = "https://paper.example/world/story.html"
LINK_END = 'rel="noopener noreferrer"'


def test_an_articles_own_markup_stays_as_it_is() -> None:
    html = "<p>One <em>two</em> <strong>three</strong>.</p><h2>Four</h2><ul><li>five</li></ul><blockquote><p>six</p></blockquote><hr>"
    assert sanitize(html) == html


def test_a_figure_keeps_caption_credit_and_sizes() -> None:
    html = '<figure><img src="https://p.example/a.jpg" alt="A" width="640" height="480"><figcaption>Cap <cite>Me</cite></figcaption></figure>'
    assert sanitize(html) == html


def test_relative_links_become_absolute() -> None:
    assert sanitize('<a href="../x?a=1&amp;b=2">l</a>', base_url=BASE) == f'<a href="https://paper.example/x?a=1&amp;b=2" {LINK_END}>l</a>'


def test_a_relative_link_without_a_base_leaves_its_text() -> None:
    assert sanitize('<p>see <a href="/x">there</a></p>') == "<p>see there</p>"


def test_every_link_is_cut_off_from_its_opener() -> None:
    assert LINK_END in sanitize('<a href="https://other.example/" rel="opener" target="_blank">l</a>')


def test_a_mail_address_may_be_linked() -> None:
    assert sanitize('<a href="mailto:desk@paper.example">m</a>') == f'<a href="mailto:desk@paper.example" {LINK_END}>m</a>'


def test_the_candidates_of_a_srcset_are_filtered_one_by_one() -> None:
    html = '<img src="/a.jpg" srcset="/a.jpg 1x, javascript:alert(1) 2x, data:image/png;base64,AA 3x, //cdn.example/b,c.jpg 640w">'
    assert sanitize(html, base_url=BASE) == (
        '<img src="https://paper.example/a.jpg" srcset="https://paper.example/a.jpg 1x, https://cdn.example/b,c.jpg 640w">'
    )


@pytest.mark.parametrize(
    ("srcset", "kept"),
    [
        ("a.jpg 1x,b.jpg 2x", "https://p.example/a.jpg 1x, https://p.example/b.jpg 2x"),
        ("a.jpg, b.jpg 1.5x", "https://p.example/a.jpg, https://p.example/b.jpg 1.5x"),
        ("a,b.jpg 100w 50h", "https://p.example/a,b.jpg 100w"),
        ("\n a.jpg\t2x ,", "https://p.example/a.jpg 2x"),
        ("a.jpg loud", "https://p.example/a.jpg"),
    ],
)
def test_a_srcset_is_spelled_one_way(srcset: str, kept: str) -> None:
    assert sanitize(f'<img src="a.jpg" srcset="{srcset}">', base_url="https://p.example/") == f'<img src="https://p.example/a.jpg" srcset="{kept}">'


@pytest.mark.parametrize(("size", "kept"), [("640", "640"), ("640px", "640"), (" 640.5 ", "640"), ("100%", None), ("auto", None), ("-5", None)])
def test_only_a_number_of_pixels_is_a_size(size: str, kept: str | None) -> None:
    said = f' width="{kept}"' if kept else ""
    assert sanitize(f'<img src="https://p.example/a.jpg" width="{size}">') == f'<img src="https://p.example/a.jpg"{said}>'


def test_a_picture_in_a_data_url_is_dropped() -> None:
    assert sanitize('<p>a<img src="data:image/png;base64,AAAA">b</p>') == "<p>ab</p>"


@pytest.mark.parametrize("marks", ['width="1" height="1"', 'height="0"', 'style="width:1px"', 'style="display:none"', "hidden"])
def test_a_picture_nobody_is_meant_to_see_is_dropped(marks: str) -> None:
    assert sanitize(f'<p>a<img src="https://counter.example/p" {marks}></p>') == "<p>a</p>"


def test_what_the_page_hides_stays_hidden() -> None:
    assert sanitize('<p>a</p><p style="color:red; display: none">b</p><div hidden><p>c</p></div>') == "<p>a</p>"


def test_a_box_kept_in_ratio_by_zero_height_is_no_hidden_box() -> None:
    assert (
        sanitize('<div style="height:0;padding-bottom:56%"><img src="https://p.example/a.jpg"></div>')
        == '<div><img src="https://p.example/a.jpg"></div>'
    )


def test_empty_wrappers_are_dropped_inside_out() -> None:
    assert sanitize("<div><p><span> </span>&nbsp;<br></p></div><p>a</p><ul><li></li></ul>") == "<p>a</p>"


def test_an_empty_inline_element_leaves_its_space() -> None:
    assert sanitize("<p>one<b> </b>two</p>") == "<p>one two</p>"


def test_an_empty_table_cell_stays() -> None:
    assert "<td></td><td>1</td>" in sanitize("<table><tr><td></td><td>1</td></tr></table>")


def test_foreign_sections_keep_words_apart() -> None:
    assert sanitize("<section>end.</section><section>Next</section>") == "<div>end.</div><div>Next</div>"


def test_the_pages_own_first_heading_ranks_below_ours() -> None:
    assert sanitize("<h1>Title</h1>") == "<h2>Title</h2>"


def test_only_our_classes_stay() -> None:
    assert sanitize('<figure class="wp-block embed x"><a href="https://v.example/">v</a></figure>').startswith('<figure class="embed">')


def test_ids_names_and_styles_are_gone() -> None:
    assert sanitize('<p id="x" name="y" style="color:red" data-z="1" onclick="z()">a</p>') == "<p>a</p>"


def test_a_footnotes_ids_stay_and_no_others() -> None:
    html = f'<p><a href="#fn-3c5-1" id="fnref-3c5-1" {LINK_END}>1</a></p><ol class="footnotes"><li id="fn-3c5-1">n</li></ol>'
    assert sanitize(html) == html
    assert sanitize('<p id="fn-x">a</p><p id="#fn-3c5-1">b</p><a href="#top">c</a>') == "<p>a</p><p>b</p>c"


def test_presentation_mathml_stays_without_what_only_programs_read() -> None:
    html = '<p>a <math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math> b</p>'
    assert sanitize(html.replace("</math>", "<annotation>x</annotation></math>").replace("<math", '<math onclick="x()" class="y"')) == html


def test_language_and_direction_stay() -> None:
    html = '<p lang="ar" dir="rtl">نص</p>'
    assert sanitize(html) == html


def test_a_malformed_language_is_no_language() -> None:
    assert sanitize('<p lang="en&quot; onload=x">a</p>') == "<p>a</p>"


def test_ruby_and_right_to_left_isolates_stay() -> None:
    html = "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby> <bdi>نص</bdi></p>"
    assert sanitize(html) == html


def test_a_player_never_starts_by_itself_and_can_be_operated() -> None:
    html = '<video src="/v.mp4" poster="/p.jpg" autoplay loop onplay="x()"></video>'
    assert sanitize(html, base_url=BASE) == '<video src="https://paper.example/v.mp4" poster="https://paper.example/p.jpg" controls=""></video>'


def test_preformatted_text_keeps_its_lines() -> None:
    assert sanitize("<pre>\n\n a\n  b</pre>") == "<pre> a\n  b</pre>"


def test_comments_and_processing_instructions_are_gone() -> None:
    assert sanitize("<p>a<!-- b --><?php c ?></p><![CDATA[d]]>") == "<p>a</p>"


def test_a_span_that_says_nothing_is_unwrapped() -> None:
    assert sanitize("<p><span class='x'>a</span> <font color=red>b</font></p>") == "<p>a b</p>"


def test_links_are_never_inside_links() -> None:
    assert sanitize('<a href="https://a.example/">a<table><tr><td><a href="https://b.example/">b</a></td></tr></table></a>').count("<a ") == 2


def test_text_that_looks_like_markup_stays_text() -> None:
    assert sanitize("<p>1 &lt; 2 &amp;&amp; &lt;script&gt;</p>") == "<p>1 &lt; 2 &amp;&amp; &lt;script&gt;</p>"


def test_angle_brackets_in_attributes_are_escaped() -> None:
    assert 'alt="&lt;b&gt; &quot;q&quot;"' in sanitize('<img src="https://p.example/a.jpg" alt="<b> &quot;q&quot;">')
