"""Which date signals speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.date import signals as s
from broadsheet.extraction.weigh import Weights
from broadsheet.model import StatedTime

PUBLISHED_WEIGHTS: Weights[StatedTime] = {
    s.jsonld_published: 3.0,
    s.meta_published: 2.5,
    s.marked_published: 2.2,
    s.feed_published: 2.0,
    s.time_element: 1.6,
    s.visible_date: 1.4,
    s.date_in_title: 1.5,
    s.date_in_address: 0.8,
}

LAST_RESORTS: Weights[StatedTime] = {  # asked only when all of the above are silent
    s.hydrated_published: 1.4,
    s.date_in_script: 1.0,
    s.date_anywhere: 0.5,
}

MODIFIED_WEIGHTS: Weights[StatedTime] = {
    s.jsonld_modified: 3.0,
    s.meta_modified: 2.5,
    s.time_element_modified: 1.6,
    s.visible_update: 1.4,
}
