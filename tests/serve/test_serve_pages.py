"""What each address of the server holds."""

from __future__ import annotations

import json
import re
from types import ModuleType
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.model import PollState, StoredArticle
from broadsheet.serve.rack import make_token, read_token
from broadsheet.store import Draft, Place, open_memory_store


def titles(page: str) -> list[str]:
    return [headline.text() for headline in LexborHTMLParser(page).css(".teaser .headline")]


def test_the_front_page_shows_the_newest_stories(server, paper: ModuleType) -> None:
    assert titles(server.ask("/").text)[:2] == [paper.FERRY.title, paper.RIVER.title]


def test_a_source_has_a_page_of_its_articles(server, paper: ModuleType) -> None:
    assert titles(server.ask("/sources/jiangan/").text) == [paper.RIVER.title, "夜里十点的书店，只卖一本书"]


def test_a_category_has_a_page_of_all_its_sources(server) -> None:
    page = server.ask("/merged/coast/").text
    assert "from 2 sources" in " ".join(page.split())
    assert len(titles(page)) == 5


def test_lists_go_on_where_the_page_before_ended(server, paper: ModuleType) -> None:
    first = server.ask("/merged/all/").text
    older = LexborHTMLParser(first).css_first("a[rel=next]").attributes["href"]
    second = server.ask(urljoin("/merged/all/", older)).text
    assert titles(first) + titles(second) == [stored.article.title for stored in paper.ARTICLES]
    assert "Older" not in second


def test_the_way_back_from_an_older_page_is_the_newest(server) -> None:
    path = urljoin("/merged/all/", LexborHTMLParser(server.ask("/merged/all/").text).css_first("a[rel=next]").attributes["href"])
    back = LexborHTMLParser(server.ask(path).text).css_first("a[rel=prev]").attributes["href"]
    assert urljoin(path, back) == "/merged/all/"


def test_an_article_has_its_page(server, kept: list[StoredArticle], paper: ModuleType) -> None:
    page = LexborHTMLParser(server.ask(f"/articles/{kept[1].id}/").text)
    assert page.css_first("h1").text() == paper.RIVER.title
    assert page.css_first(".trail bdi").text() == "江岸日报"


def test_earlier_revisions_can_be_read(server, kept: list[StoredArticle], paper: ModuleType) -> None:
    old = LexborHTMLParser(server.ask(f"/articles/{kept[0].id}/revisions/1/").text)
    assert old.css_first("h1").text() == paper.OLD_FERRY.title
    assert "Revision 2" in server.ask(f"/articles/{kept[0].id}/revisions/").text


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
def test_every_source_has_its_feed_in_every_format(server, paper: ModuleType, suffix: str) -> None:
    feed = server.ask(f"/feeds/harbour.{suffix}")
    assert feed.status == 200
    assert paper.FERRY.title in feed.text


def test_feeds_name_their_media_types(server) -> None:
    types = [server.ask(f"/merged/all.{suffix}").headers["Content-Type"] for suffix in ("rss", "atom", "json")]
    assert types == ["application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"]


def test_a_feed_says_where_it_is_found(server) -> None:
    assert json.loads(server.ask("/feeds/marfa.json").text)["feed_url"] == f"{server.url}feeds/marfa.json"


def test_the_published_address_outranks_the_one_asked_for(serve, store) -> None:
    running = serve(store, base_url="https://news.example/paper")
    assert json.loads(running.ask("/feeds/marfa.json").text)["feed_url"] == "https://news.example/paper/feeds/marfa.json"


def test_the_list_of_feeds_names_sources_and_merged_ones(server) -> None:
    outlines = ElementTree.fromstring(server.ask("/feeds.opml").body).iter("outline")
    addresses = {outline.get("xmlUrl") for outline in outlines}
    assert {f"{server.url}feeds/harbour.rss", f"{server.url}merged/all.rss", f"{server.url}merged/coast.rss"} <= addresses


def test_the_style_sheet_and_the_icon_are_served(server) -> None:
    assert server.ask("/style.css").headers["Content-Type"].startswith("text/css")
    assert server.ask("/icon.svg").headers["Content-Type"] == "image/svg+xml"


def test_search_engines_are_asked_to_stay_away(server) -> None:
    assert server.ask("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_the_front_page_is_made_anew_when_an_article_comes(serve, paper: ModuleType) -> None:
    with open_memory_store(now=lambda: paper.NOW) as store:
        store.add_source(paper.HARBOUR, PollState(next_due=paper.NOW))
        running = serve(store)
        assert titles(running.ask("/").text) == []
        store.keep_revision(Draft(source_id="harbour", article=paper.FERRY, content_hash="1", fetched_at=paper.NOW))
        assert titles(running.ask("/").text) == [paper.FERRY.title]


def test_the_article_of_a_source_given_up_can_still_be_read(serve, paper: ModuleType) -> None:
    with open_memory_store(now=lambda: paper.NOW) as store:
        store.add_source(paper.HARBOUR, PollState(next_due=paper.NOW))
        kept = store.keep_revision(Draft(source_id="harbour", article=paper.FERRY, content_hash="1", fetched_at=paper.NOW))
        store.remove_source("harbour")
        running = serve(store)
        assert running.ask(f"/articles/{kept.id}/").status == 200


def test_readers_of_a_source_given_up_are_told_to_stop_asking(serve, paper: ModuleType) -> None:
    with open_memory_store(now=lambda: paper.NOW) as store:
        store.add_source(paper.HARBOUR, PollState(next_due=paper.NOW))
        store.remove_source("harbour")
        running = serve(store)
        assert [running.ask(path).status for path in ("/feeds/harbour.rss", "/sources/harbour/", "/feeds/other.rss")] == [410, 410, 404]


def test_a_source_that_keeps_failing_says_so(serve, paper: ModuleType) -> None:
    with open_memory_store(now=lambda: paper.NOW) as store:
        store.add_source(paper.HARBOUR, PollState(next_due=paper.NOW, failures=3, failing_since=paper.NOW))
        assert "could not be reached since" in serve(store).ask("/sources/harbour/").text


def test_health_says_nothing_but_that_it_is_well(server) -> None:
    assert json.loads(server.ask("/health").text) == {"status": "ok"}


def test_every_link_of_the_front_page_leads_somewhere(server) -> None:
    found = {link.attributes["href"] for link in LexborHTMLParser(server.ask("/").text).css("a[href], link[href]")}
    own = [urljoin("/", link) for link in found if re.match(r"\./", link)]
    assert {server.ask(path).status for path in own} == {200}


def test_a_place_in_a_list_survives_its_address(kept: list[StoredArticle], server) -> None:
    place = Place.of(kept[3])
    assert read_token(make_token(place)) == place
