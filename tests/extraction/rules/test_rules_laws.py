"""Whatever stands in a rule file or on a page: nothing but our own error comes out, and no script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from broadsheet.errors import RuleError
from broadsheet.extraction.article import extract_article
from broadsheet.extraction.rules import SiteRule
from broadsheet.extraction.rules.check import css_fault, xpath_fault
from broadsheet.extraction.rules.ftr import KNOWN, read_ftr
from broadsheet.extraction.rules.own import read_own
from broadsheet.extraction.rules.xpath import read_xpath
from broadsheet.parse.page import parse_page

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PIECES = (
    *("//", "/", "..", ".", "@", "::", "[", "]", "(", ")", "|", "=", "!=", "<", "+", "-", "*", ",", " ", "'x'", '"', "1", "0.5", "$a"),
    *("p", "div", "class", "and", "or", "div", "mod", "text()", "node()", "not(", "contains(", "following-sibling", "self", "fb:like", "last()"),
)
XPATHS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
CSS = st.lists(
    st.sampled_from(("p", ".a", "#b", "[c]", ":not(", ")", ":has(", " ", ">", "~", "+", ",", "*", "::x", "[", '"', ":nth-child(2n)")), max_size=8
)
GOOD_XPATHS = st.sampled_from(
    ("//p", "//div[@id]", "//*[@class='a']", "//p/text()", "//@id", "string(//p)", "(//div)[1]", "//p[last()]", "count(//p)", "true()")
)
SELECTORS = st.one_of(GOOD_XPATHS, XPATHS)
LINES = st.one_of(
    st.tuples(st.sampled_from(sorted(KNOWN)), SELECTORS).map(": ".join),
    st.tuples(st.sampled_from(("wrap_in(div)", "replace_string(<p)", "http_header(a)")), SELECTORS).map(": ".join),
    st.text(max_size=30),
)
FILES = st.lists(LINES, max_size=8).map("\n".join)
GOOD_LINES = st.tuples(
    st.sampled_from(
        ("title", "author", "date", "body", "strip", "dissolve", "next_page_link", "single_page_link", "wrap_in(aside)", "native_ad_clue")
    ),
    GOOD_XPATHS,
).map(": ".join)
GOOD_FILES = st.lists(st.one_of(GOOD_LINES, st.sampled_from(("prune: no", "strip_id_or_class: a", "replace_string(<p>): <script>"))), max_size=8)
MARKUP = st.lists(
    st.sampled_from((
        "<p>", "</p>", "<div id='a' class='a b'>", "</div>", "<script>x()</script>", "words of a story, ", "<a href='/n'>", "<img src=x onerror=y>",
        "<table>", "<svg><style>", "<!--", "-->", "<iframe srcdoc='<script>'>", "<template>", "<h1 onclick=z>", "<time datetime=2026>",
        "&#0;&lt;script>",
    )),
    max_size=25,
).map("".join)  # fmt: skip


def line_of_refusal(read: Callable[[], object]) -> int:
    """The line for which a file is refused; 1 if it is not."""
    try:
        read()
    except RuleError as error:
        return int(error.where.rpartition(":")[2])
    return 1


@given(st.one_of(FILES, st.text()))
def test_any_text_is_a_site_config_file_or_refused_with_a_line_of_its_own(text: str) -> None:
    assert 1 <= line_of_refusal(lambda: read_ftr(text, "a.example.txt")) <= len(text.splitlines()) + 1


@given(
    st.one_of(st.text(), st.text(alphabet="[]{}=\"'.# \nrulehosts1", max_size=60), st.builds('[[rule]]\nhosts = ["a.example"]\n{}'.format, st.text()))
)
def test_any_text_is_a_file_of_our_own_or_refused_with_a_line_of_its_own(text: str) -> None:
    assert 1 <= line_of_refusal(lambda: read_own(text, "rules.toml")) <= len(text.splitlines()) + 1


@given(XPATHS)
def test_what_we_read_as_xpath_lxml_reads_too(expression: str) -> None:
    if xpath_fault(expression) is None:
        etree.XPath(read_xpath(expression).words, regexp=False)


@given(st.one_of(CSS.map("".join), st.text(max_size=30)))
def test_any_text_is_a_css_selector_or_faulty(selector: str) -> None:
    assert css_fault(selector) is None or isinstance(css_fault(selector), str)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(GOOD_FILES.map("\n".join), MARKUP)
def test_no_rule_on_any_page_raises_or_lets_a_script_out(text: str, markup: str) -> None:
    rule = read_ftr(text, "a.example.txt")
    page = parse_page(f"<html><body>{markup}</body></html>".encode(), "https://a.example/x")
    body = extract_article(page, now=NOW, rule=rule).article.body
    assert not any(mark in body for mark in ("<script", "onerror", "onclick", "srcdoc", "<style"))


@given(st.sampled_from(("body", "strip", "dissolve", "wrap_in(div)", "title", "next_page_link")), XPATHS, MARKUP)
def test_whatever_an_expression_means_the_article_comes_out(directive: str, expression: str, markup: str) -> None:
    page = parse_page(f"<html><body><p>{markup}</body></html>".encode(), "https://a.example/x")
    try:
        rule = read_ftr(f"{directive}: {expression}", "a.example.txt")
    except RuleError:
        rule = SiteRule(hosts=())
    assert extract_article(page, now=NOW, rule=rule).article.url == "https://a.example/x"
