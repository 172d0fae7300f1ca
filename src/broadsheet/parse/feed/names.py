"""What the elements of feeds are called, whichever namespace their author bound, misspelt or forgot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

Element = etree._Element

# Namespaces by the prefix we call them by; RSS itself has none. Compared in lower case, without a slash at the end.
_SPACES: Mapping[str, tuple[str, ...]] = {
    "": (
        "http://purl.org/rss/1.0", "http://purl.org/rss/0.9", "http://my.netscape.com/rdf/simple/0.9", "http://channel.netscape.com/rdf/simple/0.9",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd", "http://backend.userland.com/rss", "http://backend.userland.com/rss2",
        "http://backend.userland.com/rss091", "http://blogs.law.harvard.edu/tech/rss", "http://purl.org/net/rss1.1#",
        "http://www.rssboard.org/rss-specification", "http://cyber.law.harvard.edu/rss",
    ),
    "atom": ("http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "https://www.w3.org/2005/atom", "http://www.w3.org/atom/ns#"),
    "content": ("http://purl.org/rss/1.0/modules/content",),
    "dc": ("http://purl.org/dc/elements/1.1", "http://purl.org/dc/elements/1.0", "http://purl.org/rss/1.0/modules/dc", "http://purl.org/metadata/dublin_core#"),
    "dcterms": ("http://purl.org/dc/terms", "http://purl.org/rss/1.0/modules/dcterms"),
    "googleplay": ("http://www.google.com/schemas/play-podcasts/1.0",),
    "feedburner": ("http://rssnamespace.org/feedburner/ext/1.0",),
    "image": ("http://www.google.com/schemas/sitemap-image/1.1",),
    "itunes": ("http://www.itunes.com/dtds/podcast-1.0.dtd", "http://example.com/dtds/podcast-1.0.dtd"),
    "media": ("http://search.yahoo.com/mrss", "http://search.yahoo.com/rss", "http://tools.search.yahoo.com/mrss", "http://www.rssboard.org/media-rss"),
    "news": ("http://www.google.com/schemas/sitemap-news/0.9",),
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#",),
    "sitemap": ("http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap/0.84", "http://www.google.com/schemas/sitemap/0.9"),
    "sy": ("http://purl.org/rss/1.0/modules/syndication",),
    "xhtml": ("http://www.w3.org/1999/xhtml",),
}  # fmt: skip
_PREFIX_OF = {space: prefix for prefix, spaces in _SPACES.items() for space in spaces}

_MANY = 50  # attributes: an element with more is not one of ours, and is not searched for one that is almost right

ENTRY_TAGS = frozenset({"item", "Item", "ITEM", "entry", "Entry"})

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Names:
    """The short names of tags: `{http://purl.org/dc/elements/1.1/}Creator` is `dc:creator`, those of the root's namespace are bare.

    Lower case throughout, since `pubdate` and `PubDate` occur. A prefix that was never declared counts as the usual one.
    """

    __slots__ = ("_home", "known")

    _MOST = 2_000  # distinct tags remembered; a feed of a million different ones must not fill the memory

    def __init__(self, root: Element) -> None:
        self._home, _ = _split(str(root.tag))
        self.known: dict[str, str] = {}  # read directly by `Fields`, once for each element of a feed

    def of(self, tag: str) -> str:
        name = self.known.get(tag)
        if name is None:
            name = self._read(tag)
            if len(self.known) < self._MOST:
                self.known[tag] = name
        return name

    def _read(self, tag: str) -> str:
        space, local = _split(tag)
        if not space:
            prefix, colon, rest = local.rpartition(":")
            return f"{prefix}:{rest}".lower() if colon and prefix.lower() not in ("rss", "") else rest.lower()
        if space == self._home:
            return local.lower()
        prefix = _PREFIX_OF.get(space.lower().rstrip("/"), space)
        return f"{prefix}:{local}".lower() if prefix else local.lower()


class Fields:
    """The children of one element, by short name."""

    __slots__ = ("_by_name",)

    def __init__(self, element: Element, names: Names) -> None:
        by_name: dict[str, list[Element]] = {}
        known = names.known
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                name = known.get(tag) or names.of(tag)
                if name in by_name:
                    by_name[name].append(child)
                else:
                    by_name[name] = [child]
        self._by_name = by_name

    def has_any(self, names: frozenset[str]) -> bool:
        """Whether there is a child with one of these names."""
        return not names.isdisjoint(self._by_name)

    def all(self, *names: str) -> Sequence[Element]:
        """The children with these names, those of the first name first."""
        by_name = self._by_name
        if len(names) == 1:
            return by_name.get(names[0], ())
        return [child for name in names if name in by_name for child in by_name[name]]

    def first(self, *names: str) -> Element | None:
        return next(iter(self.all(*names)), None)

    def last_text(self, *names: str) -> str | None:
        """As `text`, but of several elements with the same name the last: who states a date a second time means to correct the first."""
        for name in names:
            for element in reversed(self._by_name.get(name, ())):
                if text := text_of(element).strip():
                    return text
        return None

    def text(self, *names: str) -> str | None:
        """The first text under these names that is not blank, stripped."""
        by_name = self._by_name
        for name in names:
            for element in by_name.get(name, ()):
                if text := text_of(element).strip():
                    return text
        return None


def text_of(element: Element) -> str:
    """All text in *element*, mark-up left out, and entries that a broken feed put there."""
    if not len(element):
        return element.text or ""
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if node is element:
            continue
        if event == "end":
            yield node.tail or ""
        elif isinstance(node.tag, str) and _split(node.tag)[1] in ENTRY_TAGS:
            walk.skip_subtree()
        else:
            yield node.text or ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute that is not blank, stripped; without regard to case or namespace (`isPermalink`, `rdf:resource`)."""
    value: str | bytes | None = element.get(name)
    if value is None and (keys := element.keys()) and len(keys) < _MANY:
        wanted = name.lower()
        value = next((element.get(key) for key in keys if _split(str(key))[1].lower() == wanted), None)
    return str(value).strip() or None if value else None


def _split(tag: str) -> tuple[str, str]:
    space, brace, local = tag.rpartition("}")
    return space[1:], local if brace else tag
