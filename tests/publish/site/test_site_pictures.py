"""Pictures on pages: sizes to choose from, room kept before they come, a tiny copy under them meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, KnownPicture, Original, Picture, StoredArticle
from broadsheet.publish.addresses import PictureAddresses, address_digest
from broadsheet.publish.site import Front, Site, article_page, content_security_policy, front_page
from broadsheet.publish.site.album import BODY, LEAD, LIST, Album
from broadsheet.publish.site.place import FRONT, Links

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FERRY = "https://p.example/ferry.jpg"
TINY = "data:image/webp;base64,AAAA"


def resized(url: str, *, width_px: int, height_px: int | None = None, moves: bool = False) -> str:
    return f"images/?{width_px}x{height_px or ''}{'!' if moves else ''}"


PROXIED = Site(pictures=PictureAddresses(image=lambda url: f"images/?{url}", resized=resized, origins=()))


def known(url: str = FERRY, size: tuple[int, int] = (1600, 900), *, frames: int = 1, placeholder: str | None = TINY) -> dict[str, KnownPicture]:
    original = Original(
        hash="c0ffee", media_type="image/jpeg", size_bytes=9, width_px=size[0], height_px=size[1], frames=frames, placeholder=placeholder
    )
    return {url: KnownPicture(url=url, state="kept", original=original, fetched_at=NOON)}


def album(site: Site = PROXIED, facts: dict[str, KnownPicture] | None = None) -> Album:
    return Album(links=Links(site=site, here=FRONT), known=facts or {})


def body_of(ferry: StoredArticle, body: str, site: Site = PROXIED, facts: dict[str, KnownPicture] | None = None) -> LexborHTMLParser:
    article = replace(ferry.article, body=sanitize(body), lead_image=None)
    return LexborHTMLParser(article_page(site, replace(ferry, article=article), None, known=facts or {}))


@pytest.fixture
def ferry(paper: ModuleType) -> StoredArticle:
    return paper.ARTICLES[0]


def widths(srcset: str | None) -> list[str]:
    return [candidate.split()[1] for candidate in (srcset or "").split(", ")]


def test_a_browser_may_choose_among_the_widths_that_the_picture_has() -> None:
    shown = album(facts=known(size=(1000, 500))).picture(Picture(url=FERRY), LEAD)
    assert shown is not None
    assert widths(shown.srcset) == ["320w", "480w", "640w", "960w", "1000w"]
    assert (shown.width, shown.height, shown.sizes) == (1000, 500, LEAD.sizes)


def test_a_picture_never_seen_is_taken_as_wide_as_its_publisher_says() -> None:
    shown = album().picture(Picture(url=FERRY, width_px=700, height_px=300), LEAD)
    assert shown is not None
    assert widths(shown.srcset)[-1] == "700w"


def test_a_picture_of_unknown_size_has_one_address_so_that_a_small_one_stays_small() -> None:
    shown = album().picture(Picture(url=FERRY), LEAD)
    assert shown is not None
    assert (shown.src, shown.srcset, shown.width) == ("./images/?1280x", "", None)


def test_the_true_proportions_outrank_those_that_the_publisher_stated() -> None:
    shown = album(facts=known()).picture(Picture(url=FERRY, width_px=800, height_px=800), LEAD)
    assert shown is not None
    assert (shown.width, shown.height) == (800, 450)


def test_an_icon_of_a_large_file_stays_an_icon(ferry: StoredArticle) -> None:
    image = body_of(ferry, f'<p><img src="{FERRY}" width="24" height="24" alt="">x</p>', facts=known(size=(512, 512))).css_first(".body img")
    assert (image.attributes["src"], image.attributes["width"]) == ("../../images/?48x", "24")
    assert "srcset" not in image.attributes


def test_thumbnails_are_small_and_cut_to_their_shape() -> None:
    shown = album(facts=known()).picture(Picture(url=FERRY), LIST)
    assert shown is not None
    assert shown.srcset == "./images/?96x64 96w, ./images/?192x128 192w, ./images/?352x235 352w"


def test_an_animation_moves_in_its_article_and_stands_still_in_a_list() -> None:
    facts = album(facts=known(frames=12))
    assert "!" in facts.addresses(FERRY, (1600, 900), BODY)["srcset"]
    assert "!" not in facts.addresses(FERRY, (1600, 900), LIST)["srcset"]


def test_an_animation_too_large_for_the_proxy_stands_still() -> None:
    assert "!" not in album(facts=known(frames=200)).addresses(FERRY, (1600, 900), BODY)["srcset"]


def test_what_its_name_says_of_a_picture_never_seen_is_believed() -> None:
    assert album().addresses("https://p.example/dance.gif", None, BODY) == {"src": "./images/?1280x!"}


def test_the_publishers_own_candidates_make_room_for_ours(ferry: StoredArticle) -> None:
    html = f'<picture><source srcset="https://p.example/a.avif 1x"><img src="{FERRY}" srcset="https://p.example/b.jpg 2x" alt=""></picture>'
    shown = body_of(ferry, html, facts=known())
    assert shown.css(".body picture, .body source") == []
    assert widths(shown.css_first(".body img:last-child").attributes["srcset"]) == ["320w", "480w", "640w", "960w", "1280w"]


def test_without_a_proxy_of_ours_the_publishers_candidates_stay(ferry: StoredArticle) -> None:
    html = f'<picture><source srcset="https://p.example/a.avif 1x"><img src="{FERRY}" alt=""></picture>'
    shown = body_of(ferry, html, site=Site(pictures=PictureAddresses(image=lambda url: f"https://x.example/{url[8:]}")))
    assert shown.css_first(".body source").attributes["srcset"] == "https://x.example/p.example/a.avif 1x"


def test_a_tiny_copy_lies_under_a_picture_while_it_comes(ferry: StoredArticle) -> None:
    under = body_of(ferry, f'<figure><img src="{FERRY}" alt="A ferry"></figure>', facts=known()).css_first(".body .under")
    copy, image = under.css("img")
    assert (copy.attributes["src"], copy.attributes["alt"], copy.attributes["aria-hidden"]) == (TINY, "", "true")
    assert image.attributes["alt"] == "A ferry"


@pytest.mark.parametrize("facts", [{}, known(placeholder=None), known(size=(900, 1600)), known(size=(200, 100))])
def test_no_copy_lies_under_what_is_transparent_upright_small_or_never_seen(ferry: StoredArticle, facts: dict[str, KnownPicture]) -> None:
    assert body_of(ferry, f'<p><img src="{FERRY}" alt=""></p>', facts=facts).css(".under") == []


def test_kept_pictures_come_from_the_pages_own_folder(ferry: StoredArticle) -> None:
    site = Site(pictures=PictureAddresses(kept_at="pictures/"))
    kept, other = body_of(ferry, f'<p><img src="{FERRY}" alt=""><img src="https://p.example/b.jpg" alt=""></p>', site, known()).css(
        ".body img:not(.placeholder)"
    )
    assert kept.attributes["src"] == f"../../pictures/{address_digest(FERRY)}.jpg"
    assert other.attributes["src"] == "https://p.example/b.jpg"


def test_a_recording_is_not_loaded_before_it_is_played(ferry: StoredArticle) -> None:
    film = body_of(ferry, '<video><source src="https://p.example/v.mp4"></video>').css_first(".body video")
    assert (film.attributes["preload"], film.css_first("source").attributes["src"]) == ("none", "https://p.example/v.mp4")


def test_with_our_own_proxy_pages_may_load_pictures_from_nobody_else() -> None:
    assert "img-src 'self' data:;" in content_security_policy(PROXIED)
    assert "media-src 'self' http: https:;" in content_security_policy(PROXIED)


def test_recordings_of_others_are_refused_where_the_proxy_passes_them_on() -> None:
    site = Site(pictures=PictureAddresses(media=lambda url: f"images/?{url}", media_origins=()))
    assert "media-src 'self';" in content_security_policy(site)


def test_the_first_story_has_the_largest_picture(paper: ModuleType) -> None:
    page = LexborHTMLParser(front_page(PROXIED, Front(newest=paper.ARTICLES)))
    first, second = page.css(".page-one .thumb img")[:2]
    assert first.attributes["srcset"].endswith("./images/?960x600 960w, ./images/?1200x750 1200w")
    assert widths(second.attributes["srcset"]) == ["128w", "208w", "320w", "480w", "768w"]


def test_an_article_without_pictures_is_shown_as_ever(ferry: StoredArticle) -> None:
    bare = Article(url="https://p.example/a", title="A", body=sanitize("<p>Nothing to see.</p>"))
    assert LexborHTMLParser(article_page(PROXIED, replace(ferry, article=bare), None)).css("img") == []
