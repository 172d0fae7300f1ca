"""Feeds in: bytes of any dialect become one `Feed`, exactly as the publisher stated it.

Comes in: the body of an answer, its URL, its Content-Type. Goes out: a `Feed` with its entries in the feed's order, links absolute,
titles as plain text, everything else as sent. RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, JSON Feed, sitemaps, news
sitemaps and sitemap indexes. What is broken is repaired and said so in `Feed.broken`.

Never done here: fetching, sanitising (summaries and contents are untrusted HTML), deciding what is new. Whatever the bytes,
the only error is `NotAFeed`, and work and memory stay in proportion to their size.

Start reading at `reader.py`, which tells the order: `repair.py` and `document.py` get a tree out of the text, one module a
dialect reads it (`rss`, `rdf`, `atom`, `json_feed`, `sitemap`) with the words of `names.py` and `values.py`.
"""

from broadsheet.parse.feed.reader import parse_feed

__all__ = ["parse_feed"]
