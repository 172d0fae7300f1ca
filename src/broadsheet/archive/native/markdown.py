"""Clean HTML as Markdown and back, without loss.

Each block is written as Markdown and read again by a CommonMark parser; where the outcome is not the very same HTML, the block is written
as HTML, on one line. So "HTML only where Markdown has no form" is no list of cases but a proof, and holds for blocks nobody thought of.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markdown_it import MarkdownIt

from broadsheet.archive.one_line import one_line, write_one_line
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_markdown
from broadsheet.markup.tree import Element, attribute_text, read_fragment, write_fragment
from broadsheet.markup.vocabulary import BLOCKS
from broadsheet.model import SafeHtml

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_FORMS = _HEADINGS | {"p", "ul", "ol", "blockquote", "pre", "hr", "table"}  # what is worth trying as Markdown
_GROUPS = frozenset(("aside", "div"))  # written as lines of HTML around the Markdown of what they hold: a live blog reads as text
_OPENS_HTML = _FORMS | {"aside", "details", "div", "dl", "figure"}  # CommonMark 4.6, conditions 1 and 6


def settled(html: str) -> SafeHtml:
    """*html* in the one spelling that the archive keeps: sanitised, without white space that is not seen."""
    return sanitize(one_line(sanitize(html)))


def write_markdown(html: SafeHtml) -> str:
    """*html* as Markdown that `read_markdown` makes the same HTML of (as `settled` spells it)."""
    wanted = settled(html)
    runs = _runs(read_fragment(wanted))
    whole = _joined(map(_simply, runs))
    if read_markdown(whole) == wanted:
        return whole
    whole = _joined(_proved(run) if _has_a_form(run) else _as_html(run) for run in runs)
    return whole if read_markdown(whole) == wanted else write_html(html)


def write_html(html: SafeHtml) -> str:
    """*html* on one line, which Markdown leaves alone; `read_markdown` reads it as well."""
    return _as_html(read_fragment(settled(html)))


def read_markdown(markdown: str) -> SafeHtml:
    """The HTML that *markdown* means; sanitised, whatever it held."""
    return settled(_parser().render(markdown))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _runs(root: Element) -> list[Element]:
    """The blocks of *root*, each alone in a fragment; text between blocks together."""
    runs: list[Element] = []
    loose = Element("")
    for child in root.children:
        if isinstance(child, Element) and child.tag in BLOCKS and child.tag != "picture":
            runs += [loose] if loose.children else []
            runs.append(Element("", {}, [child]))
            loose = Element("")
        else:
            loose.children.append(child)
    return [*runs, loose] if loose.children else runs


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks)


def _has_a_form(run: Element) -> bool:
    first = run.children[0]
    return isinstance(first, Element) and (first.tag in _GROUPS or (first.tag in _FORMS and not first.attributes))


def _simply(run: Element) -> str:
    return _as_markdown(run) if _has_a_form(run) else _as_html(run)


def _proved(run: Element) -> str:
    """The block as Markdown if that loses nothing, else as HTML."""
    markdown = _as_markdown(run)
    return markdown if read_markdown(markdown) == settled(write_fragment(run)) else _as_html(run)


def _as_markdown(run: Element) -> str:
    first = run.children[0]
    if isinstance(first, Element) and first.tag in _GROUPS:
        return _joined((f"<{first.tag}{attribute_text(first.attributes)}>", *map(_simply, _runs(first)), f"</{first.tag}>"))
    return to_markdown(SafeHtml(write_fragment(run)))  # a part of what the sanitiser made


def _as_html(run: Element) -> str:
    """One line that Markdown takes for HTML and leaves alone: one that opens with a block element, or with a comment."""
    first = run.children[0] if run.children else ""
    opens = isinstance(first, Element) and first.tag in _OPENS_HTML
    return ("" if opens else "<!-- -->") + write_one_line(run)
