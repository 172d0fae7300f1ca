"""nginx and its module image_filter, which writes the format it reads."""

from __future__ import annotations

import atexit
import re
import subprocess
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from images.cpu import cpu_s_of
from images.nginx import PROGRAM, Nginx, nginx

_said = subprocess.run([str(PROGRAM), "-v"], capture_output=True, text=True, check=True).stderr
NAME = f"nginx {found[1]}" if (found := re.search(r"nginx/([\d.]+)", _said)) else "nginx"
FORMS = ("jpg",)

_stack = ExitStack()
atexit.register(_stack.close)
_running: list[Nginx] = []


def make(file: Path, form: str, width: int) -> bytes:
    if not _running:
        state = Path(_stack.enter_context(tempfile.TemporaryDirectory()))
        _running.append(_stack.enter_context(nginx(file.parent, state, filtering=True)))
    with urllib.request.urlopen(f"{_running[0].url}{width}/{file.name}") as answer:
        return bytes(answer.read())


def cpu_s() -> float:
    return cpu_s_of(_running[0].pid) if _running else 0.0
