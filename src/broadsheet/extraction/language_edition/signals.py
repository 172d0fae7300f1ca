"""Who names another edition of the story."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from selectolax.lexbor import LexborNode

from broadsheet.extraction.canonical.signals import is_home
from broadsheet.extraction.links import links_of
from broadsheet.extraction.masthead import masthead_of
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import find_word, word_list
from broadsheet.markup.page import Page
from broadsheet.markup.story import texts
from broadsheet.model import Claim, LanguageEdition
from broadsheet.text.language import language_tag
from broadsheet.text.plain import is_cjk
from broadsheet.urls import join

MAX_EDITIONS = 60
LINES_ABOVE = 14  # of the headline, in which an edition may be offered
MAX_LINE = 400  # characters of the line around a link
MAX_LINK_TEXT = 80  # characters


def hreflang(clues: Clues) -> Iterator[Claim[tuple[LanguageEdition, ...]]]:
    """`<link rel=alternate hreflang>` to an article, not to a home page, in another language than the page's own."""
    own = _primary(clues.page.html_lang)
    found = []
    for link in clues.page.links:
        language = language_tag(link.hreflang)
        if "alternate" not in link.rel or language is None or is_home(link.href) or _is_same_language(language, own, clues.page):
            continue
        found.append(LanguageEdition(url=link.href, language=language))
    if found:
        yield Claim(value=tuple(found[:MAX_EDITIONS]), saw="link hreflang")


def jsonld_translation(clues: Clues) -> Iterator[Claim[tuple[LanguageEdition, ...]]]:
    """`translationOfWork` and `workTranslation` of the story's JSON-LD."""
    for field, relation in (("translationOfWork", "original"), ("workTranslation", "alternate")):
        found = []
        for said in texts(clues.page.story.get(field), "url", "@id"):
            if url := join(clues.page.base_url, said):
                found.append(LanguageEdition(url=url, relation="original" if relation == "original" else "alternate"))
        if found:
            yield Claim(value=tuple(found), saw=f"JSON-LD {field}")


def link_to_original(clues: Clues) -> Iterator[Claim[tuple[LanguageEdition, ...]]]:
    """A short link of the page that says it leads to the story in another language, or to the original.

    Menus of languages are left out: they do not invite to read, and lead to home pages.
    """
    own = _primary(clues.page.html_lang)
    found = []
    for text, node in _spoken_links(clues.page):
        language = _language_named(text)
        url = join(clues.page.base_url, node.attributes.get("href") or "")
        if language is None or language == own or url is None or is_home(url):
            continue
        is_original = find_word("original", text) is not None
        if is_original or find_word("read_it", text):
            found.append(LanguageEdition(url=url, language=language, relation="original" if is_original else "alternate"))
    if found:
        yield Claim(value=tuple(found[:MAX_EDITIONS]), saw="a link that says so")


@cache
def _languages() -> tuple[tuple[str, str], ...]:
    """(words of a link, the language they name)."""
    return tuple((words, language) for language, _, words in (entry.partition(" ") for entry in word_list("language_links")))


@cache
def _names() -> tuple[frozenset[str], tuple[str, ...]]:
    """The last words of those, as they stand between spaces; and those of scripts without spaces."""
    spaced = {words.split()[-1] for words, _ in _languages() if not is_cjk(words)}
    return frozenset(f"{name}{mark}" for name in spaced for mark in ("", ".", ",", ":", ")", "!", "?")), tuple(
        words for words, _ in _languages() if is_cjk(words)
    )


def _names_any_language(text: str) -> bool:
    """A quick look at all lines together: so on hardly any page, and then there is no need to look at each."""
    spaced, joined = _names()
    return not spaced.isdisjoint(text.split()) or (is_cjk(text) and any(words in text for words in joined))


def _language_named(text: str) -> str | None:
    lower = text.lower()
    return next((language for words, language in _languages() if words in lower), None)


def _spoken_links(page: Page) -> Iterator[tuple[str, LexborNode]]:
    """Links of few words in lines that name a language, from just above the headline on: what stands higher is the site's menu."""
    headline = masthead_of(page).headline
    first = max(0, headline.index - LINES_ABOVE) if headline is not None else 0
    lines = [block for block in page.blocks.blocks[first:] if block.links and len(block.text) <= MAX_LINE]
    said = " ".join([block.text for block in lines]).lower()
    if not _names_any_language(said) or not _language_named(said):
        return
    for block in lines:
        if _names_any_language(block.text.lower()) and _language_named(block.text):
            for text, node in links_of(block):
                if len(text) <= MAX_LINK_TEXT:
                    yield text, node


def _primary(tag: str | None) -> str | None:
    language = language_tag(tag)
    return language.partition("-")[0] if language else None


def _is_same_language(language: str, own: str | None, page: Page) -> bool:
    """Whether an edition is only the page's own language for another country; the two written forms of Chinese are two languages."""
    primary = language.partition("-")[0]
    return primary == own and not (primary == "zh" and language != language_tag(page.html_lang))
