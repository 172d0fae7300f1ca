"""The article page: every field shown, in its own language and direction, nothing dangerous let through."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.model import Article, LanguageEdition, Person, Picture, SafeHtml, StatedTime, StoredArticle
from broadsheet.publish.addresses import PictureAddresses
from broadsheet.publish.site import Site, article_page


def page(stored: StoredArticle, site: Site | None = None, **fields: object) -> LexborHTMLParser:
    changed = replace(stored, article=replace(stored.article, **fields))  # type: ignore[arg-type]
    return LexborHTMLParser(article_page(site or Site(), changed, None))


def words(tree: LexborHTMLParser, selector: str) -> str:
    return " ".join(tree.css_first(selector).text().split())


@pytest.fixture
def ferry(paper: ModuleType) -> StoredArticle:
    return paper.ARTICLES[0]


def test_people_stand_under_the_headline_with_what_they_did(ferry: StoredArticle) -> None:
    said = words(page(ferry), ".byline")
    assert "By Amara Diallo and Piet van Loon" in said
    assert "With contributions by Li Wen" in said
    assert "Photographs by Jonas Brandt" in said


def test_an_agency_needs_no_by(ferry: StoredArticle) -> None:
    assert words(page(ferry, people=(Person(name="Coast Wire", role="agency"),)), ".byline p") == "Coast Wire"


def test_the_publishers_clock_is_kept(ferry: StoredArticle) -> None:
    time = page(ferry).css_first(".byline time")
    assert (time.text(), time.attributes["datetime"]) == ("23 November 2026, 15:00 UTC+1", "2026-11-23T15:00+01:00")


def test_a_bare_date_gets_no_time_of_day(ferry: StoredArticle) -> None:
    told = StatedTime(raw="2026-11-20", at=ferry.first_seen.replace(day=20, hour=0), has_time=False)
    assert page(ferry, published=told).css_first(".byline time").text() == "20 November 2026"


def test_a_date_nobody_can_read_is_shown_as_it_stands(ferry: StoredArticle) -> None:
    assert "stated as “the day of the fair”" in words(page(ferry, published=StatedTime(raw="the day of the fair")), ".record")


def test_the_feeds_date_stands_in_for_a_page_without_one(ferry: StoredArticle) -> None:
    dated = replace(ferry, entry_published=StatedTime(raw="x", at=ferry.first_seen))
    assert "23 November 2026, 14:00" in words(page(dated, published=None), ".byline")


def test_the_lead_picture_has_caption_credit_and_size(ferry: StoredArticle) -> None:
    figure = page(ferry).css_first("figure.lead")
    assert figure.css_first("img").attributes["width"] == "1200"
    assert figure.css_first("figcaption cite").text() == "Jonas Brandt"


def test_a_size_of_which_half_is_unknown_is_left_out(ferry: StoredArticle) -> None:
    half = Picture(url="https://p.example/a.jpg", width_px=640)
    assert "width" not in page(ferry, lead_image=half).css_first("figure.lead img").attributes


def test_pictures_load_late_and_tell_their_host_nothing(ferry: StoredArticle) -> None:
    shown = page(ferry).css_first(".body img").attributes
    assert (shown["loading"], shown["referrerpolicy"]) == ("lazy", "no-referrer")


def test_every_picture_goes_through_the_proxy_when_there_is_one(ferry: StoredArticle) -> None:
    proxied = page(ferry, Site(pictures=PictureAddresses(image=lambda url: "https://proxy.example/?" + url)))
    assert {image.attributes["src"][:22] for image in proxied.css("img")} == {"https://proxy.example/"}


def test_wide_tables_scroll_in_a_box_that_the_keyboard_reaches(ferry: StoredArticle) -> None:
    assert page(ferry).css_first(".body .wide[tabindex='0'] > table") is not None


def test_corrections_and_contributors_follow_the_text(ferry: StoredArticle) -> None:
    notes = [" ".join(note.text().split()) for note in page(ferry).css(".notes .note")]
    assert notes == [
        "Li Wen contributed reporting from the mainland.",
        "Correction: an earlier version gave the length of the bridge in miles.",
    ]


def test_other_language_editions_go_by_their_own_names(paper: ModuleType) -> None:
    assert words(page(paper.ARTICLES[1]), ".editions li") == "English (the original)"


def test_an_article_that_is_cut_says_so_and_where_the_rest_is(paper: ModuleType) -> None:
    notice = page(paper.ARTICLES[4]).css_first(".notice")
    assert "is open to everyone" in notice.text()
    assert notice.css_first("a").attributes["href"].startswith("https://deich.example/")


def test_an_article_we_failed_to_read_does_not_blame_the_publisher(ferry: StoredArticle) -> None:
    assert "could be kept" in words(page(ferry, completeness="teaser", access="open"), ".notice")


def test_an_article_without_any_text_says_so(ferry: StoredArticle) -> None:
    assert "could not be kept" in words(page(ferry, body=SafeHtml(""), text=""), ".notice")


def test_a_whole_article_makes_no_such_remark(ferry: StoredArticle) -> None:
    assert page(ferry).css_first(".notice") is None


def test_right_to_left_articles_say_so_in_their_own_language(paper: ModuleType) -> None:
    article = page(paper.ARTICLES[3]).css_first("main > article").attributes
    assert (article["lang"], article["dir"]) == ("ar", "rtl")


def test_the_canonical_link_is_the_publishers(ferry: StoredArticle) -> None:
    linked = page(ferry, canonical_url="https://harbour.example/canonical").css_first("link[rel=canonical]")
    assert linked.attributes["href"] == "https://harbour.example/canonical"


def test_an_earlier_revision_names_itself_and_the_way_to_the_newest(paper: ModuleType) -> None:
    old = LexborHTMLParser(article_page(Site(), paper.ARTICLES[0], paper.HARBOUR, revision=paper.REVISIONS[0]))
    assert "You are reading revision 1" in words(old, ".notice")
    assert old.css_first("h1").text() == "The last night ferry leaves on time"
    assert old.css_first(".notice a").attributes["href"] == "../../../../articles/01harbour0001/index.html"


def test_an_article_of_a_source_given_up_still_has_its_page(ferry: StoredArticle) -> None:
    assert page(ferry).css_first("h1").text() == ferry.article.title


def test_markup_in_plain_fields_is_shown_not_obeyed(ferry: StoredArticle) -> None:
    bad = "<script>alert(1)</script>"
    tree = page(ferry, title=bad, standfirst=bad, kicker=bad, people=(Person(name=bad),), lead_image=Picture(url="https://p.example/", caption=bad))
    assert tree.css("script") == []
    assert tree.css_first("h1").text() == bad


def test_addresses_that_are_no_web_addresses_become_no_links(ferry: StoredArticle) -> None:
    bad = "javascript:alert(1)"
    tree = page(ferry, url=bad, people=(Person(name="X", url=bad),), editions=(LanguageEdition(url=bad, language="de"),), lead_image=Picture(url=bad))
    assert "javascript:" not in (tree.html or "")


def test_a_language_tag_cannot_break_out_of_its_attribute(ferry: StoredArticle) -> None:
    assert page(ferry, language='en"><script>').css("script") == []


def test_an_article_without_a_title_is_known_by_its_first_words(ferry: StoredArticle) -> None:
    assert page(ferry, title=" ", text="Fog.\nMore fog.").css_first("h1").text() == "Fog."


def test_an_article_with_nothing_but_a_title_has_a_page(ferry: StoredArticle) -> None:
    bare = replace(ferry, article=Article(url="https://harbour.example/x", title="Only a title", body=SafeHtml("")))
    assert LexborHTMLParser(article_page(Site(), bare, None)).css_first("h1").text() == "Only a title"
