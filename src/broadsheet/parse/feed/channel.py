"""What RSS says about the feed as a whole: the channel of RSS 0.9x, 1.0 and 2.0 with its modules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from broadsheet.parse.feed.names import XML_LANG, Element, Fields, Names, attribute, text_of
from broadsheet.parse.feed.values import Place, distinct, html, inner_html, plain, whole_number

_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_MAX_TTL_MINUTES = 525_600  # a year; who says more does not mean it


def channel_values(channel: Element, names: Names, place: Place) -> dict[str, Any]:
    """The values of `Feed` that its channel states, by their names there."""
    fields = Fields(channel, names)
    return {
        "title": plain(fields.text("title", "dc:title")),
        "home_url": _home(fields, place),
        "description": plain(html(_inside(fields, "description", "dc:description", "itunes:summary", "tagline"))),
        "language": fields.text("language", "dc:language") or channel.get(XML_LANG),
        "image_url": _image(fields, names, place),
        "rights": plain(fields.text("copyright", "dc:rights")),
        "new_feed_url": place.link(fields.text("itunes:new-feed-url")),
        "ttl_minutes": whole_number(fields.text("ttl"), most=_MAX_TTL_MINUTES),
        "update_period_minutes": update_period(fields),
        "skip_hours": _hours(text_of(hour) for days in fields.all("skiphours") for hour in days),
        "skip_days": distinct(text_of(day).strip().capitalize() for days in fields.all("skipdays") for day in days),
        **atom_links(fields, place),
    }


def atom_links(fields: Fields, place: Place) -> dict[str, Any]:
    """Where the feed itself is, goes on and is pushed from: Atom's links, in RSS too (RFC 4287, RFC 5005, WebSub)."""
    links = [
        (rel.lower(), url)
        for link in fields.all("atom:link", "link")
        if (rel := attribute(link, "rel")) and (url := place.link(attribute(link, "href")))
    ]
    return {
        "self_url": next((url for rel, url in links if rel == "self"), None),
        "next_url": next((url for rel, url in links if rel == "next"), None),
        "hub_urls": distinct(url for rel, url in links if rel == "hub"),
    }


def update_period(fields: Fields) -> int | None:
    """`sy:updatePeriod` divided by `sy:updateFrequency`, in minutes."""
    period = _PERIOD_MINUTES.get((fields.text("sy:updateperiod") or "").lower())
    frequency = whole_number(fields.text("sy:updatefrequency"), most=1000) or 1
    return max(1, period // frequency) if period else None


def _home(fields: Fields, place: Place) -> str | None:
    """The channel's `link`: text in RSS, an attribute where someone wrote it as Atom does."""
    for link in fields.all("link"):
        if url := place.link(text_of(link)):
            return url
    for link in fields.all("link", "atom:link"):
        if (attribute(link, "rel") or "alternate") == "alternate" and (url := place.link(attribute(link, "href"))):
            return url
    return None


def _inside(fields: Fields, *names: str) -> str | None:
    return next((said for element in fields.all(*names) if (said := inner_html(element)).strip()), None)


def _image(fields: Fields, names: Names, place: Place) -> str | None:
    for image in fields.all("image"):
        if url := place.link(Fields(image, names).text("url") or attribute(image, "resource")):
            return url
    return next((url for image in fields.all("itunes:image") if (url := place.link(attribute(image, "href")))), None)


def _hours(said: Iterable[str]) -> tuple[int, ...]:
    """Hours of the day in GMT; 24 is midnight in RSS 0.91."""
    hours = {hour % 24 for text in said if (hour := whole_number(text, most=24)) is not None}
    return tuple(sorted(hours))
