"""Read an archive of either form back in, ours or another's: a folder, or a single file.

The form is told file by file, by its first line. A file that cannot be read is reported, with the line, and stops no other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from broadsheet.archive.archived import ArchivedArticle
from broadsheet.archive.compatible import read as compatible
from broadsheet.archive.native import read as native
from broadsheet.errors import ArchiveError
from broadsheet.observe import log

MAX_BYTES = 20_000_000  # the largest article file known has 2 MB; what is larger is no article
_EARLIER = re.compile(r"\.r\d+\.md$")
_NUMBER = re.compile(r"(\d{1,9})(?:_.*)?\.md")  # older archives: `N_title.md`
_CONTINUATION = re.compile(r"\.\d+$")
_NO_ARTICLES = ("lists", "README.md")


def report_to_log(error: ArchiveError) -> None:
    """What happens to files that cannot be read unless the caller says otherwise: one warning each."""
    log("archive").warning("left out: %s", error)


def read_archive(
    place: Path, *, on_error: Callable[[ArchiveError], None] = report_to_log, earlier_revisions: bool = False
) -> Iterator[ArchivedArticle]:
    """The articles in the archive at *place* (a folder, or one file), in the order of their paths.

    *on_error* is told of each file that cannot be read. Earlier revisions of the native form only when asked for.
    Raises ArchiveError when *place* does not exist.
    """
    if not place.exists():
        raise ArchiveError(str(place), "does not exist", do="Name the folder of an archive, or one of its files")
    root = place if place.is_dir() else place.parent
    for file in _files(place, earlier_revisions=earlier_revisions):
        try:
            yield _read(file, root)
        except ArchiveError as error:
            on_error(error)


def _files(place: Path, *, earlier_revisions: bool) -> Iterator[Path]:
    """The Markdown files of articles: below `articles`, if there is such a folder. Links are followed nowhere."""
    if place.is_file():
        yield place
        return
    articles = place / "articles"
    for folder, inner, names in os.walk(articles if articles.is_dir() else place):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in _NO_ARTICLES)
        for name in sorted(names):
            if name.endswith(".md") and name not in _NO_ARTICLES and (earlier_revisions or not _EARLIER.search(name)):
                yield Path(folder, name)


def _read(file: Path, root: Path) -> ArchivedArticle:
    text = _text(file, root)
    path = file.relative_to(root).as_posix()
    first_line = text.partition("\n")[0].strip()
    if compatible.FIRST_LINE.fullmatch(first_line):
        number = _NUMBER.fullmatch(file.name)
        source_id = _CONTINUATION.sub("", file.parent.name)
        found = compatible.read_article(text, file=str(file), source_id=source_id, number=int(number[1]) if number else None)
        return replace(found, file=path)
    if first_line.lstrip("\ufeff") == "---":
        return replace(native.read_article(text, file=str(file)), file=path)
    raise ArchiveError(f"{file}:1", "opens neither with a time in a comment nor with front matter: no article of a known form")


def _text(file: Path, root: Path) -> str:
    try:
        if file.is_symlink() and not file.resolve().is_relative_to(root.resolve()):
            raise ArchiveError(str(file), "is a link that leads out of the archive")
        if file.stat().st_size > MAX_BYTES:
            raise ArchiveError(str(file), f"is larger than {MAX_BYTES // 1_000_000} MB: no article")
        content = file.read_bytes()
    except OSError as error:
        raise ArchiveError(str(file), f"cannot be read: {error.strerror or error}") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ArchiveError(f"{file}:{line}", "is not UTF-8") from error
