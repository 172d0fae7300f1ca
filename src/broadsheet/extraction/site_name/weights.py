"""Which site name signals speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.site_name import signals as s
from broadsheet.extraction.weigh import Weights

WEIGHTS: Weights[str] = {
    s.og_site_name: 2.0,
    s.jsonld_site: 1.5,
    s.jsonld_publisher: 1.4,
    s.application_name: 0.8,
    s.end_of_title: 0.7,
}
