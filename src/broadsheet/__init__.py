"""Gives people the whole newspaper back. For programs: `from broadsheet import extract`.

    reading = extract(html, "https://paper.example/story")
    reading.title, reading.authors, reading.published, reading.text, reading.html, reading.markdown

Names are loaded when they are first asked for, so that `import broadsheet`, and with it every command's `--help`, costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.errors import BroadsheetError, NotAPage, UsageError
    from broadsheet.library.extracting import Reading, extract
    from broadsheet.model import Article, Extraction, Hints, Note, Person, Picture, StatedTime, Want

__version__ = "0.1.0"

__all__ = [
    "Article",
    "BroadsheetError",
    "Extraction",
    "Hints",
    "NotAPage",
    "Note",
    "Person",
    "Picture",
    "Reading",
    "StatedTime",
    "UsageError",
    "Want",
    "__version__",
    "extract",
]

_ERRORS = frozenset(("BroadsheetError", "NotAPage", "UsageError"))
_DOOR = frozenset(("Reading", "extract"))


if not TYPE_CHECKING:  # a checker that saw it would take any name for one of ours

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        room = "errors" if name in _ERRORS else "library.extracting" if name in _DOOR else "model"
        value = globals()[name] = getattr(import_module(f"{__name__}.{room}"), name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
