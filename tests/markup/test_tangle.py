"""Markup made to exhaust a parser is recognised before it is parsed."""

from __future__ import annotations

import pytest

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.tangle import is_tangled, words_only


@pytest.mark.parametrize(
    "soup",
    [
        "<div>" * 100_000 + "x",
        "<b><p>" * 20_000 + "x",
        "<div><table></div></table>" * 20_000 + "x",
        "<a href=y>" * 50_000 + "x",
        "<svg><g>" * 50_000 + "x",
    ],
    ids=["deep", "formatting", "out of scope", "links", "foreign"],
)
def test_tangled_markup_is_not_parsed(soup: str) -> None:
    assert is_tangled(soup)


@pytest.mark.parametrize(
    "html",
    ["<p>x" * 5_000, "<ul><li>a</li></ul>" * 5_000, "<p><b>x</b> <a href=y>z</a></p>" * 5_000, "<table>" + "<tr><td>1" * 5_000 + "</table>"],
    ids=["open paragraphs", "lists", "inline", "cells"],
)
def test_a_long_plain_page_is_not_tangled(html: str) -> None:
    assert not is_tangled(html)


def test_tangled_markup_is_reduced_to_its_words() -> None:
    assert sanitize("<div>" * 100_000 + "still <i>here</i>") == "<p>still here</p>"


def test_words_only_leaves_scripts_out_and_paragraphs_apart() -> None:
    assert words_only("<p>a &amp; b</p><script>c</script><p>d</p>") == "<p>a &amp; b</p><p>d</p>"


@pytest.mark.parametrize("unit", ["<script>", "<!--", "<br ", "<textarea>"])
def test_what_is_never_closed_reaches_to_the_end(unit: str) -> None:
    """Quadratic patterns took 20 s here; this has to end at once."""
    assert words_only("<p>a</p>" + unit * 30_000) == "<p>a</p>"


@pytest.mark.parametrize("run", ["a" * 100_000 + " b c", "a" + " " * 100_000 + "b", "a," * 50_000 + "b"], ids=["word", "spaces", "commas"])
def test_a_long_srcset_is_read_in_one_pass(run: str) -> None:
    assert sanitize(f'<img src="https://p.example/a.jpg" srcset="{run}">') == '<img src="https://p.example/a.jpg">'


def test_a_long_run_of_line_breaks_is_read_in_one_pass() -> None:
    assert sanitize("<p>" + "<br>" * 50_000 + "x</p>").endswith("<br>x</p>")
