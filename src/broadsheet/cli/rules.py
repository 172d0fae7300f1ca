"""`broadsheet rules`: check files of site rules, and try them on their own test pages."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say

if TYPE_CHECKING:
    from broadsheet.extraction.rules import SiteRule
    from broadsheet.library.rule_tests import RuleTest
    from broadsheet.library.rules import LoadedRules


class Action(StrEnum):
    """What to do with rules."""

    check = "check"
    test = "test"


def rules(
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="check|test", help="check: does each file load? test: does each rule find what it should?")],
    places: Annotated[list[Path] | None, typer.Argument(metavar="[FOLDER|FILE]...", help="Rules; default: the setting extraction.rules.")] = None,
    pages: Annotated[Path | None, typer.Option(help="test: a folder with saved pages.", metavar="FOLDER")] = None,
    page: Annotated[Path | None, typer.Option(help="test: a saved page, where there is one test page (see --url).", metavar="FILE")] = None,
    url: Annotated[str, typer.Option(help="test: only the test page at this address.", metavar="URL")] = "",
    fetch: Annotated[bool, typer.Option("--fetch", help="test: fetch the test pages from the network.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="check: list every directive that is known and not followed.")] = False,
) -> None:
    """Check site rules: whether their files can be followed, and whether they find what their own test pages say."""
    from broadsheet.errors import UsageError
    from broadsheet.library.rules import load_rules

    context: Context = ctx.obj
    chosen = places or [Path(folder).expanduser() for folder in context.settings().extraction.rules]
    if not chosen:
        raise UsageError("rules", "has nothing to look at", do="Name files or folders of rules, or set extraction.rules.")
    loaded = load_rules(chosen)
    for error in loaded.refused:
        say(f"refused  {error}")
    results = _tested(context, _only(loaded.rules, url), pages, page, fetch=fetch) if action is Action.test else []
    say(_in_words(loaded, notes=notes) if action is Action.check else _tests_in_words(results))
    if loaded.refused or any(result.outcome == "failed" for result in results):
        raise typer.Exit(1)


def _only(rules: tuple[SiteRule, ...], url: str) -> tuple[SiteRule, ...]:
    """*rules* with no test pages but that at *url*, if one is given."""
    return tuple(replace(rule, tests=tuple(test for test in rule.tests if test.url == url)) for rule in rules) if url else rules


def _tested(context: Context, tested: tuple[SiteRule, ...], pages: Path | None, page: Path | None, *, fetch: bool) -> list[RuleTest]:
    from broadsheet.errors import UsageError
    from broadsheet.library.rule_tests import SavedPages, fetch_tests, run_tests
    from broadsheet.text.moments import utc_now

    known = sum(len(rule.tests) for rule in tested)
    if page is not None and known != 1:
        raise UsageError(
            "--page",
            f"stands for one test page, but there are {known}",
            do="Choose one with --url, or put the pages into a folder and name it with --pages.",
        )
    if fetch:
        results = asyncio.run(fetch_tests(tested, context.settings()))
    else:
        results = list(run_tests(tested, SavedPages(single=page, folder=pages), now=utc_now()))
    for result in results:
        say(f"{result.outcome:<8} {result.test.origin}  {result.test.url or result.test.file or ''}")
        for line in result.said:
            say(f"         {line}")
    return results


def _in_words(loaded: LoadedRules, *, notes: bool) -> str:
    """What was loaded, on a line; with *notes*, before it all that is not followed."""
    unfollowed = Counter(note.split(": ")[1].split(" ")[0] for note in loaded.notes)
    kinds = ", ".join(f"{name} {count}" for name, count in unfollowed.most_common())
    summary = f"files loaded: {loaded.files - len(loaded.refused)}, refused: {len(loaded.refused)}; rules: {len(loaded.rules)}"
    listed = "".join(f"not done {note}\n" for note in loaded.notes) if notes else ""
    return f"{listed}{summary}" + (f"; not followed: {kinds}" if kinds else "")


def _tests_in_words(results: list[RuleTest]) -> str:
    counts = Counter(result.outcome for result in results)
    return f"test pages passed: {counts['passed']}, failed: {counts['failed']}, not to be had: {counts['no page']}"
