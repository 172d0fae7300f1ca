"""Times, languages, policy and settings of the site."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ConfigError
from broadsheet.model import StatedTime
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.publish.languages import language_name
from broadsheet.publish.site import Site, SiteSettings, content_security_policy, site_from
from broadsheet.publish.site.moments import moment, stated
from broadsheet.publish.site.place import Links, Place

AT = datetime(2026, 1, 5, 22, 30, tzinfo=UTC)


def test_half_hour_zones_are_written_out() -> None:
    assert moment(AT, ZoneInfo("Asia/Kolkata")).words == "6 January 2026, 04:00 UTC+5:30"


def test_western_zones_bear_a_minus_sign() -> None:
    assert moment(AT, ZoneInfo("America/New_York")).words == "5 January 2026, 17:30 UTC−5"


@given(st.integers() | st.none())
def test_no_stated_offset_can_break_a_page(offset: int | None) -> None:
    assert stated(StatedTime(raw="x", at=AT, offset_minutes=offset), UTC).machine


def test_a_regional_tag_falls_back_on_its_language() -> None:
    assert [language_name(tag) for tag in ("pt-BR", "zh-Hant-HK", "zh_CN", "tlh")] == ["Português", "繁體中文", "简体中文", "tlh"]


def test_pages_may_load_no_script_and_frame_nothing() -> None:
    policy = content_security_policy(Site())
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy


def test_with_a_proxy_pictures_come_from_nowhere_else() -> None:
    site = site_from(PublishSettings(), ImagesSettings(url_template="https://images.example/?url={bare_url}"), SiteSettings())
    assert "img-src 'self' https://images.example data:;" in content_security_policy(site)


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(ConfigError, match="Mars/Olympus"):
        site_from(PublishSettings(), ImagesSettings(), SiteSettings(timezone="Mars/Olympus"))


def test_the_path_of_the_published_address_is_where_error_pages_look() -> None:
    site = site_from(PublishSettings(base_url="https://x.example/news"), ImagesSettings(), SiteSettings())
    assert site.base_path == "/news/"


def test_search_engines_stay_out_until_they_are_let_in() -> None:
    assert site_from(PublishSettings(), ImagesSettings(), SiteSettings()).noindex
    assert not site_from(PublishSettings(), ImagesSettings(), SiteSettings(search_engines=True)).noindex


@given(st.lists(st.sampled_from(["a", "中", "x y", "%2e", "?"]), max_size=4), st.sampled_from(["", "index.html"]))
def test_the_way_back_to_the_root_is_as_long_as_the_way_down(folders: list[str], leaf: str) -> None:
    links = Links(site=Site(leaf=leaf), here=Place(tuple(folders)))
    assert links.root.count("../") == len(folders)
