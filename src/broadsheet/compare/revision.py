"""Whether a reading of a story says something new: a hash of what readers see, and what to make of a second look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.model import Article, Picture
from broadsheet.text.plain import collapse, comparison_key
from broadsheet.urls import identity_key, is_http

FORM = "1"
"""Raise it when the hash is made from something else, so that nobody takes hashes of two forms for a change of the story."""

SHRUNK_TO = 0.35
"""A second look that finds less than this share of the words found a wall, a teaser or a broken page, and not a shorter story: a
correction takes away sentences; a live blog that is folded up keeps its summary, but stands at another address by then. A judgement, not
a measurement: it only decides which of two kept states is shown."""

FEWEST_WORDS = 80
"""Shorter stories may well be cut to a third by their authors."""

_WIDTH = {"full": 2, "partial": 1, "teaser": 0}

Kind = Literal["first", "unchanged", "revised", "poorer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a look at a story's page brought, and why we think so.

    "poorer" means that the page now shows less than we have (a wall, a cut, a fault of its or ours): keep what there is.
    """

    kind: Kind
    reason: str = ""


def content_hash(article: Article) -> str:
    """Equal for two readings when a reader would see the same: title, standfirst, people, lead image, text and its structure, notes.

    Not seen by readers, so left out: where it was read, tags, dates, tracking in links, the host and size a picture is served from.
    """
    seen = hashlib.sha256()
    for part in _seen(article):
        seen.update(part.encode(errors="replace") + b"\x1e")
    return f"{FORM}:{seen.hexdigest()}"


def decide_revision(new: Article, latest: Article | None) -> Verdict:
    """What *new* is to the *latest* kept reading of the same story (None: there is none)."""
    if latest is None:
        return Verdict(kind="first")
    if content_hash(new) == content_hash(latest):
        return Verdict(kind="unchanged")
    if (reason := _is_poorer(new, latest)) is not None:
        return Verdict(kind="poorer", reason=reason)
    return Verdict(kind="revised", reason=_what_changed(new, latest))


def _seen(article: Article) -> Iterator[str]:
    for text in (article.title, article.kicker, article.standfirst):
        yield collapse(text or "")
    for person in article.people:
        yield f"{person.role} {collapse(person.name)}"
    yield _picture(article.lead_image)
    yield from _shown(article.body)
    for note in article.notes:
        yield note.kind
        yield from _shown(note.html)


def _shown(html: str) -> Iterator[str]:
    """The structure and words of clean HTML in order: each element with its depth, each text, where links and pictures lead."""
    body = LexborHTMLParser(html).body
    if body is None:
        return
    depth = {body.mem_id: 0}
    for node in body.traverse(include_text=True):
        level = depth.setdefault(node.mem_id, depth.get(node.parent.mem_id, 0) + 1 if node.parent else 0)
        if node.tag == "-text":
            yield collapse(node.text_content or "")
        elif node.tag != "-comment":
            yield f"{level} {node.tag} {_target(node)}"


def _target(node: LexborNode) -> str:
    if node.tag == "img":
        return _place(node.attributes.get("src") or "")
    href = node.attributes.get("href") or ""
    return identity_key(href) if is_http(href) else href


def _picture(picture: Picture | None) -> str:
    return " ".join((_place(picture.url), collapse(picture.caption or ""), collapse(picture.credit or ""))) if picture else ""


def _place(url: str) -> str:
    """The last part of a picture's path: its host, folders of sizes and signatures change from one fetch to the next."""
    return urlsplit(url).path.rpartition("/")[2]


def _is_poorer(new: Article, latest: Article) -> str | None:
    """Why *new* shows less of the story than *latest*, None if it does not."""
    if _WIDTH[new.completeness] < _WIDTH[latest.completeness]:
        return f"only {new.completeness} now, {latest.completeness} before"
    if latest.word_count >= FEWEST_WORDS and new.word_count < latest.word_count * SHRUNK_TO:
        return f"{new.word_count} words now, {latest.word_count} before"
    return None


def _what_changed(new: Article, latest: Article) -> str:
    parts = {
        "headline": comparison_key(new.title) != comparison_key(latest.title),
        "standfirst": comparison_key(new.standfirst or "") != comparison_key(latest.standfirst or ""),
        "byline": new.people != latest.people,
        "text": comparison_key(new.text) != comparison_key(latest.text),
        "lead image": _picture(new.lead_image) != _picture(latest.lead_image),
    }
    return ", ".join(name for name, differs in parts.items() if differs) or "form"
