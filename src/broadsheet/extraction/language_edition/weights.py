"""Which signals for language editions speak; the order decides which is believed on an edition's relation."""

from __future__ import annotations

from broadsheet.extraction.language_edition import signals as s
from broadsheet.extraction.weigh import Weights
from broadsheet.model import LanguageEdition

WEIGHTS: Weights[tuple[LanguageEdition, ...]] = {
    s.link_to_original: 2.0,
    s.jsonld_translation: 1.5,
    s.hreflang: 1.0,
}
