"""Settings: a TOML file, overridden by the environment, checked by name and range."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.config import Settings, known_settings, load, sample_file
from broadsheet.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return file


def test_without_file_and_environment_every_setting_has_its_default() -> None:
    assert load(None, {}) == Settings()


def test_the_file_changes_what_it_names(tmp_path: Path) -> None:
    settings = load(written(tmp_path, "[fetch]\nhost_delay = 3\nprivate_hosts = ['nas.lan']\n"), {})
    assert (settings.fetch.host_delay, settings.fetch.private_hosts) == (3.0, ("nas.lan",))


def test_the_environment_outranks_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "[fetch]\nhost_delay = 3\n")
    assert load(file, {"BROADSHEET_FETCH_HOST_DELAY": "0.5"}).fetch.host_delay == 0.5


def test_a_list_in_the_environment_is_separated_by_commas() -> None:
    assert load(None, {"BROADSHEET_FETCH_PRIVATE_HOSTS": "nas.lan, 10.0.0.7"}).fetch.private_hosts == ("nas.lan", "10.0.0.7")


def test_a_truth_value_in_the_environment_may_be_a_word() -> None:
    assert load(None, {"BROADSHEET_FETCH_OBEY_ROBOTS": "off"}).fetch.obey_robots is False


def test_an_unknown_key_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.host_dealy .*Did you mean fetch\.host_delay"):
        load(written(tmp_path, "[fetch]\nhost_dealy = 3\n"), {})


def test_an_unknown_variable_of_a_known_room_is_refused() -> None:
    with pytest.raises(ConfigError, match="BROADSHEET_FETCH_PROXI"):
        load(None, {"BROADSHEET_FETCH_PROXI": "x"})


def test_variables_of_other_programs_are_left_alone() -> None:
    assert load(None, {"BROADSHEET_TEST_DATA": "/x", "PATH": "/bin"}) == Settings()


def test_a_value_out_of_range_is_refused_with_the_range() -> None:
    with pytest.raises(ConfigError, match=r"BROADSHEET_FETCH_TIMEOUT = 0\.0 seconds: must lie between 1 and 300"):
        load(None, {"BROADSHEET_FETCH_TIMEOUT": "0"})


def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.timeout = soon: must be a number"):
        load(written(tmp_path, "[fetch]\ntimeout = 'soon'\n"), {})


def test_a_secret_is_not_repeated_in_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, "[fetch]\nproxy = ['http://user:hunter2@proxy.lan']\n"), {})
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml: cannot be read"):
        load(written(tmp_path, "[fetch\n"), {})


def test_the_sample_file_is_valid_and_changes_nothing(tmp_path: Path) -> None:
    assert load(written(tmp_path, sample_file()), {}) == Settings()


def test_the_sample_file_still_loads_when_every_setting_is_taken_at_its_word(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") if " = " in line and not line.startswith("# Settings") else line for line in sample_file().splitlines()]
    assert load(written(tmp_path, "\n".join(lines)), {}) == Settings()


def test_every_setting_has_a_line_of_help() -> None:
    assert [one.key for one in known_settings() if len(one.help) < 10] == []
