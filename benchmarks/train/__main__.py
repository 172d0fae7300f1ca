"""Read the corpora, judge on publishers held out, and write the weights learned from all pages."""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Sequence
from pathlib import Path

from broadsheet.extraction import body
from broadsheet.extraction.body.choose import NEIGHBOUR_NAMES
from broadsheet.extraction.body.weights import WEIGHTS, Signal
from train.fit import Model, class_words, decide, learn
from train.judge import judge
from train.pages import PageRows, read_corpora
from train.whole import shipped_words, weighing_by, written_lines

FOLDS = 4

_HEADER = '''"""What each signal weighs, in log-odds: learned by `benchmarks/train`, not edited by hand. The table is also the registry.

The comment behind a weight says on how many blocks of how many dev pages the signal was heard, and how many of these were text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadsheet.extraction.body.signals import boxes, element, elsewhere, line, lists, place, wording
from broadsheet.extraction.body.spots import Spot

Signal = Callable[[Spot], bool]

'''

_ADDED = '"""What is added on pages that call themselves news."""\n\n'


def main() -> None:
    """The command."""
    arguments = argparse.ArgumentParser(prog="train", description=__doc__)
    arguments.add_argument("corpora", type=Path, help="folder with fundus-dev, zh-dev and wcxb-dev")
    arguments.add_argument("--write", action="store_true", help="write weights.py and tokens.txt")
    arguments.add_argument("--no-judging", action="store_true", help="skip the held-out figures")
    options = arguments.parse_args()
    signals = tuple(WEIGHTS)
    pages = list(read_corpora(options.corpora, signals))
    words = class_words(pages)
    print(f"{len(pages)} pages, {sum(len(page.texts) for page in pages)} blocks, {len(signals)} signals, {len(words)} class words")
    if not options.no_judging:
        choices, written = _held_out(options.corpora, pages)
        _show("held out, choice of blocks", pages, choices)
        _show("held out, whole articles", pages, written)
    model = learn(pages, words)
    _show("learned from, choice of blocks", pages, [_kept(model, page) for page in pages])
    if not options.no_judging:
        with weighing_by(model):
            _show("learned from, whole articles", pages, [written_lines(options.corpora, page) for page in pages])
    if options.write:
        _write(Path(body.__file__).parent, model, signals, pages)


def _held_out(corpora: Path, pages: Sequence[PageRows]) -> tuple[list[list[str]], list[list[str]]]:
    """The blocks chosen on every page, and the lines written, by a model that saw no page of its publisher."""
    folds = [zlib.crc32(page.publisher.encode()) % FOLDS for page in pages]
    choices: list[list[str]] = [[] for _ in pages]
    written: list[list[str]] = [[] for _ in pages]
    for fold in range(FOLDS):
        others = [page for page, at in zip(pages, folds, strict=True) if at != fold]
        model = learn(others, class_words(others))
        with weighing_by(model):
            for place in (place for place, at in enumerate(folds) if at == fold):
                choices[place] = _kept(model, pages[place])
                written[place] = written_lines(corpora, pages[place])
    return choices, written


def _kept(model: Model, page: PageRows) -> list[str]:
    return [text for text, odds in zip(page.texts, decide(model, page), strict=True) if odds > 0]


def _show(title: str, pages: Sequence[PageRows], lines: Sequence[Sequence[str]]) -> None:
    for corpus, figures in judge(pages, lines).items():
        print(f"{title}: {corpus:12}", "  ".join(f"{name} {value:.3f}" for name, value in figures.items()), flush=True)


def _write(folder: Path, model: Model, signals: Sequence[Signal], pages: Sequence[PageRows]) -> None:
    lines = [_HEADER, f"BIAS = {model.bias:.3f}\n\n", "WEIGHTS: Mapping[Signal, float] = {\n"]
    for at, (signal, weight) in enumerate(zip(signals, model.signals, strict=True)):
        lines.append(f"    {_name(signal)}: {weight:.3f},  # {_evidence(at, pages)}\n")
    lines += ["}\n\n", f"NEWS_BIAS = {model.news_bias:.3f}\n\n", "NEWS: Mapping[Signal, float] = {\n"]
    lines += [f"    {_name(signal)}: {weight:.3f},\n" for signal, weight in zip(signals, model.news, strict=True)]
    lines += ["}\n", _ADDED, "NEIGHBOURS: Mapping[str, float] = {\n"]
    lines += [f'    "{name}": {weight:.3f},\n' for name, weight in zip(NEIGHBOUR_NAMES, model.neighbours, strict=True)]
    (folder / "weights.py").write_text("".join([*lines, "}\n"]), encoding="utf-8")
    (folder / "tokens.txt").write_text("".join(f"{word}\t{weight}\n" for word, weight in shipped_words(model).items()), encoding="utf-8")


def _name(signal: Signal) -> str:
    return f"{signal.__module__.rpartition('.')[2]}.{signal.__name__}"


def _evidence(at: int, pages: Sequence[PageRows]) -> str:
    heard = [page.signals[:, at] > 0 for page in pages]
    blocks = sum(int(one.sum()) for one in heard)
    text = sum(int((page.share[one] > 0.5).sum()) for page, one in zip(pages, heard, strict=True))
    return f"{blocks} blocks on {sum(bool(one.any()) for one in heard)} pages, {text / max(blocks, 1):.0%} text"


if __name__ == "__main__":
    main()
