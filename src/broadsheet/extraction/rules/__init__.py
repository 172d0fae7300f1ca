"""Site rules: what a person knows of one site's pages and no signal can.

Comes in: the text of a rule file, in our own TOML or in the community's FTR site-config format; later a page. Goes out: `SiteRule`s or
a `RuleError` with file and line; a `RuleBook` that knows which rule speaks of which page; and, for a page, what its rule says of each
field, what it selects as body, which pages it asks for, and what it looked for in vain. A rule outranks the signals field by field;
where it finds nothing they decide, and the report says so.

Never reads a file, never fetches, and holds no rule itself. Every expression is checked when it is read and bounded before it is evaluated:
pages are hostile, and rules come from strangers.

Start reading at `rule.py`, then `apply.py`. `ftr.py` and `own.py` read the two dialects, `xpath.py` and `work.py` bound what they ask.
"""

from broadsheet.extraction.rules.apply import Ruled, apply_rule
from broadsheet.extraction.rules.body import find_ruled_body
from broadsheet.extraction.rules.book import HEAD, RuleBook, rule_book
from broadsheet.extraction.rules.rule import Selector, SiteRule, TestPage

__all__ = ["HEAD", "RuleBook", "Ruled", "Selector", "SiteRule", "TestPage", "apply_rule", "find_ruled_body", "rule_book"]
