"""What one article looks like inside an entry of a feed: its picture, standfirst, text and notes, and not a word of ours.

No headline (readers show the title), no attribution, no promotion: every serious consumer of feeds strips those again.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from broadsheet.markup.pictures import address_key, rewrite
from broadsheet.markup.serialize import escape
from broadsheet.markup.tree import attribute_text
from broadsheet.model import Article, LanguageEdition, Note, Picture, SafeHtml
from broadsheet.publish.addresses import FROM_PUBLISHERS, NOTHING_KNOWN, Known, PictureAddresses, known_sizes
from broadsheet.publish.languages import language_name
from broadsheet.publish.plain import web_address
from broadsheet.text import comparison_key
from broadsheet.urls import is_http

MAX_EDITIONS = 6  # more are the regions of a site, not translations of a story

_IMAGE = re.compile(r'<img(?: [^<>]*?)? src="([^"]*)"')
_PLAYER = re.compile(r"<(audio|video)(?=[ >])")
_BLOCK_START = re.compile(r"<(?:p|div|ul|ol|blockquote|figure|h[2-6]|table|aside)[ >]")


def entry_html(article: Article, *, pictures: PictureAddresses = FROM_PUBLISHERS, known: Known = NOTHING_KNOWN, teaser: str = "") -> SafeHtml:
    """The whole article as HTML. Carries its language and direction, since the XML around it cannot in every format.

    *teaser* is a plain text to set above it, unless the article opens with the same words. Pictures of *known* size state it.
    """
    parts = (_teaser(article, teaser), _lead(article), _standfirst(article), article.body, _footer(article))
    html = rewrite(_patient(SafeHtml("".join(parts)), pictures), image=pictures.of(known), media=pictures.media, sizes=known_sizes(known))
    marks = attribute_text({"lang": article.language}) if article.language else ""
    if article.direction == "rtl":
        marks += ' dir="rtl"'
    return SafeHtml(f"<div{marks}>{html}</div>") if marks and html else html


def figure(picture: Picture) -> SafeHtml:
    """A picture with its caption and, in `cite`, its credit."""
    width = f' width="{picture.width_px}"' if picture.width_px else ""
    height = f' height="{picture.height_px}"' if picture.height_px else ""
    caption = escape(picture.caption or "")
    if picture.credit and comparison_key(picture.credit) not in comparison_key(picture.caption or ""):
        caption = SafeHtml(f"{caption} <cite>{escape(picture.credit)}</cite>".strip())
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    shown = attribute_text({"src": picture.url, "alt": picture.alt or ""})
    return SafeHtml(f"<figure><img{shown}{width}{height}>{below}</figure>")


def _patient(html: SafeHtml, pictures: PictureAddresses) -> SafeHtml:
    """Recordings of a third party's load nothing before they are played, where pictures are kept from loading from third parties."""
    if (pictures.image or pictures.kept_at) and not pictures.media and ("<audio" in html or "<video" in html):
        return SafeHtml(_PLAYER.sub(r'<\1 preload="none"', html))
    return html


def _teaser(article: Article, teaser: str) -> str:
    if not teaser:
        return ""
    key = comparison_key(teaser)
    opening = comparison_key(f"{article.standfirst or ''} {article.text[: 2 * len(teaser) + 200]}")
    return f'<p class="teaser"><em>{escape(teaser)}</em></p><hr>' if key and key not in opening else ""


def _lead(article: Article) -> str:
    """The lead image, unless the body shows it: readers would see it twice."""
    picture = article.lead_image
    if picture is None or not web_address(picture.url):
        return ""
    shown = {address_key(unescape(url)) for url in _IMAGE.findall(article.body)} if "<img" in article.body else ()
    return "" if shown and address_key(picture.url) in shown else figure(picture)


def _standfirst(article: Article) -> str:
    """The summary set under the headline, unless the text opens with the same words."""
    key = comparison_key(article.standfirst or "")
    if not key or comparison_key(article.text[: 2 * len(article.standfirst or "") + 200]).startswith(key):
        return ""
    return f'<p class="standfirst">{escape(article.standfirst or "")}</p>'


def _footer(article: Article) -> str:
    """The notes in their order, then links to the other language editions that no note links to."""
    lines = [_note(note) for note in article.notes if note.html]
    linked = "".join(lines)
    editions = [edition for edition in article.editions if is_http(edition.url) and escape(edition.url) not in linked]
    if editions:
        lines.append(f"<p>{' · '.join(_edition(edition) for edition in editions[:MAX_EDITIONS])}</p>")
    return f"<footer>{''.join(lines)}</footer>" if lines else ""


def _note(note: Note) -> str:
    return note.html if _BLOCK_START.match(note.html) else f"<p>{note.html}</p>"


def _edition(edition: LanguageEdition) -> str:
    attributes = {"href": edition.url, "rel": "noopener noreferrer"}
    if edition.language:
        attributes |= {"hreflang": edition.language, "lang": edition.language}
    name = language_name(edition.language) if edition.language else urlsplit(edition.url).netloc
    return f"<a{attribute_text(attributes)}>{escape(name)}</a>"
