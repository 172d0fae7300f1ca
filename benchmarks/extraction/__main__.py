"""Read the corpora with both extractors, print quality and speed side by side, draw the picture.

make bench-extract                   # twelve pages of our own in eleven scripts
make bench-extract CORPORA=FOLDER    # yours
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from extraction.corpora import read_corpora
from extraction.picture import draw
from extraction.scores import NAMES
from extraction.turns import Result, take_turns
from sides import started

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "extraction.svg"

LABELS = {
    "words": "F1 of words", "found": "paragraphs found", "pure": "words that belong", "clean": "clean articles", "title": "headline",
    "authors": "names (F1)", "day": "day of publication",
}  # fmt: skip


def _child(adapter: str) -> tuple[str, str]:
    """The command of a side that reads pages with *adapter*."""
    here = Path(__file__).parent
    return str(here / "child.py"), str(here / adapter)


def main() -> None:
    """The command."""
    arguments = argparse.ArgumentParser(prog="bench-extract", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpora", type=Path, nargs="?", help="folder of corpora; without it our own pages")
    arguments.add_argument("--peer", default="", help="the Python of the peer's environment; without it our figures only")
    arguments.add_argument("--passes", type=int, default=1, help="how often each page is read; its median time counts")
    arguments.add_argument("--limit", type=int, help="at most so many pages of each corpus")
    arguments.add_argument("--kinds", default="article", help="kinds of pages, separated by commas (default: article)")
    arguments.add_argument("--write", action="store_true", help=f"write the picture to {PICTURE.relative_to(PICTURE.parents[2])}")
    options = arguments.parse_args()
    corpora = read_corpora(options.corpora, kinds=frozenset(options.kinds.split(",")), limit=options.limit)
    results: dict[str, list[Result]] = {}
    with ExitStack() as stack:
        sides = [stack.enter_context(started(sys.executable, *_child("ours.py")))]
        if options.peer:
            sides.append(stack.enter_context(started(options.peer, *_child("peer.py"))))
        else:
            print("The peer is not installed: our figures only.\n")
        for name, pages in corpora.items():
            results[name] = take_turns(sides, pages, passes=options.passes)
            print("\n".join(table(name, results[name])), flush=True)
    if options.write:
        PICTURE.write_text(draw(results), encoding="utf-8")
        print(f"written: {PICTURE}")


def table(corpus: str, results: Sequence[Result]) -> list[str]:
    """The figures of one corpus as lines, a column for each extractor."""
    ours = results[0]
    lines = [_line(f"{corpus} ({len(ours.cpu_s)} pages)", [result.name for result in results])]
    for name in NAMES:
        means = [result.mean(name) for result in results]
        if None not in means:
            lines.append(_line(f"  {LABELS[name]}", [f"{mean:.3f}" for mean in means]))
    lines.append(_line("  pages without text", [str(result.empty) for result in results]))
    if any(result.failed for result in results):
        lines.append(_line("  pages that raised", [str(result.failed) for result in results]))
    lines.append(_line("  pages a CPU second", [f"{result.speed:.1f}" for result in results]))
    lines.append(_line("  slowest page", [f"{1000 * max(result.cpu_s, default=0):.0f} ms" for result in results]))
    if len(results) > 1:
        lines.append(_line("  ratio of speeds", [f"{ours.speed / results[1].speed:.1f}"]))
    return [*lines, ""]


def _line(label: str, cells: Sequence[str]) -> str:
    return label.ljust(34) + "".join(cell.rjust(20) for cell in cells)


if __name__ == "__main__":
    main()
