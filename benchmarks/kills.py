"""Kill -9 at random moments, then let it finish: is the store the same as after an undisturbed run?

    BROADSHEET_TEST_DATA=… python benchmarks/kills.py [--kills 50] [--sites id,id] [--seed 1]

Runs `broadsheet poll --once` against the press twice: once in peace, once killed *kills* times at random moments before a last run is let
finish. Compares sources, entries and articles of both stores; ends with 1 if any is lost, doubled or different.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from broadsheet.store import open_store
from broadsheet.text.moments import utc_now
from press_run import broadsheet, control, environment, press


def filled(store: Path, env: dict[str, str], homes: list[str]) -> None:
    broadsheet(store, "add", "--yes", "--no-preview", "--json", *homes, env=env)


def contents(store: Path) -> tuple[Counter[tuple[str, ...]], dict[str, int]]:
    """What a store holds: each article by source, address, headline, completeness and content; and the counts of tasks by state."""
    with open_store(store, now=utc_now) as opened:
        held = Counter((a.source_id, a.article.url, a.article.title, a.article.completeness, a.content_hash) for a in opened.articles())
        return held, {str(state): count for state, count in opened.task_counts().items()}


def killed_run(store: Path, env: dict[str, str], *, kills: int, rng: random.Random) -> int:
    """Start `poll --once` and kill it, *kills* times; then once more to the end. How many were still running when killed."""
    struck = 0
    for _ in range(kills):
        command = [sys.executable, "-m", "broadsheet", "--data", str(store), "poll", "--once", "--json"]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.3, 4.0))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            struck += 1
        process.wait()
    broadsheet(store, "poll", "--once", "--json", env=env)
    return struck


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--sites", default="")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    data = os.environ.get("BROADSHEET_TEST_DATA")
    if not data:
        raise SystemExit("BROADSHEET_TEST_DATA is not set: it names the folder that holds the press")
    work = Path(tempfile.mkdtemp(prefix="broadsheet-kills-"))
    calm, killed = work / "calm", work / "killed"
    with press(Path(data), work, sites=args.sites) as (port, ca):
        env = environment(port, ca)
        homes = [site["home"] for site in control(port, "sites")]
        filled(calm, env, homes)
        broadsheet(calm, "poll", "--once", "--json", env=env)
        control(port, "reset", post=True)
        filled(killed, env, homes)
        struck = killed_run(killed, env, kills=args.kills, rng=random.Random(args.seed))
    expected, expected_tasks = contents(calm)
    found, found_tasks = contents(killed)
    lost, extra = expected - found, found - expected
    print(f"killed {struck} times; articles: {expected.total()} undisturbed, {found.total()} killed; lost {lost.total()}, extra {extra.total()}")
    print(f"tasks left: {expected_tasks} undisturbed, {found_tasks} killed")
    addresses = Counter((source, url) for source, url, *_ in found.elements())
    doubled = [key for key, count in addresses.items() if count > 1]
    print(f"doubled: {len(doubled)}")
    for line in [
        *(f"lost  {row}" for row in list(lost)[:10]),
        *(f"extra {row}" for row in list(extra)[:10]),
        *(f"doubled {key}" for key in doubled[:10]),
    ]:
        print(line)
    sys.exit(1 if lost or extra or doubled else 0)


if __name__ == "__main__":
    main()
