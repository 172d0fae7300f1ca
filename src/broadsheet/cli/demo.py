"""`broadsheet demo`: the whole job against a little press that ships with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    data: Annotated[Path | None, typer.Option(help="Folder for the demo's data (default: a temporary one).")] = None,
    port: Annotated[int, typer.Option(help="Port of the reading site; 0 takes a free one.", min=0, max=65_535)] = 8000,
    serve: Annotated[bool, typer.Option(help="Keep the reading site open at the end.")] = True,
    browser: Annotated[bool, typer.Option(help="Open the reading site in the browser.")] = True,
) -> None:
    """See it work: five little newspapers on this machine, added, polled, published. No internet needed."""
    from broadsheet.demo.show import run_demo

    run_demo(data=data, port=port, serve=serve, browser=browser)
