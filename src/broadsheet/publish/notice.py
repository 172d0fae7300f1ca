"""Notices: entries of a published feed that say that something is wrong with its source, and later that it is over.

The only words of ours that ever stand among articles, and never inside one. They are in plain English whatever the source's language,
and say so (`lang="en"`). Each incident is one entry when it begins and another when it is over; both keep their ids for ever, so that
no reader shows them twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from broadsheet.markup.serialize import escape
from broadsheet.model import Collection, Incident, IncidentKind, SafeHtml, Source
from broadsheet.publish.identity import incident_tag
from broadsheet.publish.item import Item
from broadsheet.publish.plain import plain, web_address

LANGUAGE = "en"
TAG = "broadsheet:notice"
"""By which readers that filter can tell a notice from an article."""

_TITLES: dict[IncidentKind, str] = {
    "failing": "{name} cannot be read at the moment",
    "gone": "{name} has ended its feed",
    "silent": "{name} has fallen silent",
    "short": "{name}: articles come out much shorter than before",
    "empty": "{name}: articles come out without their text",
    "moved": "{name} seems to have moved: old articles are held back",
    "closed": "{name} is not followed here any more",
    "no-feed": "{name}: there is no feed any more where it was",
}
_OVER_TITLE = "{name} works again"
_NOBODY_ELSE = "This is a notice of the program that makes this feed, not of the publisher."


def notices_in(collection: Collection, *, days: float) -> tuple[Item, ...]:
    """The collection's incidents as entries, the newest first.

    A notice leaves the feed after *days*: which incidents are recent enough, whoever made the collection decided; of one that
    had left it before it was over, only the end is told.
    """
    sources = {source.id: source for source in collection.sources}
    items = [item for one in collection.incidents for item in _told(one, sources.get(one.source_id), timedelta(days=days))]
    return tuple(sorted(items, key=lambda item: item.published, reverse=True))


def notice_item(incident: Incident, *, source: Source | None) -> Item:
    """The entry that says that *incident* has begun."""
    name = _name(incident, source)
    title = _TITLES.get(incident.kind, "{name}: something is wrong").format(name=name)
    return _item(incident_tag(incident.id), title, (incident.said, incident.do), incident, source)


def over_item(incident: Incident, *, source: Source | None) -> Item:
    """The entry that says that *incident* is over. It has to be."""
    assert incident.closed_at is not None, "only what is over has an end to be told"
    title = _OVER_TITLE.format(name=_name(incident, source))
    return _item(incident_tag(incident.id, over=True), title, (incident.over, f"Before: {incident.said}"), incident, source)


def _told(incident: Incident, source: Source | None, span: timedelta) -> Iterator[Item]:
    if incident.kind == "outage":  # ours, not the source's: no reader can help, and the operator is told elsewhere
        return
    if incident.closed_at is None:
        yield notice_item(incident, source=source)
        return
    yield over_item(incident, source=source)
    if incident.closed_at - incident.opened_at <= span:
        yield notice_item(incident, source=source)


def _item(tag: str, title: str, paragraphs: tuple[str, ...], incident: Incident, source: Source | None) -> Item:
    said = [plain(paragraph) for paragraph in paragraphs if paragraph]
    html = "".join(f"<p>{escape(one)}</p>" for one in (*said, _NOBODY_ELSE))
    is_over = tag == incident_tag(incident.id, over=True)
    return Item(
        id=tag,
        title=plain(title),
        published=incident.closed_at if is_over and incident.closed_at else incident.opened_at,
        url=web_address(source.home_url) if source else "",
        summary=" ".join(said),
        html=SafeHtml(f'<div lang="{LANGUAGE}">{html}</div>'),
        language=LANGUAGE,
        tags=(TAG,),
    )


def _name(incident: Incident, source: Source | None) -> str:
    return (plain(source.title) if source else "") or incident.source_id
