"""`broadsheet poll`, `run` and `serve`: do what is due, for once or for ever, and let people read it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import Tally, say, say_json, watching

if TYPE_CHECKING:
    from broadsheet.config import Settings
    from broadsheet.pipeline.tools import Reach
    from broadsheet.store import Store


def poll(
    ctx: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Do what is due and end (without it: as `run`, but without the site).")] = False,
    wait: Annotated[float, typer.Option(help="With --once: seconds to wait for what falls due next, e.g. after a 429.", min=0)] = 60.0,
    now: Annotated[bool, typer.Option("--now", help="Ask every active source and recent article now, whatever the schedule says.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Ask the sources that are due, and fetch and keep their new articles."""
    from broadsheet.library.jobs import poll_once, run_for_ever
    from broadsheet.library.workshop import workshop

    context: Context = ctx.obj
    settings, tally = context.settings(), Tally()
    with context.store() as store, store.work(), watching(tally, quiet=as_json) as tell:
        if not once:

            async def work(stop: asyncio.Event) -> None:
                async with workshop(store, settings, tell=tell) as tools:
                    await run_for_ever(replace(tools, websub=_reach(store, settings)), settings, stop)

            asyncio.run(_until_stopped(work))
            return
        asyncio.run(poll_once(store, settings, wait=timedelta(seconds=wait), everything=now, tell=tell, websub=_reach(store, settings)))
    if as_json:
        say_json(dict(tally.counts))
    else:
        say(tally.in_words())
    answered = tally.counts["polled"] + tally.counts["unmoved"]
    if tally.counts["poll-failed"] and not answered:
        raise typer.Exit(7)


def run(ctx: typer.Context) -> None:
    """Poll for ever, and serve the reading site and the feeds. Ctrl-C ends it; nothing is lost."""
    from broadsheet.library.jobs import run_for_ever
    from broadsheet.library.workshop import workshop
    from broadsheet.serve import build_app, on_demand, reach_of, run_server

    context: Context = ctx.obj
    settings, tally = context.settings(), Tally()
    with context.store() as store, store.work(), watching(tally) as tell:

        async def both(stop: asyncio.Event) -> None:
            async with workshop(store, settings, tell=tell) as tools:
                with on_demand(tools, settings) as instant:
                    app = build_app(store, settings, names=settings.serve.names, instant=instant)
                    reached = replace(tools, websub=reach_of(app, store, settings))
                    await asyncio.gather(run_for_ever(reached, settings, stop), run_server(app, settings.serve, stop, ready=_open))

        asyncio.run(_until_stopped(both))
    say(f"Stopped: {tally.in_words()}.")


def serve(ctx: typer.Context) -> None:
    """Serve the reading site and the feeds, without polling."""
    from broadsheet.library.workshop import workshop
    from broadsheet.serve import build_app, on_demand, run_server

    context: Context = ctx.obj
    settings = context.settings()
    with context.store() as store:

        async def serving(stop: asyncio.Event) -> None:
            async with workshop(store, settings) as tools:
                with on_demand(tools, settings) as instant:
                    app = build_app(store, settings, names=settings.serve.names, instant=instant)
                    await run_server(app, settings.serve, stop, ready=_open)

        asyncio.run(_until_stopped(serving))


def _reach(store: Store, settings: Settings) -> Reach:
    """How WebSub reaches a process that does not serve: by the server that runs beside it, over the same store."""
    from broadsheet.serve import build_app, reach_of

    return reach_of(build_app(store, settings), store, settings)


def _open(address: str) -> None:
    say(f"Reading site: {address}   (Ctrl-C ends)")


async def _until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run *work* until it ends or the process is asked to stop by Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    await work(stop)
