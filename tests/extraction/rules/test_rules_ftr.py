"""Site-config files of the community: every directive of its dialect, and every way to get one wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.errors import RuleError
from broadsheet.extraction.rules import SiteRule
from broadsheet.extraction.rules.ftr import ANYWAY, KNOWN, NOT_DONE, host_in, read_ftr

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "site-rules.md"

FromText = Callable[[str], SiteRule]


def refusal(text: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        read_ftr(text, "a.example.txt")
    return caught.value


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("example.com.txt", "example.com"),
        ("www.example.com.txt", "example.com"),
        (".example.com.txt", ".example.com"),
        ("Example.COM.txt", "example.com"),
        ("bücher.example.txt", "xn--bcher-kva.example"),
        ("global.txt", "global"),
        ("fingerprint.wordpress.com.txt", "fingerprint.wordpress.com"),
        ("LICENSE.txt", None),
        ("README.txt", None),
    ],
)
def test_a_files_name_is_the_host_it_speaks_of(name: str, host: str | None) -> None:
    assert host_in(name) == host


def test_fields_are_looked_for_in_the_order_of_their_lines(ftr: FromText) -> None:
    rule = ftr("title: //h1\ntitle: //h2\nauthor: //b\ndate: //time")
    assert [selector.expression for selector in rule.fields["headline"]] == ["//h1", "//h2"]
    assert (rule.fields["people"][0].expression, rule.fields["published"][0].expression) == ("//b", "//time")


def test_a_selector_knows_the_line_it_was_written_on(ftr: FromText) -> None:
    assert ftr("# a comment\n\nbody: //div").body[0].origin == "quay-courier.example.txt:3"


def test_only_the_first_colon_parts_a_line(ftr: FromText) -> None:
    assert ftr("body: //div[@class='a:b']/child::p").body[0].expression == "//div[@class='a:b']/child::p"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(ftr: FromText, end: str) -> None:
    rule = ftr(f"\ufeffprune: no{end}strip: //aside{end}")
    assert (rule.prune, len(rule.strip)) == (False, 1)


def test_strip_attr_is_another_word_for_strip(ftr: FromText) -> None:
    assert [selector.expression for selector in ftr("strip: //aside\nstrip_attr: //img/@style").strip] == ["//aside", "//img/@style"]


def test_parts_of_names_and_addresses_lose_their_quotes(ftr: FromText) -> None:
    rule = ftr("strip_id_or_class: 'share bar'\nstrip_image_src: \"pixel.gif\"\nsrc_lazy_load_attr: data-big")
    assert (rule.strip_names, rule.strip_pictures, rule.lazy_attributes) == (("share bar",), ("pixel.gif",), ("data-big",))


def test_both_forms_of_replacing_are_done_in_order(ftr: FromText) -> None:
    rule = ftr("find_string: <amp-img\nreplace_string: <img\nfind_string: <hr>\nreplace_string:\nreplace_string(<a href='x://y'>): <b>")
    assert rule.replacements == (("<amp-img", "<img"), ("<hr>", ""), ("<a href='x://y'>", "<b>"))


def test_wrap_in_names_the_element_that_goes_around(ftr: FromText) -> None:
    ((tag, selector),) = ftr("wrap_in(blockquote): //div[@class='q']").wrap
    assert (tag, selector.expression) == ("blockquote", "//div[@class='q']")


def test_a_condition_belongs_to_the_link_above_it(ftr: FromText) -> None:
    rule = ftr("next_page_link: //a[1]\nsingle_page_link: //a[2]\nif_page_contains: //b")
    assert (rule.next_page[0].condition, rule.single_page[0].condition) == ("", "//b")


def test_yes_and_no_are_read(ftr: FromText) -> None:
    rule = ftr("prune: no\nskip_json_ld: yes\nautodetect_next_page: NO\nautodetect_on_failure: no")
    assert (rule.prune, rule.skip_json_ld, rule.guess_next_page, rule.use_general) == (False, True, False, False)


def test_what_must_be_on_a_page_belongs_to_the_address_above_it(ftr: FromText) -> None:
    rule = ftr("test_url: https://a.example/1\ntest_url: https://a.example/2\ntest_contains: a wall\ntest_contains: a quay")
    assert [(test.url, test.contains) for test in rule.tests] == [("https://a.example/1", ()), ("https://a.example/2", ("a wall", "a quay"))]


@pytest.mark.parametrize("directive", sorted(ANYWAY))
def test_what_is_done_with_every_page_is_accepted_in_silence(ftr: FromText, directive: str) -> None:
    assert ftr(f"{directive}: yes").notes == ()


@pytest.mark.parametrize("directive", sorted(NOT_DONE))
def test_what_is_known_and_not_followed_becomes_a_note_with_its_reason(ftr: FromText, directive: str) -> None:
    (note,) = ftr(f"{directive}: a value").notes
    assert note == f"quay-courier.example.txt:1: {directive} is not followed: {NOT_DONE[directive]}"


def test_a_header_to_send_is_a_note_whatever_its_name(ftr: FromText) -> None:
    assert "http_header is not followed" in ftr("http_header(Cookie): seen=1").notes[0]


@pytest.mark.parametrize("directive", sorted(KNOWN))
def test_a_directive_is_in_the_reference(directive: str) -> None:
    assert f"`{directive}" in REFERENCE.read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "what", "do"),
    [
        ("// a comment", "cannot read '// a comment'", "a comment begins with #"),
        ("// see https://a.example", "no directive '// see https'", "A comment begins with #."),
        ("test: https://a.example/1", "no directive 'test'", ""),
        ("test_rul: https://a.example/1", "no directive 'test_rul'", "Did you mean test_url?"),
        ("test_content: words", "no directive 'test_content'", "Did you mean test_contains?"),
        ("titl: //h1", "no directive 'titl'", "Did you mean title?"),
        ("body //div", "cannot read 'body //div'", "`directive: value`"),
        ("body: //div[", "ends too early", "XPath 1.0"),
        ("body: //div[regex(., 'x')]", "regex(), which is no function of XPath 1.0", ""),
        ("prune: perhaps", "prune says 'perhaps'", "yes or no"),
        ("find_string: <hr>", "1 find_string for 0 replace_string", "may be empty"),
        ("wrap_in(script): //p", "cannot wrap anything in 'script'", "blockquote"),
        ("if_page_contains: //b", "without a link before it", "next_page_link"),
        ("test_contains: words", "without a test_url before it", "above it"),
        ("strip_id_or_class: ''", "names nothing", "everything"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_line_and_what_to_do(line: str, what: str, do: str) -> None:
    error = refusal(f"title: //h1\n{line}\n")
    assert error.where == "a.example.txt:2"
    assert what in error.what
    assert do in error.do


def test_a_file_too_large_for_any_rule_is_refused() -> None:
    assert "characters" in refusal("#" * 1_000_001).what
