"""One side in a process of its own: `python child.py ADAPTER`. Standard library only, since the peers' environment has no more.

Reads a JSON line for each task and answers with one: make of `file` a picture `width` wide in the form `form` (with `effort`, for AVIF), and
write it to `out`. The first answer is the side's name and the forms it can make.
"""

import importlib
import json
import sys
import time
import warnings
from pathlib import Path
from typing import IO, Any


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints must not stand among the answers
    warnings.simplefilter("ignore")
    adapter = importlib.import_module(f"images.{sys.argv[1]}")
    say(answers, {"name": adapter.NAME, "forms": adapter.FORMS})
    before = peak_bytes()
    for line in sys.stdin:
        say(answers, {**make(adapter, json.loads(line)), "grown_bytes": peak_bytes() - before})


def make(adapter: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """The seconds it took, of the CPU and on the clock, and the bytes made; None of them where the side refused."""
    options = {"effort": asked["effort"]} if asked.get("effort") is not None else {}
    cpu_s = getattr(adapter, "cpu_s", time.process_time)  # a side may have its work done elsewhere
    began, began_cpu = time.perf_counter(), cpu_s()
    made = adapter.make(Path(asked["file"]), asked["form"], asked["width"], **options)
    took = {"cpu_s": cpu_s() - began_cpu, "wall_s": time.perf_counter() - began}
    Path(asked["out"]).write_bytes(made or b"")
    return {**took, "size_bytes": len(made) if made is not None else None}


def peak_bytes() -> int:
    """The most memory this process ever had; 0 where the system does not say (only Linux does)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def say(answers: IO[str], answer: dict[str, Any]) -> None:
    """One answer, sent at once."""
    print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
