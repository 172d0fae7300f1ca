"""Site rules on disk: which folders hold them, which files load, and which are refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadsheet.config import Settings
from broadsheet.errors import ConfigError, RuleError
from broadsheet.extraction.rules import RuleBook, SiteRule, rule_book
from broadsheet.extraction.rules.ftr import host_in, read_ftr
from broadsheet.extraction.rules.own import read_own
from broadsheet.observe import log


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRules:
    """What folders of rules gave: every rule that can be followed, and an error for each file that cannot."""

    rules: tuple[SiteRule, ...]
    refused: tuple[RuleError, ...]
    files: int

    @property
    def book(self) -> RuleBook:
        """The rules by host."""
        return rule_book(self.rules)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the files ask for that is not done, and why."""
        return tuple(note for rule in self.rules for note in rule.notes)


def load_rules(places: Sequence[Path]) -> LoadedRules:
    """The rules in *places*: files, or folders of files. A file that cannot be followed is refused, the others load.

    Raises ConfigError for a place that does not exist.
    """
    rules: list[SiteRule] = []
    refused: list[RuleError] = []
    files = 0
    for file in _files(places):
        files += 1
        try:
            rules += read_rule_file(file)
        except RuleError as error:
            refused.append(error)
    return LoadedRules(rules=tuple(rules), refused=tuple(refused), files=files)


def read_rule_file(file: Path) -> tuple[SiteRule, ...]:
    """The rules in one file. Raises RuleError with file and line."""
    name = file.as_posix()
    try:
        source = file.read_bytes()
        text = source.decode("utf-8-sig")
    except OSError as error:
        raise RuleError(f"{name}:1", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise RuleError(f"{name}:{line}", "is not UTF-8", do="Save the file as UTF-8.") from error
    return read_own(text, name) if file.suffix == ".toml" else (read_ftr(text, name),)


def rules_in_force(settings: Settings) -> RuleBook | None:
    """The rules that the settings name; None if they name none. A refused file is logged, and its site read without it."""
    folders = settings.extraction.rules
    return book_of([Path(folder).expanduser() for folder in folders]) if folders else None


def book_of(places: Sequence[Path]) -> RuleBook:
    """The rules in *places*, by host; what is refused is logged. Raises ConfigError for a place that does not exist."""
    loaded = load_rules(places)
    for error in loaded.refused:
        log("library").warning("site rule refused: %s", error)
    return loaded.book


def _files(places: Sequence[Path]) -> Iterator[Path]:
    """The files of rules: those named, and in folders those whose names say so. A checked-out collection holds a licence and a readme too."""
    for place in places:
        if place.is_dir():
            yield from (file for file in sorted(place.iterdir()) if file.is_file() and _is_rule_file(file))
        elif place.is_file():
            yield place
        else:
            raise ConfigError(str(place), "is neither a file nor a folder of site rules", do="See extraction.rules in the settings.")


def _is_rule_file(file: Path) -> bool:
    return file.suffix == ".toml" or (file.suffix == ".txt" and host_in(file.name) is not None)
