"""Markdown links that cannot break: a title may hold brackets, an address parentheses.

Archives before us wrote titles as they were; one `]` or `)` broke the article's first line and the index that was cut from it.
"""

from __future__ import annotations

import re

from broadsheet.text.plain import collapse, xml_text

# What would end the link, open another construct inside it, or be read as HTML. An underscore within a word is only an underscore.
_SPECIAL = re.compile(r"[\\\[\]<*`]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 2.4: a backslash before ASCII punctuation
_NOT_IN_TARGET = re.compile(r"[\s()<>\\\x00-\x1f\x7f]")
_LINK = re.compile(r"\[(.*)\]\((\S*)\)")


def link(title: str, url: str) -> str:
    """`[title](url)`, on one line, whatever *title* and *url* hold. A link without words shows its address."""
    return f"[{link_text(title) or link_text(url)}]({link_target(url)})"


def link_text(title: str) -> str:
    """*title* on one line, with a backslash before what Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\g<0>", plain_title(title))


def plain_title(title: str) -> str:
    """*title* as ledgers and lists hold it: on one line, without what no text file should hold."""
    return collapse(xml_text(title))


def link_target(url: str) -> str:
    """*url* with parentheses, spaces and the like percent-encoded."""
    return _NOT_IN_TARGET.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def read_link(line: str) -> tuple[str, str] | None:
    """Title and address of a line that is one link. The last `](` parts them, so unescaped titles of old archives are whole too."""
    found = _LINK.fullmatch(line.strip())
    return (_ESCAPED.sub(r"\1", found[1]).strip(), found[2]) if found else None
