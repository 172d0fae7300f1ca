"""Which signals for section and tags speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.section import signals as s
from broadsheet.extraction.weigh import Weights

SECTION_WEIGHTS: Weights[str] = {
    s.meta_section: 2.0,
    s.jsonld_section: 2.0,
    s.marked_section: 1.6,
    s.breadcrumb: 1.2,
}

TAG_WEIGHTS: Weights[tuple[str, ...]] = {
    s.article_tags: 2.0,
    s.jsonld_keywords: 1.8,
    s.meta_keywords: 1.0,
}
