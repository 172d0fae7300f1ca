"""One spelling for every address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import UsageError
from broadsheet.urls import host_of, is_http, join, normalise, origin_of

SCHEMES = ["http:", "https:", "//", "/", "\\", ":80", ":443", "@"]
NAMES = ["a.example", "Bücher.example", "[::1]", "0x7f.1", "xn--", "。"]
REST = ["%2530", "%2e", "..", ".", "?", "q=ä b", "#f", " ", "%", "\t"]
PIECES = st.sampled_from(SCHEMES + NAMES + REST)


def test_scheme_host_port_and_path_have_one_spelling():
    assert normalise("HTTP://Exa%6dple.COM:80/a/./b/../c d?x=ä#part") == "http://example.com/a/c%20d?x=%C3%A4"


def test_escapes_that_are_there_stay_as_they_are():
    assert normalise("https://a.example/%2530?q=%253F") == "https://a.example/%2530?q=%253F"


def test_escaped_dots_are_dots():
    assert normalise("https://a.example/x/%2E%2e/y") == "https://a.example/y"


def test_nothing_climbs_above_the_root():
    assert normalise("https://a.example/../../x") == "https://a.example/x"


def test_names_are_written_in_punycode():
    assert normalise("https://BÜCHER.example/") == "https://xn--bcher-kva.example/"


def test_an_address_written_as_a_number_is_the_address():
    assert normalise("http://0x7f.1/") == "http://127.0.0.1/"


def test_full_width_digits_do_not_hide_an_address():
    assert normalise("http://１２７。０。０。１/") == "http://127.0.0.1/"


def test_backslashes_are_slashes():
    assert normalise("https:\\\\a.example\\x") == "https://a.example/x"


def test_line_breaks_inside_an_address_vanish():
    assert normalise(" https://a.example/one\n\ttwo ") == "https://a.example/onetwo"


def test_a_foreign_port_is_kept():
    assert normalise("https://a.example:8443") == "https://a.example:8443/"


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "paper",
        "ftp://a.example/",
        "javascript:alert(1)",
        "http://",
        "http://a b/",
        "http://a:99999/",
        "http://[::1/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
    ],
)
def test_what_is_no_web_address_is_refused(nonsense: str):
    with pytest.raises(UsageError):
        normalise(nonsense)


def test_an_absurdly_long_address_is_refused():
    with pytest.raises(UsageError, match="longer than"):
        normalise("https://a.example/" + "x" * 10_000)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_doing_it_twice_changes_nothing(url: str):
    once = join("https://base.example/d/", url)
    assert once is None or normalise(once) == once


@given(st.text(max_size=40))
def test_joining_anything_gives_an_address_or_nothing(ref: str):
    found = join("https://base.example/d/", ref)
    assert found is None or is_http(found)


@given(st.from_regex(r"https?://[a-z]{1,5}\.example/[A-Za-z0-9_~!$&'()*+,;=:@%./-]{0,20}(\?[A-Za-z0-9=&'/?]{0,9})?", fullmatch=True))
def test_the_short_way_for_clean_addresses_agrees_with_the_long_one(url: str):
    assert normalise(url) == normalise(" " + url)


@given(st.from_regex(r"/{1,2}[A-Za-z0-9_~!$&'()*+,;=:@%./-]{0,20}(\?[A-Za-z0-9=&'/?]{0,9})?", fullmatch=True))
def test_the_short_way_for_clean_paths_agrees_with_the_long_one(ref: str):
    assert join("https://a.example/d/e?f=1", ref) == join("https://a.example/d/e?f=1", " " + ref)


def test_nothing_is_relative_to_what_is_no_web_address():
    assert join("mailto:desk@a.example", "/x") is None


def test_relative_references_are_resolved():
    base = "https://a.example/d/e?f=1"
    assert [join(base, ref) for ref in ("x", "/x", "//b.example", "?q", "../x", "")] == [
        "https://a.example/d/x", "https://a.example/x", "https://b.example/", "https://a.example/d/e?q", "https://a.example/x", "https://a.example/d/e?f=1",
    ]  # fmt: skip


def test_mail_and_script_links_lead_nowhere():
    assert join("https://a.example/", "mailto:desk@a.example") is None


def test_the_host_has_no_port_and_no_login():
    assert host_of("https://user:word@News.Example:8443/x") == "news.example"


def test_the_origin_is_the_root_of_the_host():
    assert origin_of("https://news.example:8443/a/b?c") == "https://news.example:8443/"
