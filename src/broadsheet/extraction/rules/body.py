"""The body of a page with a site rule: what the rule selects, as long as that is a body at all."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.extraction.body import Body, Head, find_body, find_selected_body
from broadsheet.extraction.rules.apply import Ruled
from broadsheet.extraction.site_memory import Recollection
from broadsheet.model import Hints

SHORT = 60
"""Letters of a selected body below which it is held against what the signals find: a frame that says "Loading …", a line above the text.
A brief or the words under a picture are longer, and stay what the rule says they are.
"""

TOO_SHORT = 10.0
"""How many times as much the signals must find for a short selected body to be given up."""


def find_ruled_body(ruled: Ruled, hints: Hints | None, head: Head, *, recollection: Recollection | None = None) -> Body:
    """The body as the rule has it; as the signals have it, without what the rule strips, where the rule selects nothing or next to nothing."""
    if ruled.body is None:
        return find_body(ruled.rest, hints, head, recollection=recollection)
    selected = find_selected_body(ruled.body, hints, head, prune=ruled.rule.prune is not False, recollection=recollection)
    if selected.letters < SHORT:
        found = find_body(ruled.rest, hints, head, recollection=recollection)
        if found.letters > TOO_SHORT * selected.letters:
            said = f"body: {ruled.body_from} gives {selected.letters} letters where the signals find {found.letters}; the signals decided"
            return replace(found, rule_report=(said,))
    return replace(selected, report=(f"the body is what the site rule selects: {ruled.body_from}", *selected.report))
