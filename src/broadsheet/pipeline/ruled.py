"""Pages on which a site rule has a say before they are parsed: which rule that is, and what it replaces in the source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from broadsheet.errors import NotAPage
from broadsheet.extraction.rules import HEAD, RuleBook, SiteRule
from broadsheet.markup.page import Page
from broadsheet.parse.charset import decode
from broadsheet.parse.page import parse_page

TOLD = ("body: ", "headline: ", "marked as advertising")
"""How those lines of a rule's report begin that the operator hears of while polling. An author or date that one page does not name is
usual; a body or headline that is not where the rule says means that the site was rebuilt."""


def worth_telling(report: Sequence[str]) -> str:
    """The lines of *report* that the operator should hear of, as one; "" if there are none."""
    return "; ".join(line for line in report if line.startswith(TOLD))


def rule_for(rules: RuleBook | None, url: str, source: bytes, *, fetched_at: datetime) -> SiteRule | None:
    """What *rules* say of the page at *url*. The day it was fetched counts, not the story's: an old story stands in the new design too."""
    return None if rules is None else rules.for_url(url, on=fetched_at.date(), source=source[:HEAD])


def parse_ruled(source: bytes, url: str, rule: SiteRule | None, *, content_type: str | None = None) -> Page:
    """The page in *source*, what *rule* replaces in it replaced. Raises NotAPage as `parse_page` does, for the source as it was sent."""
    page = parse_page(source, url, content_type=content_type)
    if rule is None or not rule.replacements:
        return page
    text, _ = decode(source, content_type=content_type, kind="html")
    try:
        return parse_page(rule.replaced(text).encode("utf-8", "replace"), url, content_type="text/html; charset=utf-8")
    except NotAPage:  # nothing is left of it: the rule is wrong, not the page
        return page
