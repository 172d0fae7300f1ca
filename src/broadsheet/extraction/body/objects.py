"""Pictures, galleries and embeds as HTML: what each says stands in it, in words a screen reader can read out."""

from __future__ import annotations

from collections.abc import Mapping

from broadsheet.extraction.body.galleries import Gallery
from broadsheet.extraction.body.inline import escaped_attribute, escaped_text
from broadsheet.extraction.embeds import Embed
from broadsheet.model import Picture


def figure_html(picture: Picture) -> str:
    """A picture with its caption, and its credit as `<cite>` within."""
    stated: Mapping[str, object] = {"src": picture.url, "alt": picture.alt or "", "width": picture.width_px, "height": picture.height_px}
    image = "".join(f' {name}="{escaped_attribute(str(value))}"' for name, value in stated.items() if value is not None)
    return f"<figure><img{image}>{_caption(picture.caption, picture.credit)}</figure>"


def gallery_html(gallery: Gallery) -> str:
    """The pictures, each with its own caption, in one figure with theirs."""
    inside = "".join(figure_html(figure.picture) for figure in gallery.figures)
    return f'<figure class="gallery">{inside}{_caption(gallery.caption, gallery.credit)}</figure>'


def embed_html(embed: Embed) -> str:
    """A foreign player or post as one link, around its still picture and its name; the words of a post as a quotation above it.

    No word of ours stands in it: the article may be in any language, and "YouTube: The crossing" is understood in all.
    """
    said = f"<blockquote><p>{escaped_text(embed.words)}</p></blockquote>" if embed.words else ""
    poster = f'<img src="{escaped_attribute(embed.poster)}" alt="" class="poster"> ' if embed.poster else ""
    name = escaped_text(f"{embed.provider}: {embed.title}" if embed.title else embed.provider)
    address = escaped_attribute(embed.url)
    return f'<figure class="embed">{said}<a href="{address}" rel="noopener noreferrer">{poster}{name}</a></figure>'


def _caption(words: str | None, credit: str | None) -> str:
    said = escaped_text(words) if words else ""
    owed = f"<cite>{escaped_text(credit)}</cite>" if credit else ""
    return f"<figcaption>{said}{' ' if said and owed else ''}{owed}</figcaption>" if said or owed else ""
