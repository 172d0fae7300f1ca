"""The reading site of the demo: as ever, with one page more that shows stories before and after."""

from __future__ import annotations

import asyncio
import signal
import webbrowser
from collections.abc import Callable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from broadsheet.config import Settings
from broadsheet.demo.comparing import LOOKS, before_after_looks, before_after_page, compare_sources
from broadsheet.errors import ConfigError
from broadsheet.serve import build_app, run_server
from broadsheet.serve.server import listen
from broadsheet.store import Store

BEFORE_AFTER = "/before-after"


def demo_app(store: Store, settings: Settings) -> Starlette:
    """The reading site's application, with the page of comparisons at `/before-after`."""
    app = build_app(store, settings)

    def before_after(request: Request) -> Response:
        return Response(before_after_page(compare_sources(store), settings, leaf=""), media_type="text/html")

    def looks(request: Request) -> Response:
        return Response(before_after_looks(), media_type="text/css")

    # Among the routes of the site itself, so that its guard stands before them too.
    app.router.routes += [Route(BEFORE_AFTER, before_after), Route(f"/{LOOKS}", looks)]
    return app


async def serve_demo(store: Store, settings: Settings, *, ready: Callable[[str], None], browser: bool) -> None:
    """Show the site until Ctrl-C or SIGTERM. *ready* is told its address; *browser* opens it."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)

    def opened(address: str) -> None:
        ready(address)
        if browser:
            loop.run_in_executor(None, webbrowser.open, address)  # some browsers keep their caller waiting

    await run_server(demo_app(store, settings), settings.serve, stop, ready=opened)


def free_port(host: str, port: int) -> int:
    """*port* if nobody listens there, else 0, which means any free one."""
    try:
        listen(host, port).close()
    except ConfigError:
        return 0
    return port


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a browser window can be expected to open before the person's eyes: not over SSH, and not in CI."""
    if "SSH_CONNECTION" in environment or "CI" in environment:
        return False
    return platform in ("darwin", "win32") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
