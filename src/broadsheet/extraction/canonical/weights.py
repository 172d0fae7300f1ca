"""Which signals for the canonical URL speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.canonical import signals as s
from broadsheet.extraction.weigh import Weights

WEIGHTS: Weights[str] = {
    s.link_canonical: 3.0,
    s.og_url: 1.6,
    s.jsonld_address: 1.5,
}
