"""The only reader of configuration: a TOML file, overridden by the environment, checked against what the rooms declare.

    settings = load(Path("config.toml"), os.environ)
    settings.fetch.host_delay

Each room declares its settings in its own `config.py` as a frozen dataclass (`model.setting`); here they are composed. In the file
a room is a table (`[fetch]`), in the environment a prefix: `BROADSHEET_FETCH_HOST_DELAY=0.5`; lists are separated by commas.
What is unknown or out of range is refused by name, with what would do.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from broadsheet.alerts.config import AlertsSettings
from broadsheet.archive.config import ArchiveSettings
from broadsheet.engine.config import EngineSettings
from broadsheet.errors import ConfigError
from broadsheet.extraction.config import ExtractionSettings
from broadsheet.fetch.config import FetchSettings
from broadsheet.images.config import ImageProxySettings, PicturesSettings
from broadsheet.model.setting import setting
from broadsheet.pipeline.config import PipelineSettings
from broadsheet.pipeline.instant.config import InstantSettings
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.publish.site.config import SiteSettings
from broadsheet.sources.config import SourcesSettings
from broadsheet.websub.config import WebSubSettings

PREFIX = "BROADSHEET_"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """How the built-in server listens. (Declared here, since the server's room lies above this one.)"""

    host: str = setting("127.0.0.1", "Address to listen on; 0.0.0.0 for every interface.")
    port: int = setting(8000, "Port to listen on; 0 takes a free one.", low=0, high=65_535)
    names: tuple[str, ...] = setting((), "Host names the server answers to besides loopback's and that of publish.base_url.")
    page_articles: int = setting(40, "Articles on one page of a list.", low=5, high=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, by room."""

    fetch: FetchSettings = field(default_factory=FetchSettings)
    sources: SourcesSettings = field(default_factory=SourcesSettings)
    pipeline: PipelineSettings = field(default_factory=PipelineSettings)
    extraction: ExtractionSettings = field(default_factory=ExtractionSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)
    images: ImagesSettings = field(default_factory=ImagesSettings)
    pictures: PicturesSettings = field(default_factory=PicturesSettings)
    image_proxy: ImageProxySettings = field(default_factory=ImageProxySettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
    websub: WebSubSettings = field(default_factory=WebSubSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    alerts: AlertsSettings = field(default_factory=AlertsSettings)
    serve: ServeSettings = field(default_factory=ServeSettings)
    instant: InstantSettings = field(default_factory=InstantSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One setting as declared: for checks, `doctor` and the reference page."""

    room: str
    name: str
    kind: Any
    default: Any
    help: str
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    secret: bool

    @property
    def key(self) -> str:
        return f"{self.room}.{self.name}"

    @property
    def variable(self) -> str:
        return f"{PREFIX}{self.room}_{self.name}".upper()


def known_settings() -> tuple[Known, ...]:
    """Every setting there is, in the order of the rooms."""
    return tuple(_declared())


def load(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings from *file* (None or absent: defaults) and *environment*.

    Raises ConfigError, naming the key, for what is unknown, of the wrong kind, or out of range.
    """
    known = {(k.room, k.name): k for k in _declared()}
    values = dict(_from_file(file, known)) if file is not None and file.exists() else {}
    values.update(_from_environment(environment, known))
    kinds = get_type_hints(Settings)
    rooms: dict[str, dict[str, Any]] = {}
    for (room, name), value in values.items():
        rooms.setdefault(room, {})[name] = value
    return Settings(**{room.name: kinds[room.name](**rooms.get(room.name, {})) for room in fields(Settings)})


def sample_file() -> str:
    """A settings file with every setting at its default, commented out, each with its line of help."""
    lines = [
        "# Settings of Broadsheet. Remove the # before a line to change it. The environment outranks this file: fetch.timeout",
        "# is also BROADSHEET_FETCH_TIMEOUT.",
    ]
    room = ""
    for one in _declared():
        if one.room != room:
            room = one.room
            lines += ["", f"[{room}]"]
        unit = f" ({one.unit})" if one.unit else ""
        lines += [f"# {one.help}{unit}", f"# {one.name} = {_toml(one.default)}"]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _declared() -> Iterator[Known]:
    rooms = get_type_hints(Settings)
    for room in fields(Settings):
        hints = get_type_hints(rooms[room.name])
        for one in fields(rooms[room.name]):
            said = one.metadata
            yield Known(
                room=room.name, name=one.name, kind=hints[one.name], default=one.default, help=said["help"], unit=said["unit"],
                low=said["low"], high=said["high"], choices=said["choices"], secret=said["secret"],
            )  # fmt: skip


def _from_file(file: Path, known: Mapping[tuple[str, str], Known]) -> Iterator[tuple[tuple[str, str], Any]]:
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(str(file), f"cannot be read: {error}", do="It must be a TOML file in UTF-8.") from error
    for room, table in tables.items():
        if not isinstance(table, dict):
            raise ConfigError(f"{room} in {file}", "stands outside a table", do=f"Settings belong under a room, as in [fetch]. {_rooms()}")
        for name, value in table.items():
            setting = known.get((room, name)) or _unknown(f"{room}.{name}", [k.key for k in known.values()], f" in {file}")
            yield (room, name), _checked(setting, value, setting.key)


def _from_environment(environment: Mapping[str, str], known: Mapping[tuple[str, str], Known]) -> Iterator[tuple[tuple[str, str], Any]]:
    variables = {k.variable: k for k in known.values()}
    rooms = tuple({f"{PREFIX}{room}_".upper() for room, _ in known})
    for variable, text in environment.items():
        if variable in variables:
            setting = variables[variable]
            yield (setting.room, setting.name), _checked(setting, _typed(setting, text, variable), variable)
        elif variable.startswith(rooms):
            _unknown(variable, list(variables), " in the environment")


def _unknown(key: str, all_keys: list[str], where: str) -> Known:
    near = difflib.get_close_matches(key, all_keys, n=1)
    hint = f"Did you mean {near[0]}?" if near else _rooms()
    raise ConfigError(f"{key}{where}", "is no setting", do=hint)


def _rooms() -> str:
    return f"The rooms are {', '.join(room.name for room in fields(Settings))}; `broadsheet doctor --settings` lists all settings."


_BOOLEANS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _typed(setting: Known, text: str, key: str) -> Any:
    """The text of an environment variable as the setting's type."""
    try:
        if setting.kind is bool:
            return _BOOLEANS[text.strip().lower()]
        if setting.kind is int:
            return int(text)
        if setting.kind is float:
            return float(text)
    except (ValueError, KeyError) as error:
        raise ConfigError(f"{key} = {_shown(setting, text)}", f"must be {_kind_in_words(setting)}") from error
    if setting.kind is str:
        return text
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _checked(setting: Known, value: Any, key: str) -> Any:
    if setting.kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if setting.kind not in (bool, int, float, str) and isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
        value = tuple(value)
    elif not isinstance(value, setting.kind if isinstance(setting.kind, type) else tuple) or (setting.kind is int and isinstance(value, bool)):
        raise ConfigError(f"{key} = {_shown(setting, value)}", f"must be {_kind_in_words(setting)}")
    if setting.choices and value not in setting.choices:
        raise ConfigError(f"{key} = {_shown(setting, value)}", f"must be one of {', '.join(setting.choices)}")
    too_low = setting.low is not None and value < setting.low
    too_high = setting.high is not None and value > setting.high
    if too_low or too_high:
        unit = f" {setting.unit}" if setting.unit else ""
        raise ConfigError(f"{key} = {_shown(setting, value)}{unit}", f"must lie between {setting.low:g} and {setting.high:g}")
    return value


def _shown(setting: Known, value: Any) -> str:
    return "(hidden)" if setting.secret else str(value)


def _kind_in_words(setting: Known) -> str:
    return {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}.get(setting.kind, "a list of texts")
