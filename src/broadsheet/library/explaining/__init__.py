"""Why an article came out as it did, for the person who wants to know.

Comes in: an `Extraction`. Goes out: the ballot behind every field, and for every block of the page what became of it and why, in one
of three forms: lines for a terminal (`in_words`), values for a program (`as_values`), and one page for a browser (`as_page`), which
shows the source page's text with kept and dropped blocks in colour. Never decides anything, fetches anything, or lets a page's own
mark-up out: what it shows of a page is text.

Start reading at `findings.py`, which puts the evidence in order; the three forms only set it.
"""

from broadsheet.library.explaining.page import as_page
from broadsheet.library.explaining.values import as_values
from broadsheet.library.explaining.words import in_words

__all__ = ["as_page", "as_values", "in_words"]
