"""How a room declares its settings: a frozen dataclass whose fields say default, unit, range and one line of help."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def setting(
    default: Any,
    help: str,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    secret: bool = False,
) -> Any:
    """A dataclass field that carries what `config.py` checks and the reference page prints.

    *low* and *high* bound numbers, both included. *secret* values are never shown in logs, errors or `doctor`.
    """
    return field(default=default, metadata={"help": help, "unit": unit, "low": low, "high": high, "choices": choices, "secret": secret})
