"""Which blocks are text: the article stays, the dirt around it goes."""

from __future__ import annotations

from broadsheet.extraction.body import Head, find_body

RELATED = (
    "<div class='related'><h3>Read more</h3><ul><li><a href='/a'>Storm closes the bridge for a third week</a></li>"
    "<li><a href='/b'>Council raises the price of the ferry ticket</a></li></ul></div>"
)


def test_every_paragraph_is_kept_and_nothing_of_the_frame(page_of, prose, sentences):
    assert find_body(page_of(prose)).text == "\n".join(sentences)


def test_a_chinese_article_is_kept_whole(page_of, chinese):
    body = find_body(page_of(chinese))
    assert body.html == chinese


def test_a_related_box_at_the_end_is_dropped(page_of, prose):
    assert "Storm closes" not in find_body(page_of(prose + RELATED)).text


def test_a_read_also_line_between_paragraphs_is_dropped(page_of, prose):
    line = "<p><strong>Read also:</strong> <a href='/x'>Storm closes the bridge for a third week</a></p>"
    assert "Storm" not in find_body(page_of(prose.replace("</p>", "</p>" + line, 1))).text


def test_a_newsletter_box_is_dropped(page_of, prose):
    box = "<div class='newsletter'><p>Sign up to our newsletter and get the news in your inbox.</p><button>Subscribe</button></div>"
    assert "inbox" not in find_body(page_of(prose + box + prose)).text


def test_comments_are_dropped(page_of, prose):
    comment = "<div class='comment'><p>I was on that ferry and it was a fine crossing, thank you for writing about it at last.</p></div>"
    body = find_body(page_of(prose, after=f"<section class='comments'>{comment}</section>"))
    assert "fine crossing" not in body.text


def test_a_bad_class_name_around_the_whole_article_does_not_condemn_it(page_of, prose, sentences):
    assert find_body(page_of(f"<div class='related comment newsletter'>{prose}</div>")).text == "\n".join(sentences)


def test_the_headline_is_not_part_of_the_body(page_of, prose):
    body = find_body(page_of("<h2>First ferry leaves</h2>" + prose), None, Head(headline="First ferry leaves"))
    assert "First ferry leaves" not in body.text


def test_a_standfirst_of_its_own_is_left_out_of_the_body(page_of, prose):
    page = page_of("<p class='standfirst'>After eleven weeks of repairs the crossing opens again, three days early.</p>" + prose)
    body = find_body(page, None, Head(standfirst="After eleven weeks of repairs the crossing opens again, three days early."))
    assert "three days early" not in body.text


def test_a_first_paragraph_that_the_head_repeats_stays(page_of, prose, sentences):
    body = find_body(page_of(prose), None, Head(standfirst=sentences[0]))
    assert body.opens_with_standfirst
    assert sentences[0] in body.text


def test_paragraphs_parted_by_line_breaks_are_kept_apart(page_of, sentences):
    body = find_body(page_of(f"<div>{'<br><br>'.join(sentences)}</div>"))
    assert body.text == "\n".join(sentences)


def test_the_report_names_every_block_with_its_verdict(page_of, prose):
    report = [str(verdict) for verdict in find_body(page_of(prose + RELATED)).report]
    assert any(line.startswith("keep") and "harbour master" in line for line in report)
    assert any(line.startswith("drop") and "Read more" in line for line in report)


def test_a_page_without_text_has_an_empty_body(page_of):
    body = find_body(page_of(""))
    assert (body.html, body.text, body.origin) == ("", "", "none")


def test_comments_that_outweigh_the_article_are_still_comments(page_of, prose, sentences):
    said = "".join(f"<li class='comment'><p>{sentence.replace('ferry', 'steamer')}</p></li>" for sentence in sentences * 3)
    page = page_of(prose, after=f"<section class='comments'><h2>Readers</h2><ul>{said}</ul></section>")
    assert "steamer" not in find_body(page).text


def test_a_label_for_screen_readers_is_not_text(page_of, sentences):
    parts = "".join(f"<section><h2 class='visually-hidden'>Article content</h2><p>{sentence}</p></section>" for sentence in sentences)
    assert find_body(page_of(parts)).text == "\n".join(sentences)


def test_a_line_of_date_source_and_author_is_not_text(page_of, chinese):
    line = "2026年11月23日 19:31 来源：渡口晚报 作者：林知夏 程亦凡 字号：大 中 小"
    assert "来源" not in find_body(page_of(f"<div><span>{line}</span></div>{chinese}")).text


def test_the_title_under_which_another_paper_ran_it_is_dropped(page_of, chinese):
    assert "原标题" not in find_body(page_of("<p>（原标题：北部航道提前开通，第一班渡轮周一出发！）</p>" + chinese)).text
