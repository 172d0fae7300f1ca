"""Readers load pictures from where the operator says."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ConfigError
from broadsheet.markup.pictures import ImageTemplate, address_key, first_image, image_template, pictures_in, rewrite, true_size
from broadsheet.markup.sanitize import sanitize

WESERV = "https://images.weserv.nl/?url={bare_url}"
OWN = "https://img.example/pic?u={url}&w=800"


def template(text: str) -> ImageTemplate:
    made = image_template(text)
    assert made is not None
    return made


def test_a_bare_url_is_written_without_scheme_and_readable() -> None:
    assert template(WESERV)("https://static.example/2024/a-b_c.jpg") == "https://images.weserv.nl/?url=static.example/2024/a-b_c.jpg"


def test_the_pictures_own_query_survives_inside_the_proxys() -> None:
    assert template(WESERV)("https://p.example/a.jpg?w=1&h=2%20x#f") == "https://images.weserv.nl/?url=p.example/a.jpg%3Fw=1%26h=2%2520x%23f"


def test_a_whole_url_is_percent_encoded() -> None:
    assert template(OWN)("https://p.example/a.jpg?w=1") == "https://img.example/pic?u=https%3A%2F%2Fp.example%2Fa.jpg%3Fw%3D1&w=800"


def test_an_address_with_half_a_character_in_it_is_escaped_all_the_same() -> None:
    assert template(OWN)("https://h.example/\ud800.jpg").isascii()


def test_what_has_been_through_the_template_stays() -> None:
    once = template(OWN)("https://p.example/a.jpg")
    assert template(OWN)(once) == once


def test_an_empty_setting_leaves_pictures_where_they_are() -> None:
    assert image_template("  ") is None


@pytest.mark.parametrize(
    "text", ["x", "https://a.example/x", "https://a.example/{foo}", "https://a.example/{url}{url}", "ftp://x/{url}", "https://{url}/", "{url}"]
)
def test_a_template_that_is_no_address_is_refused_by_name(text: str) -> None:
    with pytest.raises(ConfigError, match=r"images\.url_template"):
        image_template(text)


def test_everything_a_browser_loads_as_a_picture_is_rewritten() -> None:
    html = sanitize(
        '<picture><source srcset="https://p.example/a.webp 1x, https://p.example/b.webp 2x"><img src="https://p.example/a.jpg"></picture>'
        '<video src="https://p.example/v.mp4" poster="https://p.example/v.jpg"></video>'
    )
    assert rewrite(html, image=lambda url: url.replace("p.example", "q.example")).count("q.example") == 4


def test_a_film_is_not_sent_through_the_picture_proxy() -> None:
    html = sanitize('<video controls><source src="https://p.example/v.mp4" type="video/mp4"></video>')
    assert rewrite(html, image=template(WESERV)) == html


def test_text_that_shows_an_image_tag_is_left_alone() -> None:
    html = sanitize('<p>&lt;img src="https://p.example/a.jpg"&gt;</p>')
    assert rewrite(html, image=template(WESERV)) == html


def test_without_a_map_nothing_changes() -> None:
    html = sanitize('<img src="https://p.example/a.jpg">')
    assert rewrite(html) is html


def test_rewriting_twice_is_rewriting_once() -> None:
    once = rewrite(sanitize('<img src="https://p.example/a.jpg?x=1&amp;y=2">'), image=template(WESERV))
    assert rewrite(once, image=template(WESERV)) == once


def test_a_rewritten_address_cannot_break_out_of_its_attribute() -> None:
    html = rewrite(sanitize('<img src="https://p.example/a.jpg">'), image=lambda url: '"><script>')
    assert html == '<img src="&quot;&gt;&lt;script&gt;">'


def test_the_first_image_is_found_by_its_own_address() -> None:
    assert first_image(sanitize('<p>a</p><img alt="x" src="https://p.example/a.jpg?x=1&amp;y=2">')) == "https://p.example/a.jpg?x=1&y=2"


def test_no_picture_is_no_first_image() -> None:
    assert first_image(sanitize("<p>src=</p>")) is None


@given(st.from_regex(r"\Ahttps?://[a-z]{1,9}\.example/[a-zA-Z0-9/._~%&?=+;,()!-]{0,40}\Z"))
def test_a_proxy_that_decodes_once_gets_the_pictures_own_address(url: str) -> None:
    asked = parse_qs(urlsplit(template("https://img.example/?url={bare_url}")(url)).query)
    assert asked["url"] == [url.partition("://")[2]]


@given(st.from_regex(r"\Ahttps?://[a-z]{1,9}\.example/[a-zA-Z0-9/._~%&?=+;,()!-]{0,40}\Z"))
def test_every_rewritten_page_is_still_clean(url: str) -> None:
    html = rewrite(sanitize(f'<p><img src="{url}"></p>'), image=template(OWN))
    assert sanitize(html) == html
    assert unescape(first_image(html) or "").startswith("https://img.example/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/20417733/large/20417733_master1050.jpg", "https://b.example/ferry-20417733-640x480.webp"),
        ("https://a.example/pic/ferry-at-dawn-300x200.jpg", "https://a.example/pic/ferry-at-dawn.jpg?w=1200"),
    ],
)
def test_one_picture_in_two_sizes_has_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/20260503-ferry.jpg", "https://a.example/20260503-harbour.jpg"),
        ("https://a.example/1/image.jpg", "https://a.example/2/image.jpg"),
    ],
)
def test_two_pictures_of_one_day_or_one_name_have_two(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_recordings_go_where_they_are_sent_and_pictures_stay() -> None:
    html = sanitize(
        '<video src="https://p.example/v.mp4" poster="https://p.example/v.jpg"></video><audio><source src="https://p.example/s.ogg"></audio>'
    )
    moved = rewrite(html, media=lambda url: url.replace("p.example", "q.example"))
    assert [url for url, _ in pictures_in(moved)] == ["https://q.example/v.mp4", "https://p.example/v.jpg", "https://q.example/s.ogg"]


def test_a_size_that_was_measured_is_stated() -> None:
    html = sanitize('<p><img src="https://p.example/a.jpg?x=1&amp;y=2" alt="A"></p>')
    assert rewrite(html, sizes={"https://p.example/a.jpg?x=1&y=2": (640, 480)}) == (
        '<p><img src="https://p.example/a.jpg?x=1&amp;y=2" alt="A" width="640" height="480"></p>'
    )


@pytest.mark.parametrize(
    ("stated", "size", "shown"),
    [
        ((None, None), (1600, 900), (1600, 900)), ((800, 800), (1600, 900), (800, 450)), ((24, None), (512, 512), (24, 24)),
        ((None, 90), (1600, 900), (160, 90)), ((1, None), (10, 10_000), (1, 1000)), ((2, None), (10_000, 10), (2, 1)), ((0, 0), (8, 6), (8, 6)),
    ],
)  # fmt: skip
def test_a_stated_width_is_kept_and_the_height_made_true(
    stated: tuple[int | None, int | None], size: tuple[int, int], shown: tuple[int, int]
) -> None:
    assert true_size(stated, size) == shown


@given(
    st.sampled_from(["https://q.example/a.jpg", '"><script>', "a b,c 2x", "&quot;&amp;"]), st.tuples(st.integers(1, 99_999), st.integers(1, 99_999))
)
def test_what_is_rewritten_stays_as_harmless_as_it_was(address: str, size: tuple[int, int]) -> None:
    html = sanitize(
        '<p><img src="https://p.example/a.jpg" srcset="https://p.example/b.jpg 2x" width="3"></p><video src="https://p.example/v"></video>'
    )
    moved = rewrite(html, image=lambda url: address, media=lambda url: address, sizes={"https://p.example/a.jpg": size})
    assert {tag for tag in ("<script", "onerror") if tag in moved} == set()
    assert moved.count("<") == html.count("<")


def test_every_address_that_a_browser_would_load_is_named_with_its_part() -> None:
    html = sanitize(
        '<picture><source srcset="https://p.example/a.webp 1x, https://p.example/b.webp 2x"><img src="https://p.example/a.jpg?x=1&amp;y=2"></picture>'
        '<video src="https://p.example/v.mp4" poster="https://p.example/v.jpg"></video><audio><source src="https://p.example/s.ogg"></audio>'
        '<figure class="embed"><a href="https://p.example/film"><img class="poster" src="https://p.example/film.jpg"></a></figure>'
    )
    assert pictures_in(html) == (
        ("https://p.example/a.webp", "candidate"), ("https://p.example/b.webp", "candidate"), ("https://p.example/a.jpg?x=1&y=2", "body"),
        ("https://p.example/v.mp4", "media"), ("https://p.example/v.jpg", "poster"), ("https://p.example/s.ogg", "media"),
        ("https://p.example/film.jpg", "poster"),
    )  # fmt: skip


def test_a_picture_that_is_its_own_candidate_is_named_once_as_what_it_is() -> None:
    html = sanitize('<img src="https://p.example/a.jpg" srcset="https://p.example/a.jpg 1x, https://p.example/b.jpg 2x">')
    assert pictures_in(html) == (("https://p.example/a.jpg", "body"), ("https://p.example/b.jpg", "candidate"))


def test_mark_up_that_is_shown_as_text_names_no_pictures() -> None:
    assert pictures_in(sanitize('<p>&lt;img src="https://p.example/a.jpg"&gt;</p>')) == ()
