"""Quality against speed as an SVG: a panel for each measure, a dot for each extractor on each corpus. Reads well on light and dark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from extraction.turns import Result

WIDTH, HEIGHT = 800, 400
PANELS = (("clean", "clean articles"), ("words", "F1 of words"))
ROUND = tuple(one * 10**power for power in range(5) for one in (1, 2, 5))  # the speeds that an axis names
TOP, BOTTOM, SIDE, GAP = 64, 60, 56, 72  # margins in pixels

STYLE = (
    "svg{background:#fff}text{font:13px system-ui,sans-serif;fill:#24292f}.grid{stroke:#d1d9e0}.ours{fill:#0969da}.peer{fill:#bc4c00}"
    ".soft{fill:#59636e;font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:3px}.way{stroke:#59636e;stroke-dasharray:3 3;fill:none}"
    "@media(prefers-color-scheme:dark){svg{background:#0d1117}text{fill:#e6edf3}.soft{fill:#9198a1;stroke:#0d1117}.grid{stroke:#3d444d}"
    ".ours{fill:#4493f8}.peer{fill:#db6d28}.way{stroke:#9198a1}}"
)


class Scale:
    """From a figure to a place on the picture; *log* for speeds."""

    def __init__(self, low: float, high: float, start: float, end: float, *, log: bool = False) -> None:
        self.low, self.high, self._start, self._end, self._log = low, high, start, end, log

    def __call__(self, value: float) -> float:
        low, high, at = (math.log10(one) if self._log else one for one in (self.low, self.high, value))
        return self._start + (at - low) / (high - low) * (self._end - self._start)


def draw(results: Mapping[str, Sequence[Result]]) -> str:
    """The picture of all corpora."""
    shown = [(name, label) for name, label in PANELS if any(result.mean(name) is not None for sides in results.values() for result in sides)]
    width = (WIDTH - 2 * SIDE - GAP * (len(shown) - 1)) / max(len(shown), 1)
    names = list(dict.fromkeys(result.name for sides in results.values() for result in sides))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f"<title>Quality against speed: {escape(' and '.join(names))}</title><style>{STYLE}</style>",
        *_key(names),
    ]
    for at, (name, label) in enumerate(shown):
        left = SIDE + at * (width + GAP)
        parts += _panel(results, name, label, left, left + width)
    return "\n".join([*parts, "</svg>\n"])


def _key(names: Sequence[str]) -> list[str]:
    parts = []
    for at, name in enumerate(names):
        x = SIDE + at * 190
        parts.append(f'<circle class="{_look(at)}" cx="{x + 5}" cy="20" r="5"/><text x="{x + 17}" y="24">{escape(name)}</text>')
    return parts


def _panel(results: Mapping[str, Sequence[Result]], name: str, label: str, left: float, right: float) -> list[str]:
    sides = {corpus: [(result.speed, mean) for result in of if (mean := result.mean(name)) is not None] for corpus, of in results.items()}
    points = [point for of in sides.values() for point in of]
    across, up = _scales(points, left, right)
    parts = [f'<text x="{left}" y="{TOP - 18}">{escape(label)}</text>', *_axes(across, up, left, right)]
    labels: list[tuple[float, float, str]] = []
    for corpus, of in sides.items():
        spots = [(across(speed), up(mean)) for speed, mean in of]
        if len(spots) > 1:
            parts.append('<path class="way" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + '"/>')
        parts += [f'<circle class="{_look(at)}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>' for at, (x, y) in enumerate(spots)]
        labels += [(*spots[0], corpus)] if spots else []
    return parts + _set_apart(labels)


def _set_apart(labels: Sequence[tuple[float, float, str]]) -> list[str]:
    """Labels in a column to the right of our dots, each at the height of its own, none on top of another."""
    parts, lowest = [], -math.inf
    x = max((x for x, _, _ in labels), default=0)
    for _, y, label in sorted(labels, key=lambda one: one[1]):
        lowest = max(y, lowest + 15)
        parts.append(f'<text class="soft" x="{x + 9:.1f}" y="{lowest + 4:.1f}">{escape(label)}</text>')
    return parts


def _scales(points: Sequence[tuple[float, float]], left: float, right: float) -> tuple[Scale, Scale]:
    """Axes that begin and end at round figures around all *points*, with room for labels at the right."""
    speeds, means = [speed for speed, _ in points], [mean for _, mean in points]
    slow = max((round_one for round_one in ROUND if round_one < min(speeds, default=1)), default=ROUND[0])
    fast = min((round_one for round_one in ROUND if round_one > 2 * max(speeds, default=10)), default=ROUND[-1])
    low = max(0.0, math.floor(min(means, default=0) * 10 - 0.2) / 10)
    return Scale(slow, fast, left, right, log=True), Scale(low, 1.0, HEIGHT - BOTTOM, TOP)


def _axes(across: Scale, up: Scale, left: float, right: float) -> list[str]:
    parts = []
    step = next(step for step in (0.05, 0.1, 0.2) if (up.high - up.low) / step <= 8)
    for count in range(round((up.high - up.low) / step) + 1):
        value = up.high - count * step
        parts.append(f'<path class="grid" d="M{left:.1f} {up(value):.1f}H{right:.1f}"/>')
        parts.append(f'<text class="soft" x="{left - 8:.1f}" y="{up(value) + 4:.1f}" text-anchor="end">{value:.2f}</text>')
    for speed in (one for one in ROUND if across.low <= one <= across.high):
        x = across(speed)
        parts.append(f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text class="soft" x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{speed:,}</text>')
    middle = (left + right) / 2
    parts.append(f'<text class="soft" x="{middle:.1f}" y="{HEIGHT - 14}" text-anchor="middle">pages a CPU second (further right is faster)</text>')
    return parts


def _look(at: int) -> str:
    return "ours" if at == 0 else "peer"
