"""The pages a reader meets, and what in them can be checked: links, commands to type, Python to run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from textwrap import dedent

from broadsheet.config import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCED = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_CALL = re.compile(r"(?:^|[\s/])broadsheet ((?:-|[a-z]).*)")
_OTHER_COMMAND = re.compile(r"\s*(?:&&|\|\||[|;>&]|\s#\s|\s…$).*")
_SETTINGS = re.compile(r"^ {4}\[[a-z]+\]\n(?: {4}[a-z_]+ = .+(?:\n|$))+", re.MULTILINE)
_IN_PYTHON = re.compile(r"^(?:from|import) ")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def links() -> list[tuple[Path, str]]:
    """Every link that leads to a file of ours, with the page it stands on."""
    found = [(page, link) for page in PAGES for link in _LINK.findall(_INLINE.sub("", page.read_text("utf-8")))]
    return [(page, link) for page, link in found if "://" not in link and not link.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """The anchors that git hosts make of headings."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(page.read_text("utf-8"))}


def settings_named() -> list[tuple[Path, str]]:
    """Every `room.setting` that a page names."""
    rooms = "|".join(room.name for room in fields(Settings))
    key = re.compile(rf"`(?:broadsheet )?((?:{rooms})\.(?!py\b)[a-z_]+)(?: = [^`]*)?`")
    return [(page, found) for page in PAGES for found in key.findall(page.read_text("utf-8"))]


def settings_files() -> list[tuple[Path, str]]:
    """Every piece of a settings file that a page shows."""
    return [(page, dedent(found[0])) for page in PAGES for found in _SETTINGS.finditer(page.read_text("utf-8"))]


def python_examples() -> list[tuple[Path, str]]:
    return [(page, code) for page in PAGES for code in _FENCED.findall(page.read_text("utf-8"))]


def calls() -> list[tuple[Path, str]]:
    """Every `broadsheet …` that a page shows, in a block or within a line, without what the shell does with it."""
    return [(page, call) for page in PAGES for line in _code(page.read_text("utf-8")) for call in _calls_in(line)]


def words_of(call: str) -> list[str]:
    return shlex.split(call, comments=True)


def _code(text: str) -> Iterator[str]:
    text = _FENCED.sub("", text)
    yield from (line.strip() for line in text.splitlines() if line.startswith("    ") and not _IN_PYTHON.match(line.strip()))
    yield from (piece for line in text.splitlines() if not line.startswith("    ") for piece in _INLINE.findall(line))


def _calls_in(line: str) -> Iterator[str]:
    for part in re.split(r"&&|;", line):
        if found := _CALL.search(part):
            call = _OTHER_COMMAND.sub("", found[1]).strip()
            if call:
                yield call
