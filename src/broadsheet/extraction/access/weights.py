"""Which access signals speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.access import signals as s
from broadsheet.extraction.weigh import Weights
from broadsheet.model import Access

WEIGHTS: Weights[Access] = {
    s.shorter_than_stated: 3.0,
    s.declared_not_free: 2.5,
    s.content_tier: 2.0,
    s.wall_on_page: 2.0,
    s.wall_in_words: 1.4,  # less than the publisher's own "free": such a line may advertise
    s.declared_free: 1.5,
    s.long_enough: 1.0,
}
