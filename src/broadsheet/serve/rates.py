"""How often a client may ask for work to be done."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_CLIENTS = 10_000  # remembered; beyond it the longest silent are forgotten, who have their whole allowance again by then


@dataclass(slots=True, kw_only=True)
class Rate:
    """A bucket for each client that fills at *per_minute* and holds a minute's worth. *clock* gives seconds that only go up."""

    per_minute: int
    clock: Callable[[], float]
    left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)  # what a client may still do, and as of when

    def wait(self, client: str) -> float:
        """0.0 if *client* may go on (which is counted), else after how many seconds it may."""
        now = self.clock()
        left, then = self.left.pop(client, (float(self.per_minute), now))
        left = min(left + (now - then) * self.per_minute / 60, self.per_minute)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self.per_minute
        self.left[client] = (left - 1 if left >= 1 else left, now)
        while len(self.left) > MAX_CLIENTS:
            self.left.popitem(last=False)
        return wait
