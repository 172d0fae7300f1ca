"""The site's name: what the publication calls itself.

In: a page. Out: its name as stated (og:site_name, the publisher in JSON-LD), else the part all titles of the site end with, else None;
the host is not a name.
"""

from __future__ import annotations

from broadsheet.extraction.site_name.weights import WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision
from broadsheet.text.plain import comparison_key

__all__ = ["find_site_name"]


def find_site_name(page: Page) -> Decision[str]:
    """What the publication calls itself, None if it does not say."""
    return weigh(Clues(page=page), WEIGHTS, same=comparison_key)
