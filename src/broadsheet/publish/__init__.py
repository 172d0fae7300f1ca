"""Publishing: a collection of stored articles as feeds, lists of feeds and pages.

Comes in: a `Collection` (which articles, in which order) and `PublishOptions`. Goes out: bytes, ready to be written or served: RSS 2.0,
Atom 1.0 and JSON Feed 1.1 through the table `formats.FORMATS`, OPML through `opml.render_opml`, whole pages through `site`; and, in
`http`, the validators that let a server answer 304 without rendering.

Never: looks anything up, reads the clock, writes a file, touches HTML that is not `SafeHtml`, or adds a word of its own to an
article: what we say about ourselves stands in the feed's head.

The same article has the same id in every format and for ever (`identity`). Start reading at `item.py`, which decides what an entry
says, then `rss.py`; an added format is a module of its own and a line in `formats.py`.
"""

from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.publish.formats import FORMATS, Format, render_atom, render_json, render_rss
from broadsheet.publish.opml import render_opml
from broadsheet.publish.options import PublishOptions

__all__ = ["FORMATS", "Format", "ImagesSettings", "PublishOptions", "PublishSettings", "render_atom", "render_json", "render_opml", "render_rss"]
