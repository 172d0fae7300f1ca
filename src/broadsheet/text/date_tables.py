"""The names that dates are written with: months in some forty languages, time zones, halves of the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

MORNING = ("am", "a.m.", "오전", "上午", "凌晨", "早上", "午前", "πμ", "π.μ.")
EVENING = ("pm", "p.m.", "오후", "下午", "晚上", "傍晚", "午後", "μμ", "μ.μ.")


@lru_cache(maxsize=1)
def months() -> Mapping[str, int]:
    """The number of the month each name of `months.txt` stands for; names in lower case."""
    return {name: number for number, line in enumerate(_lines("months.txt"), 1) for name in line.split()}


@lru_cache(maxsize=1)
def zones() -> Mapping[str, int]:
    """The offset in minutes of each zone of `zones.txt`; names in capitals."""
    return {name: _minutes(offset) for name, offset in (line.split() for line in _lines("zones.txt"))}


def _lines(name: str) -> Iterator[str]:
    for line in (files(__package__) / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _minutes(offset: str) -> int:
    hours, minutes = offset[1:].split(":")
    return (-1 if offset[0] == "-" else 1) * (60 * int(hours) + int(minutes))
