"""The posts of a live blog, each with its time."""

from __future__ import annotations

import json

import pytest

from broadsheet.extraction.body import find_body


@pytest.fixture
def pairs(sentences) -> list[str]:
    """The prose as three posts of two paragraphs."""
    return [f"<p>{sentences[at]}</p><p>{sentences[at + 1]}</p>" for at in (0, 2, 4)]


def _time(hour: int, words: str = "") -> str:
    return f"<time datetime='2026-05-03T{hour}:05:00+02:00'>{words or f'{hour}:05'}</time>"


def _said(hour: int, words: str = "") -> str:
    return f'<p class="when"><time datetime="2026-05-03T{hour}:05:00+02:00">{words or f"{hour}:05"}</time></p>'


def test_each_post_is_a_block_with_its_time_above(page_of, pairs):
    posts = "".join(f"<div class='post'>{_time(hour)}<h3>Post of {hour}</h3>{pair}</div>" for hour, pair in zip((14, 13, 12), pairs, strict=True))
    html = find_body(page_of(f"<div class='liveblog'>{posts}</div>")).html
    assert html.startswith(f'<div class="post">{_said(14)}<h3>Post of 14</h3>')
    assert html.count('<div class="post">') == 3


def test_posts_that_lie_side_by_side_have_their_times_between_them(page_of, pairs):
    posts = "".join(f"<p><b>{_time(hour)}</b></p>{pair}" for hour, pair in zip((14, 13, 12), pairs, strict=True))
    html = find_body(page_of(f"<div class='live-ticker'>{posts}</div>")).html
    assert _said(13) + "<p>According to the council" in html


def test_times_that_only_the_data_states_are_taken_from_there(page_of, pairs, sentences):
    updates = [{"@type": "BlogPosting", "articleBody": sentences[at], "datePublished": f"2026-05-03T1{at}:05:00+02:00"} for at in (4, 2, 0)]
    data = json.dumps({"@type": "LiveBlogPosting", "headline": "First ferry leaves", "liveBlogUpdate": updates})
    head = f"<title>First ferry leaves</title><script type='application/ld+json'>{data}</script>"
    html = find_body(page_of("".join(f"<section>{pair}</section>" for pair in pairs), head=head)).html
    assert f'<div class="post">{_said(12)}<p>According to the council' in html


def test_a_relative_time_is_replaced_by_the_clocks(page_of, pairs):
    posts = "".join(f"<div>{_time(hour, 'vor drei Minuten')}{pair}</div>" for hour, pair in zip((14, 13, 12), pairs, strict=True))
    assert _said(14) in find_body(page_of(f"<div class='liveticker'>{posts}</div>")).html


def test_a_time_in_chinese_stays_as_it_is_written(page_of, chinese):
    posts = "".join(
        f"<div>{_time(hour, f'下午{hour - 12}时05分')}{line}</p></div>" for hour, line in zip((15, 14), chinese.split("</p>"), strict=False)
    )
    assert _said(15, "下午3时05分") in find_body(page_of(f"<div class='live-blog'>{posts}</div>")).html


def test_times_are_not_in_the_text(page_of, pairs):
    posts = "".join(f"<div>{_time(hour)}{pair}</div>" for hour, pair in zip((14, 13, 12), pairs, strict=True))
    assert "14:05" not in find_body(page_of(f"<div class='liveblog'>{posts}</div>")).text


def test_an_article_with_times_in_it_is_no_live_blog(page_of, pairs):
    posts = "".join(f"<div>{_time(hour)}{pair}</div>" for hour, pair in zip((14, 13, 12), pairs, strict=True))
    assert 'class="post"' not in find_body(page_of(posts)).html
