"""A rule held against a page: what it says of each field, what it makes of the body, which pages it asks for, and what it did not find.

The order of work is that of the community's own tools: next page, fields, then wrapping, stripping, dissolving, then the body. So fields
are looked for on the whole page, and what is stripped leaves before anything looks at the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from broadsheet.extraction.rules.rule import Selector, SiteRule
from broadsheet.extraction.rules.tree import Found, RuleTree
from broadsheet.extraction.rules.values import FIELDS, addresses_in
from broadsheet.markup.page import Page
from broadsheet.model import Claim, Decision, Vote, Want, WantKind
from broadsheet.urls import site_of

T = TypeVar("T")

WEIGHT = 100.0
"""More than all signals of a field together: whoever wrote a rule has looked at the site."""

SIGNAL = "site_rule"
"""The name under which a rule stands on a ballot."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ruled:
    """What a rule makes of one page. *page* is the page as signals are to see it, *tree* the same with the rule's changes made.

    *body* holds nothing but what the rule selects as body; None where it says nothing or finds nothing. Without slots, so that `rest`
    is made once, and only for whoever asks.
    """

    rule: SiteRule
    now: datetime
    page: Page
    tree: RuleTree
    body: Page | None = None
    body_from: str = ""
    claims: Mapping[str, Claim[Any]]
    wants: tuple[Want, ...] = ()
    report: tuple[str, ...] = ()

    @cached_property
    def rest(self) -> Page:
        """The page without what the rule strips."""
        page = self.tree.page()
        return replace(page, json_ld=()) if self.rule.skip_json_ld else page

    def over(self, name: str, decision: Decision[T]) -> Decision[T]:
        """*decision* on the field *name*, or what the rule says of it, at the head of the ballot."""
        claim = self.claims.get(name)
        if claim is None:
            return decision
        return Decision(value=claim.value, ballot=(Vote(signal=SIGNAL, weight=WEIGHT, claim=claim), *decision.ballot))

    def wanted(self, found: Iterable[Want]) -> list[Want]:
        """The pages to ask for: the rule's, then those *found* by signals of which the rule does not speak."""
        return [*self.wants, *(want for want in found if want.kind not in self._settled())]

    def on(self, part: Page) -> Ruled | None:
        """The same rule held against a further page of the story; None if that stands on another site."""
        return apply_rule(self.rule, part, now=self.now) if site_of(part.url) == site_of(self.page.url) else None

    def _settled(self) -> frozenset[WantKind]:
        kinds: set[WantKind] = set()
        if self.rule.next_page or self.rule.guess_next_page is False or any(want.kind == "single-page" for want in self.wants):
            kinds.add("next-page")
        if self.rule.single_page:
            kinds.add("single-page")
        return frozenset(kinds)


def apply_rule(rule: SiteRule, page: Page, *, now: datetime) -> Ruled:
    """*rule* held against *page*. Never raises; what does not match is reported and left to the signals."""
    seen = replace(page, json_ld=()) if rule.skip_json_ld else page
    tree = RuleTree(page, _css(rule))
    if not tree.is_usable:
        return Ruled(rule=rule, now=now, page=seen, tree=tree, claims={}, report=("the page is too large for site rules; the signals decided",))
    wants = tuple(_wants(rule, tree, page))
    report = [f"marked as advertising by {_first(rule.advertising, tree)}"] if _first(rule.advertising, tree) else []
    claims, missed = _claims(rule, tree, page, now)
    _edit(rule, tree)
    body, body_from = _body(rule, tree)
    if body is None and _misses(rule.body):
        missed.append(_missed("body", rule.body))
    return Ruled(
        rule=rule,
        now=now,
        page=seen,
        tree=tree,
        body=body,
        body_from=body_from,
        claims=claims,
        wants=wants,
        report=(*report, *missed, *(f"not looked for: {said}" for said in tree.refused)),
    )


def _claims(rule: SiteRule, tree: RuleTree, page: Page, now: datetime) -> tuple[dict[str, Claim[Any]], list[str]]:
    """What the rule says of each field, by the first of its selectors that gives a value; and what it should say but does not."""
    claims: dict[str, Claim[Any]] = {}
    missed: list[str] = []
    for name, selectors in rule.fields.items():
        for selector in selectors:
            value = FIELDS[name]([(selector, found) for found in tree.find(selector)], page, now)
            if value is not None:
                claims[name] = Claim(value=value, saw=str(selector))
                break
        else:
            if _misses(selectors):
                missed.append(_missed(name, selectors))
    return claims, missed


def _edit(rule: SiteRule, tree: RuleTree) -> None:
    for tag, selector in rule.wrap:
        tree.wrap(tag, tree.find(selector))
    for selector in rule.strip:
        tree.remove(tree.find(selector))
    tree.remove(tree.named(rule.strip_names))
    tree.remove(tree.pictures(rule.strip_pictures))
    for selector in rule.dissolve:
        tree.dissolve(tree.find(selector))
    tree.uncover(rule.lazy_attributes)


def _body(rule: SiteRule, tree: RuleTree) -> tuple[Page | None, str]:
    """The page made of all that the first matching selector finds, and that selector in words."""
    for selector in rule.body:
        found: Sequence[Found] = tree.find(selector)
        if found and (page := tree.page_of(found)) is not None:
            return page, str(selector)
    return None, ""


def _wants(rule: SiteRule, tree: RuleTree, page: Page) -> Iterator[Want]:
    single = next(_addresses(rule.single_page, tree, page), None)
    if single is not None:
        yield Want(kind="single-page", url=single[0], reason=f"the site rule's {single[1]}")
        return
    following = next(_addresses(rule.next_page, tree, page), None)
    if following is not None:
        yield Want(kind="next-page", url=following[0], reason=f"the site rule's {following[1]}")


def _addresses(selectors: Sequence[Selector], tree: RuleTree, page: Page) -> Iterator[tuple[str, Selector]]:
    for selector in selectors:
        for url in addresses_in([(selector, found) for found in tree.find(selector)], page):
            yield url, selector


def _first(selectors: Sequence[Selector], tree: RuleTree) -> Selector | None:
    return next((selector for selector in selectors if tree.find(selector)), None)


def _misses(selectors: Sequence[Selector]) -> bool:
    """Whether it is news that none of *selectors* finds anything: one of them was written for this very site."""
    return any(not selector.general for selector in selectors)


def _missed(name: str, selectors: Sequence[Selector]) -> str:
    own = next(selector for selector in selectors if not selector.general)
    others = f" and {len(selectors) - 1} more" if len(selectors) > 1 else ""
    return f"{name}: {own}{others} gives nothing; the signals decided"


def _css(rule: SiteRule) -> list[str]:
    lists = (*rule.fields.values(), rule.body, rule.strip, rule.dissolve, rule.next_page, rule.single_page, [each for _, each in rule.wrap])
    return [selector.expression for selectors in lists for selector in selectors if selector.kind == "css"]
