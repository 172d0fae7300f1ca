"""The CPU time of another process."""

from __future__ import annotations

import time


def cpu_s_of(pid: int) -> float:
    """Seconds that a process has used so far, to the nanosecond; 0.0 when it is gone.

    Linux names the CPU clock of a process by its id (clock_getcpuclockid(3), which Python does not offer): ~id << 3 | 2.
    """
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0
