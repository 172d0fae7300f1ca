"""Under which addresses an article is known, and when an address tells nothing."""

from __future__ import annotations

import pytest

from broadsheet.compare import article_keys, is_same_story
from broadsheet.model import Article

LONG = " ".join(f"word{number}" for number in range(200))


def article(name: str, canonical: str | None = None, text: str = "") -> Article:
    return Article(url=f"https://h.example/{name}", title=f"Story {name}", canonical_url=canonical, text=text)


def test_an_article_is_known_under_its_entrys_address_its_own_and_its_canonical_one():
    article = Article(url="https://h.example/a?utm_source=x", title="", canonical_url="https://www.h.example/story/a")
    assert article_keys(article, "https://click.example/17", None) == ("click.example/17", "h.example/a", "h.example/story/a")


@pytest.mark.parametrize("front", ["https://h.example/", "https://www.h.example", "http://h.example/index.html", "https://h.example/home"])
def test_a_canonical_url_that_names_the_front_page_names_no_story(front):
    assert article_keys(Article(url="https://h.example/a", title="", canonical_url=front)) == ("h.example/a",)


def test_an_entry_that_led_to_the_front_page_is_known_by_its_own_address_alone():
    landed = Article(url="https://h.example/", title="Welcome")
    assert article_keys(landed, "https://h.example/gone") == ("h.example/gone",)


def test_a_canonical_url_that_another_story_has_tells_nothing():
    second = article("b", canonical="https://h.example/news")
    assert article_keys(second, "https://h.example/b", holder=article("a")) == ("h.example/b",)


def test_a_canonical_url_that_the_same_story_has_counts():
    again = Article(url="https://m.h.example/a", title="Story a", canonical_url="https://h.example/a")
    assert article_keys(again, holder=article("a")) == ("m.h.example/a", "h.example/a")


def test_a_page_all_expired_stories_lead_to_makes_them_not_one():
    landed = Article(url="https://h.example/archive", title="Our archive")
    assert article_keys(landed, "https://h.example/gone", holder=article("other")) == ("h.example/gone",)


def test_two_entries_without_a_link_that_are_read_at_their_feeds_home_are_known_by_no_address():
    one, other = (Article(url="https://h.example/blog/", title=title) for title in ("High water", "Low water"))
    assert article_keys(one, None, holder=other) == ()


def test_the_same_text_under_a_new_headline_is_the_same_story():
    assert is_same_story(article("a", text=LONG), article("b", text=LONG + " and more"))


def test_untitled_stories_of_different_words_are_not_the_same():
    one, other = (Article(url="https://h.example/a", title="", text=text) for text in (LONG, LONG.replace("word", "wort")))
    assert not is_same_story(one, other)
