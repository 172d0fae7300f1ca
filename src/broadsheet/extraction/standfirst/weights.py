"""Which standfirst signals speak, and how loudly."""

from __future__ import annotations

from broadsheet.extraction.standfirst import signals as s
from broadsheet.extraction.weigh import Weights

WEIGHTS: Weights[str] = {
    s.named_line: 2.0,
    s.described_line: 1.5,
    s.feed_line: 1.2,
    s.smaller_heading: 1.1,
    s.apart_from_text: 0.8,
}

LEAST = 0.7  # a description that the text opens with (0.6) is alone no standfirst: it is the first paragraph
