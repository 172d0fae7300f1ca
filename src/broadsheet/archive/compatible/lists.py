"""The list pages and the index of the compatible form, as its readers know them.

    Example News
    ------

    6-18 [title](/articles/example/1048574.md)

    6-17 [title](/articles/example/1048573.md)

Month and day without zeros and without a year, an empty line between, two line ends at the end: programs read these pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from broadsheet.archive.links import link, link_text
from broadsheet.archive.lists import Listed, ListForm
from broadsheet.archive.places import folder_name
from broadsheet.model import Source


def list_form(zone: tzinfo) -> ListForm:
    """How this form writes a list, with the days of *zone*."""

    def page(_path: str, heading: str, articles: Sequence[Listed], pages: Sequence[tuple[str, str]]) -> str:
        entries = [_entry(one, zone) for one in articles]
        entries += [link(words, f"/{path}") for words, path in pages]
        return "\n\n".join((f"{link_text(heading)}\n------", *entries)) + "\n\n"

    return ListForm(page=page)


def readme(sources: Sequence[Source]) -> str:
    """The index: a link to the list of each source. It changes only when sources do."""
    return "".join(f"{link(source.title or source.id, f'/lists/{folder_name(source.id)}.md')}\n\n" for source in sources)


def _entry(one: Listed, zone: tzinfo) -> str:
    day = one.at.astimezone(zone)
    return f"{day.month}-{day.day} {link(one.title, f'/{one.path}')}"
