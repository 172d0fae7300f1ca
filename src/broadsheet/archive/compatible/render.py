"""One article in the compatible form.

    <!--1718687222000-->
    [title](https://example.com/a)
    ------

    <address>…</address><time …>…</time><figure>…</figure><section>…</section><footer>…</footer>

The rules of the bytes: reference of the archive, "The compatible form". The HTML is one line without exception: a blank line would end
the HTML block in Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

from broadsheet.archive.links import link
from broadsheet.archive.one_line import one_line, tidied, write_one_line
from broadsheet.markup.pictures import rewrite
from broadsheet.markup.tree import Element, attribute_text, escaped, read_fragment
from broadsheet.model import Article, Note, Person, Picture, StatedTime, StoredArticle
from broadsheet.text.plain import collapse, comparison_key

FORM_ZONE = timezone(timedelta(hours=8))
"""The zone this form means where it names none: its first archives were kept in it."""

NO_ZONE = "unknown"  # in data-zone: the publisher stated a time of day without a zone
CAPTION_STYLE = "color: #999;"
NAME_BREAKS = (", ", "、", "，", ";", "；", " and ")
_DAY_MINUTES = 24 * 60
_UTC = timezone(timedelta())

# What readers of a language call an edition in another one: that language's own name for itself.
LANGUAGE_NAMES = {
    "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "fa": "فارسی", "fr": "Français", "he": "עברית", "hi": "हिन्दी",
    "id": "Bahasa Indonesia", "it": "Italiano", "ja": "日本語", "ko": "한국어", "nl": "Nederlands", "pt": "Português", "ru": "Русский",
    "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


def render_article(stored: StoredArticle, *, image: Callable[[str], str] | None = None) -> str:
    """The whole file of *stored*. *image* says where readers load a picture from."""
    article = stored.article
    parts = (*_head(article), *_lead(article, image), _section(article, image), *_footer(article))
    return f"<!--{epoch_ms(stored)}-->\n{link(article.title, article_url(article))}\n------\n\n{''.join(parts)}\n"


def article_url(article: Article) -> str:
    """The address the title links to: the publisher's own when it is known."""
    return article.canonical_url or article.url


def epoch_ms(stored: StoredArticle) -> int:
    """The time in the first line: the feed's, else the page's, else when we first saw the article (an undated item is no lost item)."""
    stated = (stored.entry_published, stored.article.published)
    at = next((time.at for time in stated if time is not None and time.at is not None), stored.first_seen)
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _head(article: Article) -> Iterator[str]:
    # Always first, even when empty: a line that opens with <address> is an HTML block to Markdown, one that opens with <time> is not.
    yield f"<address>{_names(article.people)}</address>"
    if article.published is not None:
        yield _time(article.published, article.language or "")
    if article.standfirst and not _opens_with(article.text, article.standfirst):
        yield f'<p class="standfirst">{escaped(collapse(article.standfirst))}</p>'


def _names(people: tuple[Person, ...]) -> str:
    """The writers, else the agency. Others are in the notes, in the publisher's words."""
    writers = [p for p in people if p.role == "writer"] or [p for p in people if p.role == "agency"]
    names = [collapse(person.name) for person in writers]
    if len(names) == 1 and not any(sign in names[0] for sign in NAME_BREAKS):
        return escaped(names[0])
    return ", ".join(f"<span>{escaped(name)}</span>" for name in names)


def _time(stated: StatedTime, language: str) -> str:
    """The publisher's wall clock, twice: the form has had a misspelt twin of `datetime` since its beginnings."""
    if stated.at is None:
        return f"<time>{escaped(collapse(stated.raw))}</time>"
    zone = _zone_of(stated)
    local = stated.at.astimezone(zone)
    clock = f"{local:%Y-%m-%d %H:%M:%S}" if stated.has_time else f"{local:%Y-%m-%d}"
    attributes = {"pudate": clock, "datetime": clock}
    if not stated.has_zone:
        attributes["data-zone"] = NO_ZONE
    elif zone.utcoffset(None) != FORM_ZONE.utcoffset(None):
        attributes["data-zone"] = f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5]
    return f"<time{attribute_text(attributes)}>{_day_in_words(local, language)}</time>"


def _zone_of(stated: StatedTime) -> timezone:
    if not stated.has_zone or not stated.has_time:
        return _UTC  # as it was read, so that the clock shows what the publisher wrote
    if stated.offset_minutes is None or abs(stated.offset_minutes) >= _DAY_MINUTES:
        return FORM_ZONE
    return timezone(timedelta(minutes=stated.offset_minutes))


def _day_in_words(day: datetime, language: str) -> str:
    match language.partition("-")[0]:
        case "zh" | "ja":
            return f"{day.year}年{day.month}月{day.day}日"
        case "ko":
            return f"{day.year}년 {day.month}월 {day.day}일"
        case _:
            return f"{day:%Y-%m-%d}"


def _opens_with(text: str, standfirst: str) -> bool:
    """Whether the text says the same at its start; many sites repeat their first sentence as a summary."""
    key = comparison_key(standfirst)
    return comparison_key(text[: 2 * len(standfirst) + 80]).startswith(key)


def _lead(article: Article, image: Callable[[str], str] | None) -> Iterator[str]:
    if article.lead_image is None:
        return
    picture = article.lead_image
    caption = " ".join(part for part in (escaped(collapse(picture.caption or "")), _cite(picture)) if part)
    yield f"<figure>{_img(picture, image)}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _img(picture: Picture, image: Callable[[str], str] | None) -> str:
    said = {
        "src": image(picture.url) if image else picture.url, "width": picture.width_px, "height": picture.height_px,
        "alt": collapse(picture.alt or "") or None,
    }  # fmt: skip
    return f"<img{attribute_text({name: str(value) for name, value in said.items() if value is not None})}>"


def _cite(picture: Picture) -> str:
    return f"<cite>{escaped(collapse(picture.credit))}</cite>" if picture.credit else ""


def _section(article: Article, image: Callable[[str], str] | None) -> str:
    root = tidied(read_fragment(rewrite(article.body, image=image)))
    root.children = [_small_caption(child) if isinstance(child, Element) and _is_plain_figure(child) else child for child in root.children]
    # Said only where a reader would see the difference: programs know the element without attributes.
    direction = attribute_text({"lang": article.language or "", "dir": "rtl"}) if article.direction == "rtl" else ""
    return f"<section{direction}>{write_one_line(root)}</section>"


def _is_plain_figure(element: Element) -> bool:
    """A figure of nothing but pictures and a caption; a player, quote or table keeps its figure."""
    inside = [child for child in element.children if isinstance(child, Element)]
    words_beside = any(isinstance(child, str) and child.strip() for child in element.children)
    pictures = [child for child in inside if child.tag == "img"]
    captions = [child for child in inside if child.tag == "figcaption"]
    plain_captions = not any(next(c.find("p", "div", "ul", "ol", "table", "blockquote"), None) for c in captions)
    only_these = len(pictures) + len(captions) == len(inside) and not words_beside and not element.attributes
    return only_these and bool(pictures) and len(captions) <= 1 and plain_captions


def _small_caption(figure: Element) -> Element:
    """`<p><img><small>caption</small></p>`: how this form shows a picture inside the text."""
    images = [child for child in figure.children if isinstance(child, Element) and child.tag == "img"]
    for one in images:
        if not one.attributes.get("alt"):
            one.attributes.pop("alt", None)
    captions = [child for child in figure.children if isinstance(child, Element) and child.tag == "figcaption"]
    smalls = [Element("small", {"style": CAPTION_STYLE}, caption.children) for caption in captions]
    return Element("p", {}, [*images, *smalls])


def _footer(article: Article) -> Iterator[str]:
    lines = [_note(note) for note in article.notes]
    said = "".join(lines)
    for edition in article.editions:
        if edition.relation == "original" and escaped(edition.url) not in said:
            name = LANGUAGE_NAMES.get((edition.language or "").partition("-")[0]) or urlsplit(edition.url).hostname or edition.url
            lines.append(f"<p><a{attribute_text({'href': edition.url})}>{escaped(name)}</a></p>")
    if lines:
        yield f"<footer>{''.join(lines)}</footer>"


def _note(note: Note) -> str:
    """The note as one or more blocks."""
    html = one_line(note.html)
    blocks = [child for child in read_fragment(html).children if isinstance(child, Element) and child.tag in ("p", "div", "ul", "ol", "blockquote")]
    return html if blocks else f"<p>{html}</p>"
