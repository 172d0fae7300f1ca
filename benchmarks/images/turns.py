"""Sides taking turns, picture by picture."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from images.likeness import likeness
from sides import Side, order


@dataclass(slots=True)
class Making:
    """What one side did in one form: CPU seconds, bytes and likeness, photograph by photograph. Empty where it cannot make that form."""

    name: str
    form: str
    cpu_s: list[float] = field(default_factory=list)
    size_bytes: list[int] = field(default_factory=list)
    likeness: list[float] = field(default_factory=list)

    @property
    def pictures_per_s(self) -> float:
        return len(self.cpu_s) / max(sum(self.cpu_s), 1e-9)


def make_in_turns(sides: Sequence[Side], photos: Sequence[Path], form: str, work: Path, *, width: int, passes: int) -> list[Making]:
    """The making of each side. Which goes first changes from photograph to photograph; of several passes each one's median time counts."""
    able = [side for side in sides if form in side.said["forms"]]
    makings = {side.name: Making(side.name, form) for side in sides}
    for side in able:
        _ask(side, photos[0], form, work, width)  # uncounted: modules are loaded and processes started with the first one
    for number, photo in enumerate(photos):
        took: dict[str, list[float]] = {side.name: [] for side in able}
        for turn in range(passes):
            for at in order(len(able), number + turn):
                took[able[at].name].append(_ask(able[at], photo, form, work, width)["cpu_s"])
        for side in able:
            made = _out(work, side, form)
            makings[side.name].cpu_s.append(statistics.median(took[side.name]))
            makings[side.name].size_bytes.append(made.stat().st_size)
            makings[side.name].likeness.append(likeness(photo, made))
    return list(makings.values())


def _ask(side: Side, photo: Path, form: str, work: Path, width: int) -> dict[str, float]:
    return side.ask(file=photo, form=form, width=width, out=_out(work, side, form))


def _out(work: Path, side: Side, form: str) -> Path:
    return work / f"{side.name.replace(' ', '-')}.{form}"
