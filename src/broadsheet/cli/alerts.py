"""`broadsheet alerts`: what is wrong with the sources, and whether the operator would hear of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.config import Settings
    from broadsheet.errors import AlertNotSent
    from broadsheet.model import Incident
    from broadsheet.store import Store

alerts = typer.Typer(name="alerts", help="What is wrong with sources, and telling you of it.", no_args_is_help=True, rich_markup_mode=None)

MOMENT = "%Y-%m-%d %H:%M"


@alerts.command("list")
def list_incidents(
    ctx: typer.Context,
    days: Annotated[float, typer.Option(help="Also those that were over within so many days.", min=0)] = 7.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List what is wrong with sources, and what was lately."""
    from broadsheet.text.moments import utc_now

    context: Context = ctx.obj
    with context.store() as store:
        open_now = store.incidents(open_only=True)
        lately = [one for one in store.incidents(since=utc_now() - timedelta(days=days)) if one.closed_at]
    rows = [_row(one) for one in (*open_now, *lately)]
    if as_json:
        say_json(rows)
    elif rows:
        columns = ["source", "kind", "since", "over", "told", "said", "detail"]
        say_table("Incidents", columns, [[str(row[column] or "-") for column in columns] for row in rows])
    else:
        say("Nothing is wrong with any source.")


@alerts.command("test")
def test(ctx: typer.Context) -> None:
    """Send a test message over every channel that is set up under [alerts]."""
    context: Context = ctx.obj
    settings = context.settings()
    with context.store() as store:
        outcomes = asyncio.run(_tested(store, settings))
    failed = [error for error in outcomes if error is not None]
    for error in failed:
        typer.echo(f"not sent: {error}", err=True)
    say(f"{len(outcomes) - len(failed)} of {len(outcomes)} test messages sent")
    if failed:
        raise typer.Exit(1)


async def _tested(store: Store, settings: Settings) -> Sequence[AlertNotSent | None]:
    from broadsheet.library.alerting import teller
    from broadsheet.text.moments import utc_now

    async with teller(store, settings) as one:
        return await one.test(utc_now())


def _row(one: Incident) -> dict[str, object]:
    told = one.alerted_end_at or one.alerted_at
    return {
        "source": one.source_id,
        "kind": one.kind,
        "since": one.opened_at.strftime(MOMENT),
        "over": one.closed_at.strftime(MOMENT) if one.closed_at else None,
        "told": told.strftime(MOMENT) if told else None,
        "said": one.over if one.closed_at else one.said,
        "do": None if one.closed_at else one.do,
        "detail": one.detail or None,
        "id": one.id,
    }
