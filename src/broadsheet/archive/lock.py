"""One writer at a time in an archive."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.errors import ArchiveError

if sys.platform == "win32":

    @contextmanager
    def only_writer(folder: Path) -> Iterator[None]:
        """Windows locks no folders: there, whoever schedules the writing has to see to it that runs do not overlap."""
        yield

else:
    import fcntl

    @contextmanager
    def only_writer(folder: Path) -> Iterator[None]:
        """Hold *folder* for this process. The system lets go of it when the process ends, however it ends, and no file is left.

        Raises ArchiveError when another process holds it.
        """
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise ArchiveError(str(folder.parent), "is being written to by another process", do="Wait until it is done") from error
        try:
            yield
        finally:
            os.close(handle)
