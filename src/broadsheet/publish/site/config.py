"""Settings of the reading site, shared by the static tree and the server."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """How the reading site tells times, and who may find it."""

    timezone: str = setting("UTC", "The clock of lists and dates, as an IANA name such as Europe/Berlin; articles keep their publisher's zone.")
    search_engines: bool = setting(False, "Let search engines list the pages. They hold other people's articles: decide with care.")
