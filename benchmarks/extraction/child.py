"""One extractor in a process of its own: `python child.py ADAPTER.py`. Standard library only, since the peer's environment has no more.

Reads a JSON line for each page (`file`, `url`) and answers with one (`output`, `cpu_s`); the first answer is the extractor's name.
A page that takes longer than LIMIT_S, or that makes the extractor raise, gives an empty output and its reason.
"""

import gzip
import importlib.util
import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

LIMIT_S = 60


def main() -> None:
    spec = importlib.util.spec_from_file_location("adapter", sys.argv[1])
    assert spec is not None
    assert spec.loader is not None
    adapter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(adapter)
    answers, sys.stdout = sys.stdout, sys.stderr  # what an extractor prints must not stand among the answers
    signal.signal(signal.SIGALRM, _too_long)
    say(answers, {"name": adapter.NAME})
    for line in sys.stdin:
        asked = json.loads(line)
        file = Path(asked["file"])
        html = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        say(answers, measured(adapter.extract, html, asked["url"]))


def measured(extract: Callable[[bytes, str | None], dict[str, Any]], html: bytes, url: str | None) -> dict[str, Any]:
    """What *extract* makes of a page, and the CPU seconds it took."""
    output: dict[str, Any] = {}
    reason = ""
    signal.alarm(LIMIT_S)
    began = time.process_time()
    try:
        output = extract(html, url)
    except Exception as error:  # noqa: BLE001  a peer may raise anything; the page then counts as empty, with the reason
        reason = f"{type(error).__name__}: {error}"[:200]
    finally:
        cpu_s = time.process_time() - began
        signal.alarm(0)
    return {"output": {key: output.get(key) for key in ("text", "title", "authors", "published")}, "cpu_s": cpu_s, "reason": reason}


def say(answers: IO[str], answer: dict[str, Any]) -> None:
    """One answer, sent at once."""
    print(json.dumps(answer), file=answers, flush=True)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"took longer than {LIMIT_S} s")


if __name__ == "__main__":
    main()
