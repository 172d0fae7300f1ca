"""Read feeds with every reader, write one with every writer, and print what it took, side by side.

make bench-feeds                   # sixty feeds made for the purpose
make bench-feeds FEEDS=FOLDER      # yours
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from feeds.corpus import given_feeds
from feeds.made import made_feeds
from feeds.turns import Reading, read_in_turns
from sides import started

CHILD = str(Path(__file__).parent / "child.py")
READERS = ("peer_feedparser", "peer_fastfeedparser")
WRITER = "peer_feedgen"
FORMS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
PEER_FORMS = ("rss", "atom")  # all it writes


def main() -> None:
    """The command."""
    arguments = argparse.ArgumentParser(prog="bench-feeds", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("feeds", type=Path, nargs="?", help="folder of feeds; without it feeds made for the purpose")
    arguments.add_argument("--peer", default="", help="the Python of the peers' environment; without it our figures only")
    arguments.add_argument("--passes", type=int, default=3, help="how often each feed is read; its median time counts (default: 3)")
    arguments.add_argument("--entries", type=int, default=10_000, help="entries of the feed that is written (default: 10,000)")
    arguments.add_argument("--size", type=int, default=8_000, help="bytes of HTML in each of them (default: 8,000)")
    options = arguments.parse_args()
    if not options.peer:
        print("The peers are not installed: our figures only.\n")
    print("\n".join(reading(options.feeds, options.peer, passes=options.passes)), flush=True)
    print("\n".join(writing(options.peer, entries=options.entries, size_bytes=options.size)))


def reading(folder: Path | None, peer: str, *, passes: int) -> list[str]:
    """The table of readers."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        feeds = given_feeds(folder) if folder else made_feeds(Path(made))
        sides = [stack.enter_context(started(sys.executable, CHILD, "ours"))]
        if peer:
            sides += [stack.enter_context(started(peer, CHILD, adapter)) for adapter in READERS]
        return list(reading_table(read_in_turns(sides, feeds, passes=passes)))


def reading_table(results: Sequence[Reading]) -> Iterator[str]:
    """The figures as lines, a column for each reader."""
    ours = results[0]
    yield _line(f"reading {len(ours.cpu_s)} feeds, {sum(ours.size_bytes) / 1e6:.1f} MB", [result.name for result in results])
    yield _line("  MB a CPU second", [f"{result.mb_per_s:.1f}" for result in results])
    yield _line("  feeds a CPU second", [f"{result.feeds_per_s:.0f}" for result in results])
    yield _line("  median feed", [f"{1000 * statistics.median(result.cpu_s):.2f} ms" for result in results])
    yield _line("  slowest feed", [f"{1000 * max(result.cpu_s):.0f} ms" for result in results])
    yield _line("  entries", [f"{sum(count or 0 for count in result.entries):,}" for result in results])
    yield _line("  feeds that raised", [str(result.entries.count(None)) for result in results])
    if len(results) > 1:
        yield _line("  our speed is so many times theirs", ["", *(f"{ours.mb_per_s / result.mb_per_s:.1f}" for result in results[1:])])
    yield ""


def writing(peer: str, *, entries: int, size_bytes: int) -> Iterator[str]:
    """The table of writers; each feed is written in a fresh process, since its memory is measured."""
    yield f"writing {entries:,} entries of {size_bytes:,} bytes".ljust(38) + "".join(head.rjust(16) for head in ("CPU s", "memory", "size"))
    for form, label in FORMS.items():
        yield _written(sys.executable, "ours", f"{label}, first time", form=form, way="first", entries=entries, size_bytes=size_bytes)
        yield _written(sys.executable, "ours", f"{label}, entries as kept", form=form, way="stored", entries=entries, size_bytes=size_bytes)
        if peer and form in PEER_FORMS:
            yield _written(peer, WRITER, label, form=form, way="first", entries=entries, size_bytes=size_bytes)


def _written(python: str, adapter: str, label: str, **what: object) -> str:
    with started(python, CHILD, adapter) as side:
        took = side.ask(task="write", **what)
        cells = (f"{took['cpu_s']:.2f}", f"{took['grown_bytes'] / 1e6:+.0f} MB", f"{took['size_bytes'] / 1e6:.1f} MB")
        return f"  {side.name.partition(' ')[0]}: {label}".ljust(38) + "".join(cell.rjust(16) for cell in cells)


def _line(label: str, cells: Sequence[str]) -> str:
    return label.ljust(38) + "".join(cell.rjust(24) for cell in cells)


if __name__ == "__main__":
    main()
