"""Which addresses mean the same story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import UsageError
from broadsheet.urls import identity_key, site_of, slug, without_tracking


def test_scheme_www_tracking_order_and_last_slash_do_not_matter():
    assert identity_key("http://www.a.example/story/?b=2&utm_source=x&a=1") == identity_key("https://a.example/story?a=1&b=2")


def test_a_parameter_that_chooses_the_story_matters():
    assert identity_key("https://a.example/?id=1") != identity_key("https://a.example/?id=2")


def test_needless_escapes_do_not_matter():
    assert identity_key("https://a.example/%7Euser/%c3%a4") == identity_key("https://a.example/~user/ä")


def test_brackets_that_an_archive_had_to_escape_do_not_matter():
    assert identity_key("https://a.example/rain_%28north%29") == identity_key("https://a.example/rain_(north)")


def test_an_escaped_percent_sign_is_not_unescaped_further():
    assert identity_key("https://a.example/%2530") != identity_key("https://a.example/%30")


def test_sessions_in_the_path_do_not_matter():
    assert identity_key("https://a.example/s;jsessionid=7F3A?x=1") == "a.example/s?x=1"


def test_logins_are_no_part_of_a_key():
    assert identity_key("https://user:word@a.example/x") == "a.example/x"


def test_the_key_of_nonsense_is_refused():
    with pytest.raises(UsageError):
        identity_key("not an address")


@given(st.from_regex(r"[a-z0-9/%?&=._-]{0,30}", fullmatch=True))
def test_a_key_is_the_key_of_itself(path: str):
    key = identity_key("https://a.example/" + path)
    assert identity_key("https://" + key) == key


def test_tracking_is_taken_out_and_nothing_else():
    assert without_tracking("https://a.example/s?z=%20&utm_medium=rss&a=1&fbclid=x#p") == "https://a.example/s?z=%20&a=1#p"


def test_an_address_without_tracking_stays_byte_for_byte():
    assert without_tracking("https://a.example/s?&&b=%2f&a") == "https://a.example/s?&&b=%2f&a"


def test_a_value_that_names_the_feed_is_tracking_and_another_is_not():
    assert without_tracking("https://a.example/s?ref=rss") == "https://a.example/s"
    assert without_tracking("https://a.example/s?ref=main") == "https://a.example/s?ref=main"


def test_the_site_is_the_registrable_domain():
    assert site_of("https://news.paper.co.uk/x") == "paper.co.uk"


def test_blogs_of_one_hosting_service_are_different_sites():
    assert site_of("https://one.github.io/") != site_of("https://two.github.io/")


def test_a_suffix_nobody_registered_counts_as_one():
    assert site_of("https://nas.cellar.lan/x") == "cellar.lan"


def test_an_address_in_numbers_is_its_own_site():
    assert site_of("http://127.0.0.1:8000/x") == "127.0.0.1"


def test_a_slug_is_plain_letters():
    assert slug("Süddeutsche Straßen-Zeitung") == "suddeutsche-strassen-zeitung"


def test_a_slug_is_cut_between_words():
    assert slug("one two three four", limit=10) == "one-two"


def test_what_cannot_be_written_in_ascii_has_no_slug():
    assert slug("人民日报") == ""
