"""The lines of a `footer`: what kind of note each is, and which of them lead to another language edition.

The form does not state kinds; these few phrases tell the ones that matter to a reader. All else is a plain note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from broadsheet.archive.compatible.render import LANGUAGE_NAMES
from broadsheet.archive.one_line import tidied
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.tree import Element, write_fragment
from broadsheet.model import LanguageEdition, Note, NoteKind
from broadsheet.text.plain import collapse
from broadsheet.urls import is_http

# In the order in which they are asked. The last line of an article often is only a link: "read this in English".
_KINDS: Mapping[NoteKind, re.Pattern[str]] = {
    "translator": re.compile(r"(?:翻[译譯]|[译譯]者|訳|翻訳|번역|translat(?:ed|ion) by|übersetzt|traduit par|traducido por)", re.IGNORECASE),
    "contributor": re.compile(r"(?:有?[报報][道導][贡貢][献獻]|contributed (?:to|reporting)|additional reporting|mitarbeit)", re.IGNORECASE),
    "correction": re.compile(r"(?:更正|訂正|[勘]误|correction|korrektur)[:：]?", re.IGNORECASE),
    "original-edition": re.compile(
        r"(?:(?:英文|中文|日文|原文|原始)[版網网站]*|english version|in english|original version|read (?:it|this) in)", re.IGNORECASE
    ),
}
_LONGEST_PHRASE = 60  # an author's life in the footer may mention a translation; a line of this kind is short
_LANGUAGE_WORDS = {"英文": "en", "english": "en", "中文": "zh", "日文": "ja"}


def read_notes(footer: Element | None, url: str) -> tuple[tuple[Note, ...], tuple[LanguageEdition, ...]]:
    """The notes of a footer in order, and the original editions it links to."""
    notes: list[Note] = []
    editions: list[LanguageEdition] = []
    for line in _lines(footer):
        words, target = collapse(line.text()), _only_link(line)
        if target and words in (*LANGUAGE_NAMES.values(), urlsplit(target).hostname):
            editions.append(LanguageEdition(url=target, language=_NAMED.get(words), relation="original"))
            continue
        kind = _kind_of(words)
        if kind == "original-edition" and target:
            editions.append(LanguageEdition(url=target, language=_language_in(words), relation="original"))
        html = sanitize(write_fragment(tidied(Element("", {}, [line]))), base_url=url)
        if html:
            notes.append(Note(kind=kind, html=html))
    return tuple(notes), tuple(editions)


_NAMED = {name: language for language, name in LANGUAGE_NAMES.items()}


def _lines(footer: Element | None) -> list[Element]:
    children = footer.children if footer is not None else []
    return [child if isinstance(child, Element) else Element("p", {}, [child]) for child in children if not isinstance(child, str) or child.strip()]


def _only_link(line: Element) -> str | None:
    """The address of a line that is nothing but one link."""
    links = list(line.find("a"))
    alone = len(links) == 1 and collapse(links[0].text()) == collapse(line.text())
    target = links[0].attributes.get("href", "") if alone else ""
    return target if is_http(target) else None


def _kind_of(words: str) -> NoteKind:
    for kind, phrase in _KINDS.items():
        if kind == "contributor" and phrase.search(words):
            return kind
        if len(words) <= _LONGEST_PHRASE and (phrase.match(words) if kind in ("translator", "correction") else phrase.search(words)):
            return kind
    return "note"


def _language_in(words: str) -> str | None:
    return next((language for word, language in _LANGUAGE_WORDS.items() if word in words.lower()), None)
