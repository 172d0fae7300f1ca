"""`broadsheet doctor`: is everything in order, and if not, what to do."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json


def doctor(
    ctx: typer.Context,
    url: Annotated[str, typer.Option(help="An address to try the network with; empty: do not try it.")] = "https://www.iana.org/",
    settings: Annotated[bool, typer.Option("--settings", help="List every setting with its value, range and environment variable.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check installation, settings, network, database and disk."""
    from broadsheet.library.checkup import check_folder, check_machine, check_network, check_settings

    context: Context = ctx.obj
    in_force = context.settings()
    if settings:
        _list_settings(in_force)
        return
    findings = [*check_machine(), *check_settings(in_force), *check_folder(context.data)]
    if url:
        findings.append(asyncio.run(check_network(in_force, url)))
    if as_json:
        say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{'ok  ' if finding.good else 'BAD '} {finding.what}: {finding.said}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def _list_settings(in_force: object) -> None:
    from broadsheet.config import known_settings

    for one in known_settings():
        value = getattr(getattr(in_force, one.room), one.name)
        bounds = f" [{one.low:g} to {one.high:g}]" if one.low is not None and one.high is not None else ""
        unit = f" {one.unit}" if one.unit else ""
        say(f"{one.key} = {'(hidden)' if one.secret and value else value!r}{unit}{bounds}\n    {one.help}  {one.variable}")
