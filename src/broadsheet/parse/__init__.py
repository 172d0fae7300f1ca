"""From bytes to values: pages, feeds, sitemaps, subscription lists.

Comes in: bytes as they were fetched (without their content encoding), the address they came from, and the Content-Type the server
sent. Goes out: a `Page` (the parsed document and what its head says), a `Feed` with its entries exactly as the publisher stated
them, or the outlines of an OPML file. Bytes that are none of these are NotAPage or NotAFeed; nothing else is ever raised.

Never here: the network, the disk, the clock, and any opinion about what an article is (that is `extraction`). Parsers run with
entities and network off, and within limits on size, number and depth, since everything that arrives is a stranger's.

Start reading at `page.py` (`parse_page`), `feed/__init__.py` (`parse_feed`) and `opml.py` (`parse_opml`); `charset.py` (`decode`) is
what they share. The modules are imported one by one, so that a program that reads feeds does not load the HTML parser.
"""

__all__ = ["charset", "feed", "opml", "page"]
