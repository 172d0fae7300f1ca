"""Rules held against their own test pages: saved ones, or fetched when the caller says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from broadsheet.config import Settings
from broadsheet.errors import FetchError, NotAPage, RuleError
from broadsheet.extraction import extract_article
from broadsheet.extraction.rules import SiteRule, TestPage
from broadsheet.extraction.rules.rule import joined
from broadsheet.fetch import Client
from broadsheet.library.visiting import ask_page
from broadsheet.model import Extraction
from broadsheet.pipeline.ruled import parse_ruled
from broadsheet.text.moments import utc_now
from broadsheet.text.plain import collapse

Outcome = Literal["passed", "failed", "no page"]

INDEX = "pages.tsv"
"""A file in the folder of saved pages: a file's name and its address on each line, a tab between them."""

MAX_NAME = 150

_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """How a rule did on one of its test pages. *said* are the reasons; of one that passed, what else was noticed."""

    test: TestPage
    outcome: Outcome
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPages:
    """Where saved test pages are looked for: *single* stands for whatever page is asked for, *folder* holds many."""

    single: Path | None = None
    folder: Path | None = None

    def find(self, test: TestPage) -> tuple[Path | None, str]:
        """The file that holds the page, and where it was looked for."""
        if self.single is not None:
            return self.single, str(self.single)
        beside = Path(test.origin.rpartition(":")[0]).parent
        places = [folder / test.file for folder in (self.folder, beside) if folder is not None and test.file]
        if self.folder is not None and test.url:
            places += [self.folder / name for name in (*_listed(self.folder, test.url), saved_name(test.url))]
        looked = " or ".join(map(str, places))
        return next((place for place in places if place.is_file()), None), looked or "nowhere: no folder of saved pages is given"


def run_tests(rules: Sequence[SiteRule], pages: SavedPages, *, now: datetime) -> Iterator[RuleTest]:
    """Each rule's test pages in turn, as far as they lie on disk."""
    for rule in rules:
        for test in rule.tests:
            file, looked = pages.find(test)
            if file is None:
                yield RuleTest(test=test, outcome="no page", said=(f"looked for {looked}",))
            else:
                yield check_page(rule, test, _read(file), now=now)


async def fetch_tests(rules: Sequence[SiteRule], settings: Settings) -> list[RuleTest]:
    """Each rule's test pages, fetched one after the other. Obeys robots.txt like every fetch."""
    results: list[RuleTest] = []
    async with Client(settings.fetch, now=utc_now) as client:
        for rule in rules:
            for test in rule.tests:
                if test.url is None:
                    continue
                try:
                    exchange = await ask_page(test.url, client.get)
                except FetchError as error:
                    results.append(RuleTest(test=test, outcome="no page", said=(str(error),)))
                else:
                    results.append(check_page(rule, test, exchange.body, now=exchange.fetched_at, content_type=exchange.content_type))
    return results


def check_page(rule: SiteRule, test: TestPage, source: bytes, *, now: datetime, content_type: str | None = None) -> RuleTest:
    """*rule* on one page: is the body the one it selects, is the title right, is what must be there there, and what must not be not?"""
    url = test.url or f"https://{rule.hosts[0].removeprefix('.') if rule.hosts else 'unknown.invalid'}/"
    alone = joined([rule])
    try:
        page = parse_ruled(source, url, alone, content_type=content_type)
    except NotAPage as error:
        return RuleTest(test=test, outcome="failed", said=(str(error),))
    extraction = extract_article(page, now=now, rule=alone)
    faults = tuple(_faults(test, extraction))
    noticed = tuple(line for line in extraction.rule_report if line not in faults)
    return RuleTest(test=test, outcome="failed" if faults else "passed", said=(*faults, *noticed))


def saved_name(url: str) -> str:
    """What a saved page is called in a folder: its address without what file systems do not like."""
    return _NOT_IN_NAMES.sub("_", url.partition("://")[2]).strip("_")[:MAX_NAME] + ".html"


def _faults(test: TestPage, extraction: Extraction) -> Iterator[str]:
    article = extraction.article
    yield from (line for line in extraction.rule_report if line.startswith("body: "))
    captions = [words for picture in article.pictures for words in (picture.caption, picture.credit) if words]
    text = collapse("\n".join((article.title, article.standfirst or "", article.text, *captions)))
    if not article.text:
        yield "the article is empty"
    if test.title is not None and collapse(test.title) != collapse(article.title):
        yield f"the title is {article.title!r}, not {test.title!r}"
    yield from (f"lacks {words!r}" for words in test.contains if collapse(words) not in text)
    yield from (f"contains {words!r}" for words in test.lacks if collapse(words) in text)


def _listed(folder: Path, url: str) -> list[str]:
    """The names under which the folder's index has *url*."""
    index = folder / INDEX
    if not index.is_file():
        return []
    rows = (line.split("\t") for line in index.read_text("utf-8", "replace").splitlines())
    return [row[0] for row in rows if len(row) >= 2 and row[1].strip() == url and Path(row[0]).name == row[0]]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RuleError(str(file), f"cannot be read: {error.strerror}", do="Name a saved HTML page.") from error
