"""Clean HTML as Markdown (CommonMark, with the tables and footnotes of GitHub), readable as it stands and on any plain git host.

Where Markdown has no form (a caption, `sub`, a table with joined cells, a block set apart) HTML is written, which every Markdown
renderer lets through. Text is escaped so that it renders as exactly that text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from broadsheet.markup.tree import Element, attribute_text, read_fragment, write_fragment
from broadsheet.markup.vocabulary import BLOCKS
from broadsheet.model import SafeHtml
from broadsheet.text import collapse

_SPECIAL = re.compile(r"[\\`*_\[\]<>]|&(?=#?\w)|~(?=~)|\|")
# What would begin a heading, list, quote, rule, code block or underline if it opened a line.
_OPENS_A_BLOCK = re.compile(r"(?m)^([ \t]*)(?:(\d{1,9})([.)])(?=\s|$)|([#+=-]|~~~))")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK = re.compile(r"(?:\\\n|\s)+")
_BLANK_END = re.compile(r"(?:\\\n|\s)+\Z")
_FENCE = re.compile(r"`{3,}")
_TICKS = re.compile(r"`+")
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~"}
_MARK_TAGS = {"*": "em", "**": "strong", "~~": "del"}
_NOTE = re.compile(r"#?fn-\w+-(\d+)")  # the id of a footnote, or a link to it, as `sanitize` lets it through
_SILENT = frozenset(("span", "time", "abbr", "picture"))  # their text says it all


def to_markdown(html: SafeHtml) -> str:
    """*html* as Markdown: blocks divided by one empty line, no line break at the end, "" for nothing."""
    return "\n\n".join(_blocks(read_fragment(html)))


def escape_markdown(text: str) -> str:
    """*text* on one line, as Markdown that renders as exactly it; for a heading or the text of a link."""
    return _guard_start(_SPECIAL.sub(r"\\\g<0>", collapse(text)))


def _blocks(parent: Element) -> list[str]:
    """Each block of *parent* as Markdown; inline content between blocks becomes a paragraph of its own."""
    made: list[str] = []
    run = Element("p")
    for child in parent.children:
        if isinstance(child, str) or child.tag not in BLOCKS or child.tag == "picture":
            run.children.append(child)
            continue
        made.append(_paragraph(run))
        made.append(_BLOCK_FORMS.get(child.tag, _group)(child))
        run = Element("p")
    made.append(_paragraph(run))
    return [block for block in made if block]


def _paragraph(element: Element) -> str:
    text = _inline(element).strip(" \n")
    if number := _note_number(element, "id"):
        return f"[^{number}]: {text}"
    return _mark("**", text) if element.attributes.get("class") == "when" else _guard_start(text)


def _note_number(element: Element, name: str) -> str:
    """The number of the footnote that an element is (*name* is "id") or leads to ("href"); "" for any other."""
    found = _NOTE.fullmatch(element.attributes.get(name, ""))
    return found[1] if found else ""


def _guard_start(text: str) -> str:
    return _OPENS_A_BLOCK.sub(lambda m: f"{m[2]}\\{m[3]}" if m[2] else f"\\{m[4]}", text)


def _heading(element: Element) -> str:
    text = _inline(element).replace("\\\n", " ").strip()
    if text.endswith("#"):
        text = f"{text[:-1]}\\#"  # or it would be taken for the closing mark of the heading
    return f"{'#' * int(element.tag[1])} {text}" if text else ""


def _list(element: Element) -> str:
    if element.attributes.get("class") == "footnotes" and all(_note_number(item, "id") for item in _child_elements(element)):
        return "\n\n".join(f"[^{_note_number(item, 'id')}]: {_indented(_item(item), 4)}" for item in _child_elements(element))
    number = int(element.attributes.get("start", "1"))
    items = []
    for item in _child_elements(element):
        mark = f"{number}. " if element.tag == "ol" else "- "
        number += 1
        text = _item(item) if item.tag == "li" else _BLOCK_FORMS.get(item.tag, _group)(item)
        items.append(mark + _indented(text, len(mark)))
    loose = any("\n\n" in item for item in items)
    return ("\n\n" if loose else "\n").join(items)


def _item(element: Element) -> str:
    """What stands behind a list's mark: text with a list below it stays tight, other blocks are set apart."""
    blocks = _blocks(element)
    if len(blocks) == 2 and _may_touch(element.children[-1]):
        return "\n".join(blocks)
    return "\n\n".join(blocks)


def _may_touch(child: Element | str) -> bool:
    """Whether it is a list that can follow a line of text: one that counts from 1 and whose first item is not empty."""
    if not isinstance(child, Element) or child.tag not in ("ul", "ol"):
        return False
    first = next(iter(_child_elements(child)), None)
    return child.attributes.get("start", "1") == "1" and first is not None and bool(first.text().strip())


def _quote(element: Element) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(element)).split("\n"))


def _code_block(element: Element) -> str:
    text = element.text().strip("\n")
    fence = "`" * max(3, 1 + max((len(run) for run in _FENCE.findall(text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _figure(element: Element) -> str:
    """Its content, then its caption as a paragraph in italics, which is what a reader takes for a caption."""
    captions = [child for child in _child_elements(element) if child.tag == "figcaption"]
    shown = Element("div", {}, [child for child in element.children if child not in captions])
    blocks = _blocks(shown)
    blocks += [_mark("*", _inline(caption).strip(" \n")) for caption in captions]
    return "\n\n".join(block for block in blocks if block)


def _definitions(element: Element) -> str:
    """Markdown has no list of definitions: each term in bold, what it means below it."""
    made = []
    for child in _child_elements(element):
        made += [_mark("**", _inline(child).strip(" \n"))] if child.tag == "dt" else _blocks(child)
    return "\n\n".join(block for block in made if block)


def _table(element: Element) -> str:
    """A pipe table where every cell is simple, else HTML on one line."""
    rows = [[cell for cell in _child_elements(row) if cell.tag in ("td", "th")] for row in element.find("tr")]
    if not rows or not all(_is_simple(cell) for row in rows for cell in row) or any(element.find("table", "caption")):
        return write_fragment(Element("", {}, [element])).replace("\n", "&#10;")  # a blank line would end the HTML
    width = max(len(row) for row in rows)
    lines = [[_inline(cell).replace("\\\n", "<br>").strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    head = lines.pop(0) if all(cell.tag == "th" for cell in rows[0]) else [""] * width
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * width, *lines])


def _is_simple(cell: Element) -> bool:
    """Whether a pipe table can hold it: not joined, no blocks, no code with the pipe that would divide cells."""
    joined = not cell.attributes.keys().isdisjoint(("colspan", "rowspan"))
    return not joined and not any(cell.find(*BLOCKS)) and not any("|" in code.text() for code in cell.find("code", "kbd", "samp"))


def _player(element: Element) -> str:
    """Audio and video as links: Markdown has no players."""
    sources = [element.attributes.get("src", ""), *(source.attributes.get("src", "") for source in element.find("source"))]
    return next((f"<{source}>" for source in sources if source), "")


def _group(element: Element) -> str:
    """A block without a Markdown form: its tag, if it says something, around its own blocks."""
    inside = "\n\n".join(_blocks(element))
    if not inside or (element.tag == "div" and not element.attributes) or element.tag in ("li", "dd", "dt", "tr", "td", "th"):
        return inside
    return f"<{element.tag}{attribute_text(element.attributes)}>\n\n{inside}\n\n</{element.tag}>"


def _inline(element: Element) -> str:
    """The children of *element* as inline Markdown; white space collapsed, no block structure left."""
    parts: list[str] = []
    for child in element.children:
        part = _inline_part(child)
        if isinstance(child, Element) and parts and part[:1] == parts[-1][-1:] and part[:1] in ("*", "~", "`"):
            part = f"<{child.tag}>{_inline(child)}</{child.tag}>"  # marks that touch would be read as one longer mark
        parts.append(part)
    text = "".join(parts)
    return re.sub(r" *\\\n[ \n]*", "\\\\\n", _SPACE.sub(" ", text.replace("\\\n", "\0")).replace("\0", "\\\n"))


def _inline_part(child: Element | str) -> str:
    if isinstance(child, str):
        return _SPECIAL.sub(r"\\\g<0>", _SPACE.sub(" ", child))
    if child.tag == "br":
        return "\\\n"
    if child.tag == "img":
        return f"![{escape_markdown(child.attributes.get('alt', ''))}]({_target(child.attributes.get('src', ''))})"
    if child.tag == "math" and (tex := child.attributes.get("alttext", "")) and "`" not in tex:
        return f"$`{tex}`$"
    if child.tag in ("a", "sup") and (mark := _note_mark(child)) is not None:
        return mark
    if child.tag == "a":
        before, text, after = _edges(_inline(child))
        return f"{before}[{text}]({_target(child.attributes.get('href', ''))}){after}"
    if child.tag in ("code", "kbd", "samp"):
        return _code(child.text())
    if child.tag in _MARKS:
        return _mark(_MARKS[child.tag], _inline(child))
    if child.tag in _SILENT:
        return _inline(child)
    if child.tag in BLOCKS or child.tag in ("source", "wbr"):
        return f" {_inline(child)} " if child.children else ""
    return f"<{child.tag}{attribute_text(child.attributes)}>{_inline(child)}</{child.tag}>"


def _note_mark(element: Element) -> str | None:
    """`[^1]` for a link to a footnote, alone or raised; "" for a link back from one; None for anything else."""
    only = element.children[0] if element.tag == "sup" and len(element.children) == 1 else element
    if not isinstance(only, Element) or only.tag != "a":
        return None
    if number := _note_number(only, "href"):
        return f"[^{number}]"
    return "" if only.attributes.get("href", "").startswith("#fnref-") else None


def _mark(mark: str, inner: str) -> str:
    """*inner* between marks, or between tags where CommonMark would not see the marks.

    Marks beside punctuation open and close only next to white space (CommonMark 0.31, section 6.2), which Chinese and Japanese do
    not write; so they are used only around text that begins and ends in a letter or digit.
    """
    before, text, after = _edges(inner)
    if not text:
        return inner
    if text[0].isalnum() and text[-1].isalnum():
        return f"{before}{mark}{text}{mark}{after}"
    tag = _MARK_TAGS[mark]
    return f"{before}<{tag}>{text}</{tag}>{after}"


def _code(inner: str) -> str:
    before, text, after = _edges(_SPACE.sub(" ", inner))
    if not text:
        return before
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{before}{ticks}{pad}{text}{pad}{ticks}{after}"


def _edges(text: str) -> tuple[str, str, str]:
    """The white space and line breaks before, what they enclose, and those after: marks must touch the words."""
    start = _BLANK.match(text)
    before = start[0] if start else ""
    end = _BLANK_END.search(text, len(before))
    after = end[0] if end else ""
    return before, text[len(before) : len(text) - len(after)], after


def _target(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url


def _indented(text: str, width: int) -> str:
    return text.replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")


def _child_elements(element: Element) -> Iterable[Element]:
    return (child for child in element.children if isinstance(child, Element))


_BLOCK_FORMS: dict[str, Callable[[Element], str]] = {
    "p": _paragraph,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), _heading),
    "ul": _list,
    "ol": _list,
    "dl": _definitions,
    "blockquote": _quote,
    "pre": _code_block,
    "figure": _figure,
    "figcaption": _paragraph,
    "table": _table,
    "hr": lambda _: "---",
    "audio": _player,
    "video": _player,
}
