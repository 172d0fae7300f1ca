"""The list pages and the index of the native form. Links are relative, so that a copy on a disk or another host works as well."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from datetime import tzinfo

from broadsheet.archive.links import link, link_text
from broadsheet.archive.lists import Listed, ListForm
from broadsheet.archive.places import folder_name
from broadsheet.model import Source

_ABOUT = """# Archive

Whole articles as Markdown, newest first. Each file begins with what is known of the article: where it was read, when its publisher
dated it, when it was first seen, which revision this is. Earlier revisions lie beside it, as `….r1.md`.

`manifest.jsonl` in the folder of each month names every file with its SHA-256, its revision and the one before.

## Sources
"""


def list_form(zone: tzinfo) -> ListForm:
    """How this form writes a list, with the days of *zone*."""

    def page(path: str, heading: str, articles: Sequence[Listed], pages: Sequence[tuple[str, str]]) -> str:
        entries = [f"- {one.at.astimezone(zone):%Y-%m-%d} {link(one.title, _relative(one.path, path))}" for one in articles]
        months = [f"- {link(words, _relative(there, path))}" for words, there in pages]
        further = ["## By month\n", *months] if months else []
        return "\n".join((f"# {link_text(heading)}\n", *entries, *([""] if further and entries else []), *further)) + "\n"

    return ListForm(page=page)


def readme(sources: Sequence[Source]) -> str:
    """The index. It names sources and nothing that moves, so that it changes only when they do."""
    lines = (f"- {link(source.title or source.id, f'lists/{folder_name(source.id)}.md')} ({source.home_url})" for source in sources)
    return "\n".join((_ABOUT, *lines)) + "\n"


def _relative(path: str, from_page: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(from_page))
