"""From the bytes of an HTML document to a `Page`: decoded once, parsed once, its head read.

Whatever the bytes, the answer is a Page or NotAPage. Nothing here recurses, and `markup.limits` bounds what the parser's time
depends on.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.errors import NotAPage
from broadsheet.markup.limits import parsed
from broadsheet.markup.page import HeadLink, Page
from broadsheet.parse.charset import decode
from broadsheet.parse.json_ld import read_json_ld
from broadsheet.text.plain import collapse
from broadsheet.urls import join

MAX_BYTES = 10_000_000  # the largest of 937 news and blog pages at hand has 1.9 million
MAX_METAS = 1500  # the most on 937 pages is 818, lists of related stories in microdata
MAX_LINKS = 600  # the most on 937 pages is 202
MAX_CONTENT = 20_000  # characters of one meta element

_NOT_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00", b"OggS", b"ID3", b"wOF")
_OTHER_TYPES = re.compile(r"^\s*(?:image|audio|video|font)/|^\s*application/(?:pdf|zip|octet-stream|json|feed\+json|javascript)\b", re.I)
_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|div|p|article|section|main|h[1-6]|table|span|a|script|br|ul|form|font)\b", re.I
)
_OTHER_XML = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml|svg)\b", re.I | re.S)
_HEAD_TAGS = ("base", "title", "meta", "link", "script")  # wherever they stand: many pages close their head too early
_META_NAMES = ("name", "property", "itemprop", "http-equiv")


def parse_page(body: bytes, url: str, *, content_type: str | None = None) -> Page:
    """The page in *body*, as read at *url*. Raises NotAPage for anything that is not an HTML document."""
    if not body.strip():
        raise NotAPage(url, "the answer is empty")
    if body.startswith(_NOT_TEXT) or (content_type and _OTHER_TYPES.search(content_type)):
        raise NotAPage(url, f"is not text but {content_type or 'some other kind of file'}")
    text, encoding = decode(body[:MAX_BYTES], content_type=content_type, kind="html")
    beginning = text[:4096]
    if _OTHER_XML.search(beginning):
        raise NotAPage(url, "is a feed or another XML document")
    if not _HTML_TAG.search(beginning) and not _HTML_TAG.search(text):
        raise NotAPage(url, "holds no HTML element")
    tree, cut = parsed(_utf8(body, text, encoding))
    return _read(tree, url, truncated=cut or len(body) > MAX_BYTES)


def _utf8(body: bytes, text: str, encoding: str) -> bytes:
    """*text* as the parser takes it; without NUL, which no page means.

    Nine pages in ten are UTF-8 without a fault and without a mark: then that is *body* as it came.
    """
    as_it_came = encoding == "utf-8" and len(body) <= MAX_BYTES and "\ufffd" not in text and not body.startswith(BOM_UTF8)
    html = body if as_it_came else text.encode("utf-8", "replace")
    return html.replace(b"\0", b"") if b"\0" in html else html


def _read(tree: LexborHTMLParser, url: str, *, truncated: bool) -> Page:
    found: dict[str, list[LexborNode]] = {tag: [] for tag in _HEAD_TAGS}
    for node in tree.css(",".join(_HEAD_TAGS)):  # one look at the tree for all of them
        found[node.tag or ""].append(node)
    base_url = _base_url(found["base"], url)
    return Page(
        url=url,
        base_url=base_url,
        tree=tree,
        html_lang=_html_lang(tree),
        title=_title(found["title"]),
        meta=_meta(found["meta"]),
        links=tuple(_links(found["link"], base_url)),
        json_ld=tuple(_json_ld(found["script"])),
        truncated=truncated,
    )


def _base_url(nodes: Sequence[LexborNode], url: str) -> str:
    """What the first `<base href>` says, as long as it is a web address."""
    href = next((href for node in nodes if (href := node.attributes.get("href"))), None)
    return (join(url, href.strip()) if href else None) or url


def _html_lang(tree: LexborHTMLParser) -> str | None:
    root = tree.css_first("html")
    if root is None:
        return None
    attributes = root.attributes
    return (attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None


def _title(nodes: Sequence[LexborNode]) -> str:
    """The first `<title>` that is not inside an SVG picture."""
    for node in nodes[:20]:
        parent = node.parent
        if parent is None or parent.tag in ("head", "body", "html"):
            child = node.first_child
            return collapse((child.text_content or "") if child is not None else "")
    return ""


def _meta(nodes: Sequence[LexborNode]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for node in nodes[:MAX_METAS]:
        attributes = node.attributes
        content = attributes.get("content") or attributes.get("value")
        if not content:
            continue
        for key in _META_NAMES:
            if name := attributes.get(key):
                found.setdefault(name.strip().lower(), []).append(content[:MAX_CONTENT])
    return {name: tuple(contents) for name, contents in found.items()}


def _links(nodes: Sequence[LexborNode], base_url: str) -> list[HeadLink]:
    """`<link>` elements that lead to a web page or file; style sheets, icons and network hints are left out."""
    found = []
    for node in nodes[:MAX_LINKS]:
        if (link := _link(node, base_url)) is not None:
            found.append(link)
    return found


_NOT_LINKS = frozenset("stylesheet preload prefetch preconnect dns-prefetch modulepreload".split())


def _link(node: LexborNode, base_url: str) -> HeadLink | None:
    attributes = node.attributes
    href = attributes.get("href")
    said = attributes.get("rel")
    if not href or not said or said in _NOT_LINKS:  # two in five, told apart before anything is taken apart
        return None
    rel = tuple(said.lower().split())
    if not rel or not _NOT_LINKS.isdisjoint(rel):
        return None
    absolute = join(base_url, href.strip())
    if absolute is None:
        return None
    return HeadLink(
        rel=rel,
        href=absolute,
        type=attributes.get("type") or None,
        hreflang=attributes.get("hreflang") or None,
        title=attributes.get("title") or None,
        media=attributes.get("media") or None,
    )


def _json_ld(nodes: Sequence[LexborNode]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for node in nodes:
        kind = node.attributes.get("type")
        if kind and "ld+json" in kind.lower():
            child = node.first_child
            found.extend(read_json_ld((child.text_content or "") if child is not None else ""))
    return found
