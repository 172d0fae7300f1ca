"""The whole system against the press: add every site by its home page, poll, publish, score.

    BROADSHEET_TEST_DATA=… python benchmarks/press_run.py [--faults none|light|heavy] [--steps 0..3] [--sites id,id] [--keep DIR]

Prints the press's score beside the baseline it names, and what the press counted of our manners: requests, most at once per host,
robots violations, special addresses reached.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def control(port: int, path: str, *, post: bool = False) -> Any:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(f"http://127.0.0.1:{port}/__press__/{path}", method="POST" if post else "GET")
    return json.loads(opener.open(request, timeout=60).read())


@contextmanager
def press(data: Path, work: Path, *, faults: str = "none", sites: str = "", seed: int = 1, split: str = "data-dev") -> Iterator[tuple[int, Path]]:
    """A running press: its port and its certificate authority's file."""
    port, ca = free_port(), work / "press-ca.pem"
    command = [
        sys.executable,
        "-m",
        "press",
        "serve",
        "--port",
        str(port),
        "--data",
        split,
        "--ca-out",
        str(ca),
        "--faults",
        faults,
        "--seed",
        str(seed),
    ]
    process = subprocess.Popen([*command, *(["--sites", sites] if sites else [])], cwd=data / "press", stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                control(port, "sites")
                break
            except OSError:
                time.sleep(0.1)
        yield port, ca
    finally:
        process.terminate()
        process.wait(10)


def environment(port: int, ca: Path, **more: str) -> dict[str, str]:
    own = {"BROADSHEET_FETCH_PROXY": f"http://127.0.0.1:{port}", "BROADSHEET_FETCH_CA_FILE": str(ca), "BROADSHEET_FETCH_HOST_DELAY": "0.05"}
    return {**os.environ, **own, **more}


def broadsheet(store: Path, *arguments: str, env: dict[str, str], check: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadsheet", "--data", str(store), *arguments]
    return subprocess.run(command, env=env, text=True, check=check, capture_output=False)


def score(data: Path, truth: dict[str, Any], published: list[Path], work: Path) -> dict[str, Any]:
    """The press's verdict on feeds of one format (all three would count as copies of one another)."""
    truth_file = work / "truth.json"
    truth_file.write_text(json.dumps(truth))
    command = [sys.executable, "-m", "press", "score", "--truth", str(truth_file), "--published", *map(str, published), "--json"]
    done = subprocess.run(command, cwd=data / "press", check=True, capture_output=True, text=True)
    (work / "score.json").write_text(done.stdout)
    return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", default="none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="how often the press moves on, with a poll after each")
    parser.add_argument("--sites", default="")
    parser.add_argument("--keep", type=Path, help="folder to leave the data and the published files in")
    args = parser.parse_args()
    data = os.environ.get("BROADSHEET_TEST_DATA")
    if not data:
        raise SystemExit("BROADSHEET_TEST_DATA is not set: it names the folder that holds the press")
    work = args.keep or Path(tempfile.mkdtemp(prefix="broadsheet-press-"))
    work.mkdir(parents=True, exist_ok=True)
    with press(Path(data), work, faults=args.faults, sites=args.sites, seed=args.seed) as (port, ca):
        env, store, out = environment(port, ca), work / "data", work / "out"
        homes = [site["home"] for site in control(port, "sites")]
        began = time.monotonic()
        broadsheet(store, "add", "--yes", *homes, env=env)
        added = time.monotonic()
        broadsheet(store, "poll", "--once", env=env)
        for _ in range(args.steps):
            control(port, "advance", post=True)
            broadsheet(store, "poll", "--once", "--now", env=env)
        polled = time.monotonic()
        broadsheet(store, "publish", str(out), env=env)
        print(f"add {added - began:.1f} s, poll {polled - added:.1f} s, publish {time.monotonic() - polled:.1f} s")
        result = score(Path(data), control(port, "truth"), sorted((out / "feeds").glob("*.rss")), work)
        print(json.dumps(result["overall"], indent=1), "\nfeed errors:", result["feed_errors"])
        stats = control(port, "stats")
        print(json.dumps({k: v for k, v in stats.items() if k != "hosts"}, indent=1)[:3000])


if __name__ == "__main__":
    main()
