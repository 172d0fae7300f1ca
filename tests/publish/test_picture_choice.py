"""Each output gives its readers the addresses of pictures that the operator chose."""

from __future__ import annotations

import pytest

from broadsheet.errors import ConfigError
from broadsheet.publish.config import ImagesSettings
from broadsheet.publish.picture_choice import check_choices, picture_choice

OUTPUTS = ("rss", "atom", "json", "site", "native", "compatible")
WESERV = "https://images.weserv.nl/?url={bare_url}"


def places(**said: str) -> list[str]:
    return [picture_choice(ImagesSettings(**said), output).place for output in OUTPUTS]


def test_where_nothing_is_said_pictures_stay_with_their_publishers() -> None:
    assert places() == ["original"] * 6


def test_the_template_counts_for_every_output() -> None:
    assert places(url_template=WESERV) == ["template"] * 6


def test_a_group_outranks_the_template_and_an_output_its_group() -> None:
    assert places(url_template=WESERV, feeds="proxy", atom="stored", archive="original") == [
        "proxy", "stored", "proxy", "template", "original", "original",
    ]  # fmt: skip


def test_words_may_be_written_in_any_case() -> None:
    assert places(site=" Proxy ")[3] == "proxy"


def test_an_output_may_have_a_template_of_its_own() -> None:
    choice = picture_choice(ImagesSettings(json="https://img.example/{bare_url}"), "json")
    assert choice.template is not None
    assert choice.template("https://p.example/a.jpg") == "https://img.example/p.example/a.jpg"


def test_a_format_added_by_somebody_is_a_feed_too() -> None:
    assert picture_choice(ImagesSettings(feeds="proxy"), "gopher").place == "proxy"


@pytest.mark.parametrize("name", ["url_template", "feeds", "rss", "atom", "json", "site", "archive", "native", "compatible"])
def test_a_word_that_is_none_is_refused_by_the_name_of_its_setting(name: str) -> None:
    with pytest.raises(ConfigError, match=rf"images\.{name}"):
        check_choices(ImagesSettings(**{name: "somewhere"}))
