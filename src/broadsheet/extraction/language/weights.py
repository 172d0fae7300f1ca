"""Which language signals speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.language import signals as s
from broadsheet.extraction.weigh import Weights

WEIGHTS: Weights[str] = {
    s.letters_of_text: 9.0,  # a script cannot be mistaken: it outweighs all statements together
    s.words_of_text: 5.5,  # more than what templates state in three places
    s.html_lang: 2.0,
    s.jsonld_language: 1.8,
    s.og_locale: 1.2,
    s.content_language: 1.2,
    s.feed_language: 0.8,
}

LAST_RESORTS: Weights[str] = {s.identified: 1.0}  # asked only when all of the above are silent
