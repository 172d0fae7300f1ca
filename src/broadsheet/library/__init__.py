"""The front door for programs: what the command line and the server do, as functions.

`extract` reads one page with nothing but the core install: no network, no store (`from broadsheet import extract` is the same);
`read_page` gives the raw `Extraction` behind it. The other jobs are in modules of their own, since they bring the network or the
store with them: `visiting` (one address), `adding`, `jobs` (poll), `publishing`, `archiving`, `reextracting`, `checkup`, and `workshop`, which opens
all that the steps need and closes it again. Nothing here prints or parses arguments. Start reading at `extracting.py`.
"""

from broadsheet.library.extracting import Reading, extract
from broadsheet.library.reading import read_page

__all__ = ["Reading", "extract", "read_page"]
