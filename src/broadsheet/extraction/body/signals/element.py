"""The element a line stands in, and those around that."""

from __future__ import annotations

from broadsheet.extraction.body.spots import Spot

_KNOWN = frozenset(("p", "div", "section", "article", "main", "body", "li", "td", "th", "blockquote", "pre", "dd", "dt", "figcaption"))


def in_p(spot: Spot) -> bool:
    return spot.setting.tag == "p"


def in_heading(spot: Spot) -> bool:
    return spot.heading


def in_h1(spot: Spot) -> bool:
    return spot.setting.tag == "h1"


def in_low_heading(spot: Spot) -> bool:
    return spot.setting.tag in ("h4", "h5", "h6")


def in_plain_div(spot: Spot) -> bool:
    return spot.setting.tag in ("div", "section", "article", "main", "body")


def in_other_element(spot: Spot) -> bool:
    """A button, label, address, time: neither p, div, list, table nor heading."""
    return not spot.heading and spot.setting.tag not in _KNOWN


def in_table(spot: Spot) -> bool:
    return "table" in spot.setting.tags


def in_blockquote(spot: Spot) -> bool:
    return "blockquote" in spot.setting.tags


def in_figcaption(spot: Spot) -> bool:
    return "figcaption" in spot.setting.tags


def in_figure(spot: Spot) -> bool:
    return "figure" in spot.setting.tags


def in_nav(spot: Spot) -> bool:
    return "nav" in spot.setting.tags


def in_footer(spot: Spot) -> bool:
    return "footer" in spot.setting.tags


def in_header(spot: Spot) -> bool:
    return "header" in spot.setting.tags


def in_aside(spot: Spot) -> bool:
    return "aside" in spot.setting.tags


def in_form(spot: Spot) -> bool:
    return "form" in spot.setting.tags or "fieldset" in spot.setting.tags


def in_button(spot: Spot) -> bool:
    return "button" in spot.setting.tags or "label" in spot.setting.tags


def in_wide_article(spot: Spot) -> bool:
    return "wide-article" in spot.setting.tags
