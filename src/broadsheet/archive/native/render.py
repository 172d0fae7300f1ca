"""One revision of an article in the native form: every field for programs, then the article for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from broadsheet.archive.links import link_target
from broadsheet.archive.native.front_matter import plain, write_front_matter
from broadsheet.archive.native.markdown import settled, write_html, write_markdown
from broadsheet.archive.originals import original_address
from broadsheet.archive.pictures import pictures_of
from broadsheet.markup.markdown import escape_markdown
from broadsheet.markup.pictures import rewrite
from broadsheet.markup.tree import read_fragment
from broadsheet.markup.vocabulary import BLOCKS
from broadsheet.model import Article, Note, SafeHtml, StoredArticle
from broadsheet.text.plain import collapse
from broadsheet.urls import join

FORM_VERSION = 1
BODY_MARK = "<!-- body -->"
NOTES_MARK = "<!-- notes -->"
_OWN_FIELDS = ("body", "text", "word_count", "pictures", "notes")  # held by the Markdown, or made from it again


def render_article(stored: StoredArticle, *, previous: str | None = None, image: Callable[[str], str] | None = None) -> str:
    """The whole file of *stored*. *previous* is the content hash of the revision before; *image* says where readers load pictures."""
    shown: dict[str, str] = {}
    show = _recording(image, shown)
    article = stored.article
    people_see = "\n\n".join(
        part for part in (*_opening(article, show), BODY_MARK, _marked(rewrite(article.body, image=show)), *_closing(article)) if part
    )
    return f"{write_front_matter(_fields(stored, previous, shown))}\n{people_see}\n"


def note_mark(note: Note) -> str:
    """The comment before a note: its kind, and whether its HTML is a line without a paragraph around it."""
    return f"<!-- note: {note.kind}{'' if _is_blocks(note.html) else ', line'} -->"


def _fields(stored: StoredArticle, previous: str | None, shown: dict[str, str]) -> dict[str, object]:
    article = plain(stored.article)
    held = {name: value for name, value in article.items() if name not in _OWN_FIELDS}
    derived = pictures_of(settled(stored.article.body))
    return {
        "broadsheet": FORM_VERSION, "id": stored.id, "source": stored.source_id, "title": stored.article.title, **held,
        "pictures": stored.article.pictures if stored.article.pictures != derived else None,
        "entry_guid": stored.entry_guid, "entry_published": stored.entry_published, "first_seen": stored.first_seen,
        "sort_at": stored.sort_at, "changed_at": stored.changed_at, "revision": stored.revision, "content_hash": stored.content_hash,
        "previous": previous, "images": {there: original for there, original in shown.items() if original_address(there) != original} or None,
    }  # fmt: skip


def _recording(image: Callable[[str], str] | None, shown: dict[str, str]) -> Callable[[str], str] | None:
    """*image*, keeping in *shown* what each address it gave stands for."""
    if image is None:
        return None

    def show(url: str) -> str:
        there = image(url)
        shown[join("", there) or there] = url
        return there

    return show


def _opening(article: Article, show: Callable[[str], str] | None) -> Iterator[str]:
    """Headline, standfirst, who and when, and the lead image, as a newspaper sets them."""
    yield f"# {escape_markdown(article.title or article.url)}"
    if article.standfirst:
        yield f"**{escape_markdown(article.standfirst)}**"
    names = ", ".join(collapse(person.name) for person in article.people)
    when = article.published.raw.strip() if article.published else ""
    who_and_when = escape_markdown(" · ".join(part for part in (names, when) if part))
    yield f"{who_and_when}{' · ' if who_and_when else ''}<{link_target(article.canonical_url or article.url)}>"
    if picture := article.lead_image:
        yield f"![{escape_markdown(picture.alt or '')}]({link_target(show(picture.url) if show else picture.url)})"
        words = " — ".join(escape_markdown(part) for part in (picture.caption, picture.credit) if part)
        yield f"*{words}*" if words else ""


def _marked(html: SafeHtml) -> str:
    """The body as Markdown, as HTML where it holds a line that is one of our marks (in a listing of code, say)."""
    markdown = write_markdown(html)
    return write_html(html) if any(line.startswith("<!-- ") for line in markdown.split("\n")) else markdown


def _closing(article: Article) -> Iterator[str]:
    if not article.notes:
        return
    yield NOTES_MARK
    yield "---"
    for note in article.notes:
        yield note_mark(note)
        yield write_markdown(note.html) if _is_blocks(note.html) else write_markdown(SafeHtml(f"<p>{note.html}</p>"))


def _is_blocks(html: SafeHtml) -> bool:
    """Whether *html* is more than one line of text with its marks."""
    return any(not isinstance(child, str) and child.tag in BLOCKS and child.tag != "picture" for child in read_fragment(html).children)
