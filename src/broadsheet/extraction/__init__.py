"""From a parsed page to an article, with the evidence for every field.

Comes in: a `Page`, what the feed's entry said beforehand (`Hints`), and the pages that an earlier call asked for. Goes out: an
`Extraction`: the article, a ballot for each field, a report line for each block of the page, and the *wants*: pages that would
make the article fuller, which the caller may fetch before it asks again. Never fetches, stores or knows a site by name.

Each field has a folder with its signals and weights; `weigh.py` turns claims into decisions, `body/` decides block by block.
Start reading at `article.py`.
"""

from broadsheet.extraction.article import extract_article

EXTRACTOR = "2"
"""Kept with every revision: which extractor read it. Raise it in every release whose extractor reads some page differently."""

__all__ = ["EXTRACTOR", "extract_article"]
