"""Before and after: what a feed reader would have got of a story, and what Broadsheet made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from broadsheet.config import Settings
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Article, Source, StoredArticle
from broadsheet.publish.site import content_security_policy, site_from
from broadsheet.publish.site.album import LEAD, Album
from broadsheet.publish.site.body import shown_html
from broadsheet.publish.site.place import FRONT, Links
from broadsheet.publish.site.views import credits
from broadsheet.store import Selection, Store
from broadsheet.text import collapse, word_count

PAGE, LOOKS = "before-after.html", "before-after.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One story twice: *teaser* is what its source stated, *stored* what was kept of its page."""

    source: Source
    stored: StoredArticle
    teaser: str

    @property
    def article(self) -> Article:
        return self.stored.article

    @property
    def teaser_words(self) -> int:
        return word_count(self.teaser)

    @property
    def pictures(self) -> int:
        return len(self.article.pictures) + (self.article.lead_image is not None)

    @property
    def has_feed(self) -> bool:
        return self.source.kind == "feed"


def compare_sources(store: Store) -> tuple[Comparison, ...]:
    """The newest story of each source, before and after."""
    found = ((source, store.articles(Selection(source_id=source.id, limit=1))) for source in store.sources())
    return tuple(Comparison(source=source, stored=newest[0], teaser=teaser_of(newest[0], store)) for source, newest in found if newest)


def teaser_of(stored: StoredArticle, store: Store) -> str:
    """All that the source's feed, or the card on its home page, says of a story besides its title."""
    kept = store.entry_of(stored.id)
    said = (kept.entry.content_html or kept.entry.summary_html or "") if kept else ""
    return collapse(to_text(sanitize(said)))


def before_after_page(comparisons: Sequence[Comparison], settings: Settings, *, leaf: str = "index.html") -> str:
    """The stories side by side, as a page of the reading site, at its root. *leaf*: as for `Site`."""
    site = site_from(settings.publish, settings.images, settings.site, leaf=leaf)
    album = Album(links=Links(site=site, here=FRONT))
    rows = [
        {
            "one": one,
            "article": one.article,
            "credits": credits(one.article.people),
            "lead": album.picture(one.article.lead_image, LEAD),
            "body": shown_html(album, one.article.body),
            "notes": [(note.kind, shown_html(album, note.html)) for note in one.article.notes],
        }
        for one in comparisons
    ]
    return _templates().get_template(PAGE).render(site=site, rows=rows, policy=content_security_policy(site, in_page=True), looks=LOOKS)


def before_after_looks() -> bytes:
    """The page's own style sheet, which adds to that of the site."""
    return files("broadsheet.demo").joinpath("looks", LOOKS).read_bytes()


@cache
def _templates() -> Environment:
    loader = PackageLoader("broadsheet.demo", "looks")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
