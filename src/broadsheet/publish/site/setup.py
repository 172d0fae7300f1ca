"""From the operator's settings to a `Site`."""

from __future__ import annotations

from datetime import UTC, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadsheet.errors import ConfigError
from broadsheet.markup.pictures import image_template
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.publish.site.config import SiteSettings
from broadsheet.publish.site.place import Site
from broadsheet.urls import origin_of


def site_from(publish: PublishSettings, images: ImagesSettings, site: SiteSettings, *, page_articles: int = 40, leaf: str = "index.html") -> Site:
    """The site that the settings ask for. Raises ConfigError for an unknown time zone or a picture template that is none."""
    template = image_template(images.url_template)
    return Site(
        title=publish.title,
        zone=_zone(site.timezone),
        image=template,
        image_origin=origin_of(template.before).rstrip("/") if template else None,
        page_articles=page_articles,
        leaf=leaf,
        base_path=urlsplit(publish.base_url).path.rstrip("/") + "/",
        noindex=not site.search_engines,
    )


def _zone(name: str) -> tzinfo:
    if name.upper() == "UTC":
        return UTC  # needs no database, which some systems lack
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(f"site.timezone = {name}", "is no time zone known here", do="Use an IANA name such as Asia/Shanghai.") from error
