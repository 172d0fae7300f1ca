"""What stands beside the text: pull quotes, fact boxes, tables with a caption."""

from __future__ import annotations

from broadsheet.extraction.body import find_body

SAID = "We waited for the boat until every lamp on the quay had gone out."
FACTS = (
    "<div class='fact-box'><h3>The ferry</h3><p>She was built in 1961 and carries three hundred passengers across the northern channel.</p>"
    "<ul><li>Length: 41 metres, with a shallow draught</li><li>Crew: nine in summer, six in winter</li></ul></div>"
)
TIMES = (
    "<figure><table><tr><th scope='col'>Week</th><th scope='col'>Late</th></tr><tr><td>First</td><td>07:12</td></tr>"
    "<tr><td>Second</td><td>12:40</td></tr></table><figcaption>Delays in May</figcaption></figure>"
)


def _behind_first(prose: str, more: str) -> str:
    return prose.replace("</p>", "</p>" + more, 1)


def test_a_pull_quote_of_its_own_words_is_marked_as_one(page_of, prose):
    quote = f"<aside class='c-pull-quote'><p>{SAID}</p></aside>"
    assert f'<blockquote class="pullquote"><p>{SAID}</p></blockquote>' in find_body(page_of(_behind_first(prose, quote))).html


def test_a_quotation_inside_a_pull_quote_is_not_a_second_one(page_of, prose):
    quote = f"<aside class='PullQuote'><blockquote><p>{SAID}</p></blockquote><cite>Joan Tregarrow</cite></aside>"
    html = find_body(page_of(_behind_first(prose, quote))).html
    assert f'<blockquote class="pullquote"><p>{SAID}</p><p><cite>Joan Tregarrow</cite></p></blockquote>' in html


def test_a_paragraph_that_is_a_pull_quote_is_a_quotation(page_of, prose):
    html = find_body(page_of(_behind_first(prose, f"<p class='pullquote'>{SAID}</p>"))).html
    assert f'<blockquote class="pullquote"><p>{SAID}</p></blockquote>' in html


def test_a_pull_quote_that_repeats_the_text_is_left_out(page_of, prose, sentences):
    quote = f"<blockquote class='pullquote'><p>{sentences[3][:60]}</p></blockquote>"
    assert "pullquote" not in find_body(page_of(_behind_first(prose, quote))).html


def test_a_pull_quote_in_chinese_is_marked_too(page_of, chinese):
    quote = "<div class='pull-quote'><p>我们在码头上等船，一直等到所有的灯都熄灭，谁也没有说一句话。</p></div>"
    assert '<blockquote class="pullquote"><p>我们在码头上等船' in find_body(page_of(_behind_first(chinese, quote))).html


def test_an_ordinary_quotation_is_no_pull_quote(page_of, prose):
    html = find_body(page_of(_behind_first(prose, f"<blockquote><p>{SAID}</p></blockquote>"))).html
    assert f"<blockquote><p>{SAID}</p></blockquote>" in html


def test_a_fact_box_is_an_aside_with_its_heading_and_list(page_of, prose):
    html = find_body(page_of(_behind_first(prose, FACTS))).html
    assert '<aside class="factbox"><h3>The ferry</h3><p>She was built' in html
    assert "<li>Crew: nine in summer, six in winter</li></ul></aside>" in html


def test_an_article_whose_frame_is_called_a_box_is_no_fact_box(page_of, prose):
    assert "<aside" not in find_body(page_of(f"<div class='fact-box'>{prose}</div>")).html


def test_the_caption_of_a_table_stays_with_it_and_out_of_the_text(page_of, prose):
    body = find_body(page_of(_behind_first(prose, TIMES)))
    assert "</table><figcaption>Delays in May</figcaption></figure>" in body.html
    assert "Delays in May" not in body.text


def test_a_block_quote_that_a_longer_paragraph_of_the_news_holds_is_a_pull_quote(page_of, prose, sentences):
    news = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry"}</script>'
    quote = f"<blockquote><p>{sentences[3][:60]}</p></blockquote>"
    assert "blockquote" not in find_body(page_of(_behind_first(prose, quote), head=news)).html


def test_a_block_quote_that_a_blog_answers_stays(page_of, prose, sentences):
    quote = f"<blockquote><p>{sentences[3][:60]}</p></blockquote>"
    assert "blockquote" in find_body(page_of(_behind_first(prose, quote))).html
