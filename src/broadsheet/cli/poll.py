"""`broadsheet poll`, `run` and `serve`: do what is due, for once or for ever, and let people read it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
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
    """Poll for ever, and serve the reading site, the feeds and the image proxy. Ctrl-C ends it; nothing is lost."""
    from broadsheet.library.jobs import run_for_ever
    from broadsheet.library.picture_proxy import image_proxy
    from broadsheet.library.workshop import workshop
    from broadsheet.serve import build_app, on_demand, reach_of, run_server

    context: Context = ctx.obj
    settings, tally = context.settings(), Tally()
    with context.store() as store, store.work(), watching(tally) as tell:

        async def both(stop: asyncio.Event) -> None:
            async with workshop(store, settings, tell=tell) as tools, image_proxy(store, settings, context.data) as images:
                with on_demand(tools, settings) as instant:
                    app = build_app(store, settings, names=settings.serve.names, instant=instant, images=images)
                    reached = replace(tools, websub=reach_of(app, store, settings))
                    await asyncio.gather(run_for_ever(reached, settings, stop), run_server(app, settings.serve, stop, ready=_open))

        asyncio.run(_until_stopped(both))
    say(f"Stopped: {tally.in_words()}.")


class Part(StrEnum):
    """What `serve` can be cut down to."""

    images = "images"


def serve(
    ctx: typer.Context,
    only: Annotated[Part | None, typer.Option(help="Serve nothing but this: images, the image proxy, at any path.")] = None,
) -> None:
    """Serve the reading site, the feeds and the image proxy, without polling."""
    context: Context = ctx.obj
    settings = context.settings()
    with context.store() as store:
        serving = _serving_images if only is Part.images else _serving_all
        asyncio.run(_until_stopped(partial(serving, store, settings, context.data)))


async def _serving_all(store: Store, settings: Settings, data: Path, stop: asyncio.Event) -> None:
    from broadsheet.library.picture_proxy import image_proxy
    from broadsheet.library.workshop import workshop
    from broadsheet.serve import build_app, on_demand, run_server

    async with workshop(store, settings) as tools, image_proxy(store, settings, data) as images:
        with on_demand(tools, settings) as instant:
            app = build_app(store, settings, names=settings.serve.names, instant=instant, images=images)
            await run_server(app, settings.serve, stop, ready=_open)


async def _serving_images(store: Store, settings: Settings, data: Path, stop: asyncio.Event) -> None:
    from broadsheet.errors import ConfigError
    from broadsheet.library.picture_proxy import image_proxy
    from broadsheet.serve import images_only, names_known, run_server

    if settings.image_proxy.access == "off":
        raise ConfigError("image_proxy.access = off", "leaves nothing to serve", do="Set it to auto, open, seen or signed.")
    async with image_proxy(store, settings, data) as images:
        if images is None:
            raise ConfigError("serve --only images", "needs libvips", do="Install it with: pip install 'broadsheet[images]'")
        app = images_only(store, settings, images, names=names_known(settings, settings.serve.names))
        await run_server(app, settings.serve, stop, ready=lambda address: say(f"Image proxy: {address}?url=…   (Ctrl-C ends)"))


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
