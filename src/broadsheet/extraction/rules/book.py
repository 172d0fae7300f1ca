"""Which rule speaks of a page: by its host, by the system that made it, and by the day it was fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from broadsheet.extraction.rules.rule import Selector, SiteRule, joined
from broadsheet.urls import host_of

GENERAL = "global"
"""The host under which the rule for any site is filed."""

HEAD = 100_000
"""Bytes of a page's source in which the marks of publishing systems are looked for."""

_META = r"""<meta\b[^<>]{0,200}\b%s=["']%s["'][^<>]{0,200}\bcontent=["']%s|<meta\b[^<>]{0,200}\bcontent=["']%s[^<>]{0,200}\b%s=["']%s["']"""


def _meta(attribute: str, name: str, content: str) -> re.Pattern[bytes]:
    """What finds a `<meta>` whose content begins so, its attributes in either order."""
    return re.compile((_META % (attribute, name, content, content, attribute, name)).encode(), re.I)


SYSTEMS: Mapping[str, re.Pattern[bytes]] = {
    "fingerprint.wordpress.com": _meta("name", "generator", "wordpress"),
    "fingerprint.blogspot.com": _meta("name", "generator", "blogger"),
    "fingerprint.posterous.com": _meta("name", "generator", "posterous"),
    "fingerprint.medium.com": _meta("property", "al:ios:app_name", "medium"),
    "fingerprint.ippen.media": re.compile(rb"""["']de\.ippen-digital\.story\.onlineId["']"""),
}
"""The hosts under which rules for publishing systems are filed, and the mark of each system in a page's source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """All rules, by host. Make one with `rule_book`."""

    by_host: Mapping[str, tuple[SiteRule, ...]]

    def for_url(self, url: str, *, on: date, source: bytes = b"") -> SiteRule | None:
        """Everything the rules say of a page at *url* fetched *on* that day, as one rule; None if nothing.

        Our own rules come first. Then, in this order: the host's, that of the domain one label above, that of the system whose mark
        *source* bears. The rule for any site is heard last, beside another and unless that one forbids it.
        """
        host = host_of(url).removeprefix("www.")
        named = [rule for rule in self._named(host) if rule.is_in_force(on)]
        own = [rule for rule in named if rule.dialect == "own"]
        if any(rule.alone for rule in own):
            return joined(own)
        heard = own + [rule for rule in named if rule.dialect != "own"] + [rule for rule in self._made_by(source) if rule.is_in_force(on)]
        if heard and all(rule.use_general is not False for rule in heard):
            heard += [rule for rule in self.by_host.get(GENERAL, ()) if rule.is_in_force(on)]
        return joined(heard)

    def _named(self, host: str) -> tuple[SiteRule, ...]:
        above = "." + host.partition(".")[2]
        return self.by_host.get(host, ()) + (self.by_host.get(above, ()) if len(above) > 1 else ())

    def _made_by(self, source: bytes) -> tuple[SiteRule, ...]:
        known = [(host, mark) for host, mark in SYSTEMS.items() if host in self.by_host] if source else []
        host = next((host for host, mark in known if mark.search(source, 0, HEAD)), "")
        return self.by_host.get(host, ())


def rule_book(rules: Iterable[SiteRule]) -> RuleBook:
    """The book of *rules*; for one host they are heard in the order given."""
    by_host: dict[str, tuple[SiteRule, ...]] = {}
    for rule in rules:
        for host in rule.hosts:
            by_host[host] = (*by_host.get(host, ()), _shelved(rule, host))
    return RuleBook(by_host=by_host)


def _shelved(rule: SiteRule, host: str) -> SiteRule:
    """*rule* as it is to be heard when it stands under *host*.

    What a rule says of any site is no knowledge of this one: it may strip and replace, but the signals, which look at the same elements
    and more, decide on fields and body. What it says of a publishing system counts, but not finding it is no sign that it is out of date.
    """
    if host == GENERAL:
        return replace(rule, fields={}, body=())
    if host not in SYSTEMS:
        return rule
    fields = {name: _as_general(selectors) for name, selectors in rule.fields.items()}
    return replace(rule, fields=fields, body=_as_general(rule.body))


def _as_general(selectors: tuple[Selector, ...]) -> tuple[Selector, ...]:
    return tuple(replace(selector, general=True) for selector in selectors)
