"""Mark-up: a parsed page, clean HTML, and the ways between them.

Comes in: a parsed tree (`page.Page`, made by `parse`), or HTML text. Goes out: the page as a flat list of blocks
(`blocks.read_blocks`), the object that speaks of the article in its JSON-LD (`story`), HTML that is safe to show
(`sanitize.sanitize`, the only maker of `SafeHtml`), and that HTML as plain text or Markdown (`serialize`); `srcset` chooses among the
sizes of a picture.

Never here: what a story is about, which block belongs to it, or where it is published; rooms above decide that. Nothing here fetches,
and nothing changes the tree of a page.

Start reading at `page.py`, then `sanitize.py`.
"""

from broadsheet.markup.page import HeadLink, Page

__all__ = ["HeadLink", "Page"]
