"""Comparing: is this an entry we know, is this reading new, does another article tell the same text?

Comes in: entries of a feed with those known, readings of a story, texts. Goes out: entries sorted into new, changed, moved and same; a
verdict on a second reading; hashes and fingerprints. All of it is pure: nothing here looks anything up or keeps anything, and nothing
here decides what to do about it (that is `pipeline.decide`).

Start reading at `identity.py` (entries; `moved.py` for a feed in which all look new), then `revision.py` (readings) and `near_duplicate.py` (texts).
"""

from broadsheet.compare.identity import address_key, article_keys, entry_digest, entry_keys, is_same_story, match_entries
from broadsheet.compare.moved import hold_moved, newest_date
from broadsheet.compare.near_duplicate import NEAR, distance, fingerprint, is_near
from broadsheet.compare.revision import Verdict, content_hash, decide_revision
from broadsheet.compare.story_time import sort_time

__all__ = [
    "NEAR", "Verdict", "address_key", "article_keys", "content_hash", "decide_revision", "distance", "entry_digest", "entry_keys",
    "fingerprint", "hold_moved", "is_near", "is_same_story", "match_entries", "newest_date", "sort_time",
]  # fmt: skip
