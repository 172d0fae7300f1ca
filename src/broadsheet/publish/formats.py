"""The table of published formats. An added format is a line here: the server, the static tree and the pages find it by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from broadsheet.model import Collection
from broadsheet.publish.atom import render_atom
from broadsheet.publish.json_feed import render_json
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.rss import render_rss

__all__ = ["FORMATS", "Format", "render_atom", "render_json", "render_rss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One published format. *suffix* ends its file's name, *label* is what pages call it."""

    name: str
    label: str
    suffix: str
    media_type: str  # as in Content-Type
    render: Callable[[Collection, PublishOptions], bytes]


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(name="rss", label="RSS", suffix=".rss", media_type="application/rss+xml; charset=utf-8", render=render_rss),
        Format(name="atom", label="Atom", suffix=".atom", media_type="application/atom+xml; charset=utf-8", render=render_atom),
        Format(name="json", label="JSON Feed", suffix=".json", media_type="application/feed+json; charset=utf-8", render=render_json),
    )
}
