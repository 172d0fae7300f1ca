"""The lines that a full-text feed service put at the end of every item: no part of any article.

Four shapes, each found and cut by unrelated readers of such feeds: (a) a `div` that opens with the phrase; (b) a rule, then the phrase
and the service's addresses; (c) the same as a line of text; (d) any line that names the service. They always stood at the very end, so
only the end is looked at: an article that reports on the service keeps its words.
"""

from __future__ import annotations

import re

from broadsheet.markup.blocks import INLINE
from broadsheet.markup.tree import Element
from broadsheet.text.plain import collapse

_PHRASE = re.compile(r"\s*获取更多\s*RSS")
_SERVICE = re.compile(r"feedx\.(?:net|co|run|site)\b", re.IGNORECASE)
LONGEST_LINE = 120  # the longest variant seen has 60 characters; a paragraph that mentions the service is longer


def cut_promotion(root: Element) -> None:
    """Remove the service's lines from the end of a fragment that was just read, and the rule and breaks before them."""
    while _cut_last(root):
        _cut_trailing_rules(root)


def _cut_last(holder: Element) -> bool:
    """Cut the last line of *holder* if it is the service's; a line ends at a break, a rule or a block."""
    at = next((at for at in range(len(holder.children) - 1, -1, -1) if _words(holder.children[at])), None)
    if at is None or any(_shows_something(child) for child in holder.children[at + 1 :]):
        return False
    last = holder.children[at]
    if isinstance(last, Element) and last.tag not in INLINE:
        if not _cut_last(last):
            return False
        _cut_trailing_rules(last)
        if not last.children:
            del holder.children[at:]
        return True
    start = at
    while start and _is_same_line(holder.children[start - 1]):
        start -= 1
    words = collapse("".join(child if isinstance(child, str) else child.text() for child in holder.children[start:]))
    if len(words) > LONGEST_LINE or not (_PHRASE.match(words) or _SERVICE.search(words)):
        return False
    del holder.children[start:]
    return True


def _is_same_line(child: Element | str) -> bool:
    return isinstance(child, str) or (child.tag in INLINE and child.tag != "br")


def _words(child: Element | str) -> str:
    return collapse(child if isinstance(child, str) else child.text())


def _cut_trailing_rules(holder: Element) -> None:
    while holder.children and not _words(holder.children[-1]) and not _shows_something(holder.children[-1]):
        holder.children.pop()


def _shows_something(child: Element | str) -> bool:
    return isinstance(child, Element) and (child.tag in ("img", "video", "audio", "figure") or any(child.find("img", "video", "audio")))
