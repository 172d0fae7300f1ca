"""Which headline signals speak, and how loudly.

The heading on the page is what its readers see; the rest confirm or correct it. With it at 3 and JSON-LD at 1.9: right on 97 of 113
news pages and 666 of 793 blogs and guides; at 5 and 2.5: on 98 and 692. What is left are pages whose gold is another of their titles.
"""

from __future__ import annotations

from broadsheet.extraction.headline import signals as s
from broadsheet.extraction.weigh import Weights

WEIGHTS: Weights[str] = {
    s.first_heading: 6.0,
    s.jsonld_headline: 2.5,
    s.og_title: 2.5,
    s.feed_title: 1.6,
    s.marked_headline: 1.5,
    s.named_meta: 1.2,
    s.title_element: 1.5,
    s.twitter_title: 0.6,
}

KICKER_WEIGHTS: Weights[str] = {
    s.label_above: 1.0,
    s.label_inside: 1.2,
}
