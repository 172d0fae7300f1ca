"""From the operator's settings to a `Site`."""

from __future__ import annotations

from datetime import UTC, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadsheet.errors import ConfigError
from broadsheet.markup.pictures import ImageTemplate
from broadsheet.publish.addresses import FROM_PUBLISHERS, PictureAddresses
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.publish.picture_choice import check_choices, picture_choice
from broadsheet.publish.site.config import SiteSettings
from broadsheet.publish.site.place import Site
from broadsheet.urls import origin_of


def site_from(
    publish: PublishSettings,
    images: ImagesSettings,
    site: SiteSettings,
    *,
    page_articles: int = 40,
    leaf: str = "index.html",
    pictures: PictureAddresses | None = None,
) -> Site:
    """The site that the settings ask for. *pictures* None: as the template in the settings says, if there is one.

    Raises ConfigError for an unknown time zone or a picture template that is none.
    """
    check_choices(images)
    return Site(
        title=publish.title,
        zone=_zone(site.timezone),
        pictures=pictures or through_template(picture_choice(images, "site").template),
        page_articles=page_articles,
        leaf=leaf,
        base_path=urlsplit(publish.base_url).path.rstrip("/") + "/",
        noindex=not site.search_engines,
    )


def through_template(template: ImageTemplate | None) -> PictureAddresses:
    """Pictures from the proxy that *template* names, and from nowhere else."""
    if template is None:
        return FROM_PUBLISHERS
    return PictureAddresses(image=template, origins=(origin_of(template.before).rstrip("/"),))


def _zone(name: str) -> tzinfo:
    if name.upper() == "UTC":
        return UTC  # needs no database, which some systems lack
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(f"site.timezone = {name}", "is no time zone known here", do="Use an IANA name such as Asia/Shanghai.") from error
