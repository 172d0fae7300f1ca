"""One side in a process of its own: `python child.py ADAPTER`. Standard library only, since the peers' environment has no more.

Reads a JSON line for each task and answers with one: `read` a feed (`file`, `url`, `content_type`), or `write` one (`form`, `way`,
`entries`, `size_bytes`). The first answer is the side's name.
"""

import gzip
import importlib
import json
import logging
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import IO, Any


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints must not stand among the answers
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    adapter = importlib.import_module(f"feeds.{sys.argv[1]}")
    say(answers, {"name": adapter.NAME})
    for line in sys.stdin:
        asked = json.loads(line)
        say(answers, read(adapter, asked) if asked["task"] == "read" else write(adapter, asked))


def read(adapter: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """How many entries there are in a feed, and the CPU seconds it took to read them."""
    file = Path(asked["file"])
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    began = time.process_time()
    try:
        entries = adapter.read(data, asked["url"], asked["content_type"])
    except Exception:  # noqa: BLE001  a peer may raise anything; the feed then counts as refused
        entries = None
    return {"cpu_s": time.process_time() - began, "entries": entries, "size_bytes": len(data)}


def write(adapter: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """The CPU seconds and the growth of memory in writing a feed to a file, and its size."""
    job = adapter.writer(asked["form"], asked["way"], asked["entries"], asked["size_bytes"])
    with tempfile.TemporaryFile() as file:
        before = peak_bytes(anew=True)
        began = time.process_time()
        job(file)
        file.flush()
        return {"cpu_s": time.process_time() - began, "grown_bytes": peak_bytes(anew=False) - before, "size_bytes": file.tell()}


def peak_bytes(*, anew: bool) -> int:
    """The most memory this process had, from now on with *anew*; 0 where the system does not say (only Linux does)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def say(answers: IO[str], answer: dict[str, Any]) -> None:
    """One answer, sent at once."""
    print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
