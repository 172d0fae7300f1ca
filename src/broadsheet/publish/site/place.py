"""What a site is called and how it is set up, which page lies where, and how one page points to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo
from urllib.parse import quote

from broadsheet.publish.addresses import FROM_PUBLISHERS, PictureAddresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages of one reading site share.

    *zone* is the clock of lists and of times for which the publisher states no zone. *pictures* says where pictures and recordings are
    loaded from. *leaf* ends every link to a page: "index.html" for files, "" for a server. *base_path* is where the site lies on its
    host; only error pages need it, since nobody knows how deep the missing page was. *noindex* asks search engines to
    stay away: an archive of other people's articles is private until someone decides otherwise. *instant*: feeds are made on demand at
    `feed`.
    """

    title: str = "Broadsheet"
    zone: tzinfo = UTC
    pictures: PictureAddresses = FROM_PUBLISHERS
    page_articles: int = 40
    leaf: str = "index.html"
    base_path: str = "/"
    noindex: bool = True
    instant: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: the folders from the site's root down to it."""

    folders: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The page's folder below the root, ending in a slash unless it is the root: `sources/daily/`."""
        return "".join(f"{folder}/" for folder in self.folders)

    @property
    def file(self) -> str:
        """The page's file in a static tree."""
        return f"{self.path}index.html"


FRONT = Place()


def is_merged(slug: str) -> bool:
    """Whether a collection's slug is that of a merged one (`merged/world`), not of a source."""
    return slug.startswith("merged/")


def collection_place(slug: str) -> Place:
    """The first page of a collection's list."""
    return Place(tuple(slug.split("/"))) if is_merged(slug) else Place(("sources", slug))


def numbered_place(slug: str, page: int) -> Place:
    """Page *page* of a collection's list in a static tree."""
    first = collection_place(slug)
    return first if page == 1 else Place((*first.folders, "page", str(page)))


def article_place(article_id: str) -> Place:
    return Place(("articles", article_id))


def revisions_place(article_id: str) -> Place:
    return Place(("articles", article_id, "revisions"))


def revision_place(article_id: str, number: int) -> Place:
    return Place(("articles", article_id, "revisions", str(number)))


def feed_file(slug: str, suffix: str) -> str:
    """Where the published feed of a collection lies: `feeds/<source-id>.rss`, `merged/<name>.rss`."""
    return f"{slug}{suffix}" if is_merged(slug) else f"feeds/{slug}{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Addresses as seen from the page at *here*; from an error page (*here* None) they start at the site's base path."""

    site: Site
    here: Place | None

    @property
    def root(self) -> str:
        """The way back to the site's root, ending in a slash."""
        if self.here is None:
            return self.site.base_path
        return "../" * len(self.here.folders) or "./"

    def to(self, place: Place) -> str:
        return f"{self.root}{quote(place.path)}{self.site.leaf}"

    def file(self, path: str) -> str:
        return f"{self.root}{quote(path)}"

    def front(self) -> str:
        return self.to(FRONT)

    def collection(self, slug: str) -> str:
        return self.to(collection_place(slug))

    def article(self, article_id: str) -> str:
        return self.to(article_place(article_id))

    def revisions(self, article_id: str) -> str:
        return self.to(revisions_place(article_id))

    def revision(self, article_id: str, number: int) -> str:
        return self.to(revision_place(article_id, number))
