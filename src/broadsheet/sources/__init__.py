"""Where news comes from: finding what can be watched, naming it, and deciding when to ask again.

Comes in: pages as parsed, what earlier polls left behind, the outcome of the last one. Goes out: addresses that are worth trying as feeds,
in the order in which they should be tried; a plain section page read as a feed of its article links; the next `PollState`.

Never done here: fetching (`pipeline.discover` and the engine do it), reading feeds (`parse.feed`), keeping state. Everything is a plain
function of values, with the time as an argument.

Start reading at `due.py` (when to ask again; beside it `rhythm.py`, `wishes.py` and `moves.py`), then `links.py` and `platforms.py` (where
feeds hide) and `section_page.py` (sites without).
"""

from broadsheet.sources.config import SourcesSettings
from broadsheet.sources.due import asks_for_all, body_hash, is_gone, next_poll, refreshed, rested, spread
from broadsheet.sources.moves import moved_to
from broadsheet.sources.naming import source_id
from broadsheet.sources.section_page import read_section_page

__all__ = [
    "SourcesSettings", "asks_for_all", "body_hash", "is_gone", "moved_to", "next_poll", "read_section_page", "refreshed", "rested",
    "source_id", "spread",
]  # fmt: skip
