"""Which byline signals speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.byline import agency, cjk
from broadsheet.extraction.byline import signals as s
from broadsheet.extraction.weigh import Weights
from broadsheet.model import Person

WEIGHTS: Weights[tuple[Person, ...]] = {
    s.jsonld_author: 3.6,
    s.meta_author: 2.0,
    s.marked_author: 1.6,
    s.labelled_author: 1.2,
    s.author_links: 1.8,
    s.byline_class: 1.6,
    s.by_line: 1.8,
    cjk.cjk_by_line: 2.6,
    cjk.cjk_in_text: 1.2,
    s.by_within_line: 1.4,
    s.bare_name: 1.0,
    s.feed_authors: 1.5,
}

NEWSROOMS: Weights[tuple[Person, ...]] = {  # asked only when nobody is named
    s.stated_newsroom: 2.0,
    s.meta_newsroom: 1.0,
    s.visible_newsroom: 0.8,
}

LAST_RESORTS: Weights[tuple[Person, ...]] = {s.hydrated_author: 1.0}  # asked only when no newsroom is named either

AGENCIES: Weights[str] = {
    agency.dateline: 2.0,  # the paper that a source line names may itself have taken it from there
    agency.stated_source: 1.8,
    agency.source_line: 1.5,
}
