"""News is told from other pages, and weighed by weights of its own."""

from __future__ import annotations

from broadsheet.extraction.body.choose import ballot
from broadsheet.extraction.body.genre import calls_itself_news
from broadsheet.extraction.body.ground import survey
from broadsheet.extraction.body.hearing import weights_of
from broadsheet.extraction.body.signals.boxes import beside_button, beside_player
from broadsheet.extraction.body.signals.line import has_bar
from broadsheet.extraction.body.spots import Spot, spots_of
from broadsheet.markup.page import Page

NEWS = '<title>First ferry leaves</title><script type="application/ld+json">{"@type": "OpinionNewsArticle"}</script>'
BLOG = '<title>First ferry leaves</title><script type="application/ld+json">{"@type": "BlogPosting"}</script>'


def test_a_kind_of_news_article_in_json_ld_makes_a_page_news(page_of, prose):
    assert calls_itself_news(page_of(prose, head=NEWS))


def test_a_news_article_in_microdata_makes_a_page_news(page_of, prose):
    assert calls_itself_news(page_of(f"<div itemscope itemtype='https://schema.org/NewsArticle'>{prose}</div>"))


def test_keywords_for_news_search_make_a_page_news(page_of, prose):
    assert calls_itself_news(page_of(prose, head="<meta name='news_keywords' content='ferry, ice'>"))


def test_a_blog_post_is_no_news(page_of, prose):
    assert not calls_itself_news(page_of(prose, head=BLOG))


def test_the_ballot_on_news_shows_the_weights_of_news(page_of, prose):
    spot = spot_saying(page_of(prose, head=NEWS), "harbour master")
    shown = dict(ballot(spot))
    assert all(shown[signal.__name__] == weight for signal, weight in weights_of(news=True).items() if signal(spot))


def test_a_label_in_a_small_box_with_a_button_is_beside_it(page_of, prose):
    box = "<div><p>This map comes from another service.</p><button>Show it</button></div>"
    assert beside_button(spot_saying(page_of(prose + box), "This map"))


def test_a_paragraph_of_the_text_is_not_beside_a_button_far_away(page_of, prose):
    assert not beside_button(spot_saying(page_of(prose + prose + "<div><button>Share</button></div>"), "harbour master"))


def test_a_title_in_a_small_box_with_a_frame_is_beside_the_player(page_of, prose):
    box = "<div><iframe src='https://video.example/1'></iframe><p>How the ferry crossed the ice</p></div>"
    assert beside_player(spot_saying(page_of(prose + box), "How the ferry"))


def test_an_upright_bar_between_words_is_heard(page_of, prose):
    assert has_bar(spot_saying(page_of(prose + "<p>WATCH | The ferry leaves</p>"), "WATCH"))


def spot_saying(page: Page, words: str) -> Spot:
    """The first spot of *page* with these words."""
    return next(spot for spot in spots_of(survey(page, page.blocks, None)) if words in spot.text)
