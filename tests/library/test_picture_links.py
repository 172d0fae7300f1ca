"""Links to our own pictures, and which output gives which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive.originals import original_address
from broadsheet.config import Settings
from broadsheet.errors import ConfigError
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.sign import is_signed
from broadsheet.library.picture_links import PictureDesk, PictureLinks, signing_keys
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.store import Store, open_memory_store, open_store
from broadsheet.urls import normalise

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FERRY = "https://p.example/ferry.jpg?w=800&q=80"
HOME = "https://news.example/paper/"
LINKS = PictureLinks(HOME, lambda: (b"key",))


@pytest.fixture
def store() -> Iterator[Store]:
    with open_memory_store(now=lambda: NOW) as made:
        yield made


def desk(
    store: Store, *, served: bool = False, makes: bool = False, base: str = HOME, proxy: dict[str, Any] | None = None, **images: str
) -> PictureDesk:
    settings = Settings(images=ImagesSettings(**images), publish=PublishSettings(base_url=base), image_proxy=ImageProxySettings(**proxy or {}))
    return PictureDesk(settings, store, served=served, makes=makes)


def asked(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query))


def test_a_link_names_the_whole_address_and_is_signed() -> None:
    link = LINKS(FERRY)
    assert link.startswith(f"{HOME}images/?url=https%3A%2F%2Fp.example%2Fferry.jpg%3Fw%3D800%26q%3D80&sig=")
    assert is_signed(urlsplit(link).query, (b"key",))


def test_a_resized_picture_is_never_enlarged() -> None:
    link = asked(LINKS.resized(FERRY, width_px=352, height_px=235))
    assert (link["w"], link["h"], link["fit"], link["we"]) == ("352", "235", "cover", "1")


def test_all_frames_of_an_animation_are_asked_for() -> None:
    assert asked(LINKS("https://p.example/Dance.GIF?x=1"))["n"] == "-1"
    assert "n" not in asked(LINKS(FERRY))


def test_what_is_our_link_already_stays() -> None:
    assert LINKS(LINKS(FERRY)) == LINKS(FERRY)


def test_what_is_no_web_address_stays() -> None:
    assert LINKS("data:image/gif;base64,AAAA") == "data:image/gif;base64,AAAA"


@given(st.text(min_size=1, max_size=40))
def test_from_every_link_of_ours_the_archive_reads_the_original_again(path: str) -> None:
    url = normalise(f"https://p.example/{path}")
    assert original_address(LINKS(url)) == url
    assert original_address(LINKS.resized(url, width_px=640)) == url


def test_the_first_of_the_operators_keys_signs(store: Store) -> None:
    keys = signing_keys(ImageProxySettings(keys=("new", "old")), store)
    assert keys == (b"new", b"old")


def test_without_keys_in_the_settings_the_installation_has_one_of_its_own(store: Store) -> None:
    once, again = (signing_keys(ImageProxySettings(), store) for _ in range(2))
    assert once == again
    assert len(once[0]) == 32


def test_a_store_that_may_only_be_read_has_links_without_signatures(tmp_path: Path) -> None:
    open_store(tmp_path, now=lambda: NOW).close()
    with open_store(tmp_path, now=lambda: NOW, read_only=True) as reader:
        image = desk(reader, feeds="proxy").for_feed("rss").image
        assert image is not None
        assert "sig" not in asked(image(FERRY))


def test_served_pages_take_pictures_from_our_proxy_where_nothing_is_said(store: Store) -> None:
    pictures = desk(store, served=True, makes=True).for_site()
    assert pictures.image is not None
    assert pictures.image(FERRY).startswith("images/?url=")
    assert pictures.origins == ()


@pytest.mark.parametrize(("served", "makes"), [(False, False), (True, False)])
def test_pages_without_a_proxy_leave_pictures_with_their_publishers(store: Store, served: bool, makes: bool) -> None:
    assert desk(store, served=served, makes=makes).for_site().image is None


def test_an_operator_who_wants_originals_on_pages_gets_them(store: Store) -> None:
    assert desk(store, served=True, makes=True, site="original").for_site().image is None


def test_feeds_leave_pictures_with_their_publishers_unless_told_otherwise(store: Store) -> None:
    assert desk(store, served=True, makes=True).for_feed("rss", HOME).image is None


def test_a_served_feed_names_the_address_at_which_it_was_asked_for(store: Store) -> None:
    image = desk(store, served=True, makes=True, base="", feeds="proxy").for_feed("atom", "http://127.0.0.1:8000/").image
    assert image is not None
    assert image(FERRY).startswith("http://127.0.0.1:8000/images/?url=")


@pytest.mark.parametrize("choice", ["proxy", "stored"])
def test_feeds_as_files_cannot_name_our_pictures_before_we_have_an_address(store: Store, choice: str) -> None:
    with pytest.raises(ConfigError, match=rf"images\.feeds = {choice}: needs publish\.base_url"):
        desk(store, base="", feeds=choice).for_feed("rss")


def test_pages_as_files_take_copies_from_beside_them(store: Store) -> None:
    assert desk(store, base="", site="stored").for_site().kept_at == "pictures/"


def test_a_proxy_that_is_off_cannot_be_chosen(store: Store) -> None:
    with pytest.raises(ConfigError, match=r"images\.site = proxy: image_proxy\.access is off"):
        desk(store, served=True, site="proxy", proxy={"access": "off"}).for_site()


def test_the_compatible_archive_has_no_place_for_copies(store: Store) -> None:
    with pytest.raises(ConfigError, match=r"images\.archive = stored"):
        desk(store, archive="stored").for_archive("compatible")


def test_an_archive_names_our_proxy_by_its_public_address(store: Store) -> None:
    image = desk(store, archive="proxy").for_archive("native")
    assert image is not None
    assert image(FERRY).startswith(f"{HOME}images/?url=")
