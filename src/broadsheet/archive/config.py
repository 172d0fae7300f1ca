"""Settings of the room `archive`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadsheet.errors import ConfigError
from broadsheet.model.setting import setting

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_DAY_MINUTES = 24 * 60  # `timezone` takes no offset of a whole day


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """How the Markdown archive is written."""

    zone: str = setting("UTC", "Zone of the days and months in the native form, e.g. Europe/Berlin or +02:00.")
    compatible_zone: str = setting("+08:00", "Zone of the days in the lists of the compatible form.")


def zone_named(name: str, *, key: str = "archive.zone") -> tzinfo:
    """The zone called *name*: an offset such as `+08:00`, `UTC`, or a name of the tz database. Raises ConfigError about *key*."""
    if found := _OFFSET.fullmatch(name.strip()):
        minutes = int(found[2]) * 60 + int(found[3])
        if minutes < _DAY_MINUTES:
            return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    if name.strip().upper() in {"UTC", "Z"}:
        return UTC
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(f"{key} = {name}", "is no known time zone", do="Give an offset such as +08:00 or a name such as Asia/Shanghai") from error
