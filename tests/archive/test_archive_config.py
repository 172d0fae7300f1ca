"""The archive's time zones, as settings name them."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.archive import ArchiveSettings, zone_named
from broadsheet.errors import ConfigError

SUMMER = datetime(2024, 6, 18, tzinfo=UTC)


@pytest.mark.parametrize(("name", "hours"), [("+08:00", 8), ("-0330", -3.5), ("UTC", 0), ("Z", 0), ("Europe/Berlin", 2), (" Asia/Shanghai ", 8)])
def test_a_zone_is_an_offset_or_a_name(name, hours):
    assert SUMMER.astimezone(zone_named(name)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "+99:00", "../../etc/passwd", "/etc/localtime"])
def test_anything_else_is_refused_by_name(name):
    with pytest.raises(ConfigError, match=r"archive\.compatible_zone = .*is no known time zone"):
        zone_named(name, key="archive.compatible_zone")


def test_the_default_zones_are_zones():
    assert zone_named(ArchiveSettings().zone).utcoffset(None) == timedelta(0)
    assert zone_named(ArchiveSettings().compatible_zone).utcoffset(None) == timedelta(hours=8)
