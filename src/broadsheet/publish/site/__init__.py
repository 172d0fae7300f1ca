"""The reading site: every page as a pure function from values to text.

Comes in: a `Site` (its title, clock zone, how pictures are rewritten), collections of stored articles, revisions.
Goes out: whole HTML pages as `str`; `render_site` walks them all for a static tree. The server shows the same pages.
Never: looks anything up, reads the clock, runs script in the reader's browser, asks a third party for anything but the
pictures of an article. Links are relative, so the tree works from any folder and from a file.
Start reading at `pages.py`; `places.py` says which page lies where; `templates/` and `assets/style.css` hold the looks.
"""

from broadsheet.publish.site.config import SiteSettings
from broadsheet.publish.site.in_words import filter_in_words
from broadsheet.publish.site.pages import Front, Listing, article_page, collection_page, error_page, front_page, revisions_page
from broadsheet.publish.site.place import Place, Site, collection_place, feed_file
from broadsheet.publish.site.policy import content_security_policy
from broadsheet.publish.site.selections import (
    EVERYTHING,
    category_collection,
    category_slugs,
    everything,
    publication_collection,
    publication_slug,
    source_collection,
)
from broadsheet.publish.site.setup import site_from
from broadsheet.publish.site.static import ASSETS, Edition, asset, render_site

__all__ = [
    "ASSETS", "EVERYTHING", "Edition", "Front", "Listing", "Place", "Site", "SiteSettings", "article_page", "asset",
    "category_collection", "category_slugs", "collection_page", "collection_place", "content_security_policy", "error_page",
    "everything", "feed_file", "filter_in_words", "front_page", "publication_collection", "publication_slug", "render_site",
    "revisions_page", "site_from", "source_collection",
]  # fmt: skip
