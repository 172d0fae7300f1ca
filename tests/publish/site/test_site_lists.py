"""The front page and the lists: order, days, names, pages, feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from broadsheet.publish.site import (
    Edition,
    Front,
    Listing,
    Site,
    category_slugs,
    collection_page,
    collection_place,
    front_page,
    source_collection,
)
from broadsheet.publish.site.selections import page_count


def front(edition: Edition) -> LexborHTMLParser:
    newest = edition.merged[0].articles
    return LexborHTMLParser(front_page(Site(), Front(newest=newest, sources=edition.sources, merged=edition.merged)))


def listed(edition: Edition, index: int, site: Site | None = None, **changes: object) -> LexborHTMLParser:
    shown = replace(edition.merged[0] if index < 0 else edition.sources[index], **changes)  # type: ignore[arg-type]
    listing = Listing(collection=shown, total=len(shown.articles), here=collection_place(shown.slug))
    return LexborHTMLParser(collection_page(site or Site(), listing))


def test_the_newest_story_leads_the_front_page(edition: Edition, paper: ModuleType) -> None:
    assert front(edition).css_first(".page-one .headline").text() == paper.FERRY.title


def test_every_source_offers_its_three_feeds(edition: Edition) -> None:
    links = [link.attributes["href"] for link in front(edition).css(".shelf")[0].css(".feeds a")]
    assert links == ["./feeds/harbour.rss", "./feeds/harbour.atom", "./feeds/harbour.json"]


def test_categories_offer_their_feeds_beside_everything(edition: Edition) -> None:
    links = [link.attributes["href"] for link in front(edition).css(".merged .feeds a")]
    assert links[0] == "./merged/all.rss"
    assert "./merged/coast.atom" in links


def test_a_source_without_articles_says_so(edition: Edition) -> None:
    bare = replace(edition.sources[0], articles=())
    assert "No articles yet." in front_page(Site(), Front(sources=[bare]))


def test_feed_readers_find_the_feeds_in_the_head(edition: Edition) -> None:
    types = [link.attributes["type"] for link in listed(edition, 0).css("link[rel=alternate]")]
    assert types == ["application/rss+xml", "application/atom+xml", "application/feed+json"]


def test_articles_stand_under_their_days(edition: Edition) -> None:
    days = [day.text(strip=True) for day in listed(edition, -1).css(".day h2")]
    assert days == ["Monday, 23 November 2026", "Sunday, 22 November 2026", "Saturday, 21 November 2026"]


def test_days_begin_by_the_sites_clock(edition: Edition) -> None:
    site = Site(zone=ZoneInfo("Pacific/Kiritimati"))  # 14 hours ahead
    assert listed(edition, -1, site).css_first(".day h2").text(strip=True) == "Tuesday, 24 November 2026"


def test_a_merged_list_names_the_source_of_each_story(edition: Edition) -> None:
    assert listed(edition, -1).css_first(".teaser .where bdi").text() == "The Harbour Gazette"


def test_a_sources_own_list_does_not(edition: Edition) -> None:
    assert listed(edition, 0).css(".teaser .where bdi") == []


def test_excerpts_and_revised_stories_are_marked(edition: Edition) -> None:
    assert [mark.text() for mark in listed(edition, -1).css(".mark")] == ["Revised", "Excerpt", "Excerpt"]


def test_each_headline_bears_its_language_and_direction(edition: Edition) -> None:
    words = [node.attributes for node in listed(edition, -1).css(".teaser .words")]
    assert [(each["lang"], each["dir"]) for each in words[:4]] == [("en", "ltr"), ("zh-Hans", "ltr"), ("ja", "ltr"), ("ar", "rtl")]


def test_a_source_that_cannot_be_reached_says_since_when(edition: Edition) -> None:
    listing = Listing(collection=edition.sources[0], total=4, here=collection_place("harbour"))
    page = collection_page(Site(), listing, failing_since=datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    assert "could not be reached since" in page
    assert "20 November 2026, 08:00 UTC" in page


def test_a_source_that_is_gone_says_that_its_articles_stay(edition: Edition, paper: ModuleType) -> None:
    gone = replace(paper.HARBOUR, state="gone")
    assert "What was kept stays here" in listed(edition, 0, sources=(gone,)).css_first(".notice").text()


def test_pages_of_a_list_point_to_their_neighbours(tree: dict[str, bytes]) -> None:
    middle = LexborHTMLParser(tree["merged/all/page/2/index.html"].decode())
    assert middle.css_first("a[rel=prev]").attributes["href"] == "../../../../merged/all/index.html"
    assert middle.css_first("a[rel=next]").attributes["href"] == "../../../../merged/all/page/3/index.html"
    assert middle.css_first(".pages").text().split() == ["Newer", "Page", "2", "of", "3", "Older"]


def test_list_pages_hold_every_article_once(tree: dict[str, bytes], paper: ModuleType) -> None:
    pages = [tree[name].decode() for name in tree if name.startswith("merged/all/")]
    titles = [headline.text() for page in pages for headline in LexborHTMLParser(page).css(".headline")]
    assert titles == [stored.article.title for stored in paper.ARTICLES]


def test_an_icon_is_no_thumbnail(edition: Edition, paper: ModuleType) -> None:
    small = replace(paper.ARTICLES[0], article=replace(paper.FERRY, lead_image=paper.picture(1, (64, 64))))
    assert listed(edition, 0, articles=(small,)).css(".thumb") == []


def test_a_summary_is_cut_at_a_word(edition: Edition, paper: ModuleType) -> None:
    long = replace(paper.ARTICLES[0], article=replace(paper.FERRY, standfirst="harbour " * 100))
    assert listed(edition, 0, articles=(long,)).css_first(".summary").text().endswith("harbour…")


def test_categories_that_look_alike_get_addresses_of_their_own(paper: ModuleType) -> None:
    sources = [paper.source(str(n), "x", language="en", category=name) for n, name in enumerate(("World", "world", "世界", "经济", "all", None))]
    slugs = category_slugs(sources)
    assert sorted(slugs.values()) == sorted(["World", "world", "世界", "经济", "all"])
    assert "merged/world" in slugs
    assert "merged/all" not in slugs


def test_a_categorys_address_does_not_depend_on_those_beside_it(paper: ModuleType) -> None:
    one, two = (paper.source(name, "x", language="zh", category=name) for name in ("世界", "经济"))
    assert category_slugs([one]).keys() <= category_slugs([one, two]).keys()


def test_an_empty_list_still_has_a_page() -> None:
    assert [page_count(articles, 40) for articles in (0, 1, 40, 41)] == [1, 1, 1, 2]


def test_a_collection_knows_its_newest_change(paper: ModuleType) -> None:
    collection = source_collection(paper.HARBOUR, paper.of(paper.HARBOUR))
    assert collection.updated == paper.NOW - timedelta(hours=1)
