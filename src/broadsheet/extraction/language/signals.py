"""Who says which language the story is in."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.extraction.masthead import masthead_of
from broadsheet.extraction.weigh import Clues
from broadsheet.markup.story import texts
from broadsheet.model import Claim
from broadsheet.text.language import language_by_script, language_by_words, language_of, language_tag

CERTAIN = 0.1  # share of little words from which no price list or table is taken for another language
ENGLISH = 4  # times that "the" stands in MOST_TEXT of an English text; half of them have more, no other language's any
ENOUGH_TEXT, MOST_TEXT = 400, 600  # characters: fewer can mislead, more tell nothing new


def html_lang(clues: Clues) -> Iterator[Claim[str]]:
    """`<html lang>`."""
    yield from _stated(clues.page.html_lang, "<html lang>")


def jsonld_language(clues: Clues) -> Iterator[Claim[str]]:
    """`inLanguage` of the story's JSON-LD."""
    for said in list(texts(clues.page.story.get("inLanguage"), "alternateName", "name"))[:1]:
        yield from _stated(said, "JSON-LD inLanguage")


def og_locale(clues: Clues) -> Iterator[Claim[str]]:
    """`og:locale`; a publishing system's default on many sites."""
    yield from _stated(clues.page.first_meta("og:locale"), "og:locale")


def content_language(clues: Clues) -> Iterator[Claim[str]]:
    """`content-language`, `dc.language`, `language`."""
    yield from _stated(clues.page.first_meta("content-language", "dc.language", "dcterms.language", "inlanguage", "language"), "meta language")


def feed_language(clues: Clues) -> Iterator[Claim[str]]:
    """What the feed says of itself."""
    yield from _stated(clues.hints.language, "the feed")


def letters_of_text(clues: Clues) -> Iterator[Claim[str]]:
    """The script of the text, where one language owns it."""
    if language := language_by_script(_text(clues)):
        yield Claim(value=language, saw="the letters of the text")


def words_of_text(clues: Clues) -> Iterator[Claim[str]]:
    """The little words of a text of some length: a template's `lang="en"` stands on pages in Swahili and Zulu, too.

    Evidence: 1,052 texts of 18 languages, of 400 letters and more: right 1,043, silent 5, wrong 4, three of them pages that state another
    language than they are in.
    """
    text = clues.text[:MOST_TEXT]
    if len(text) < ENOUGH_TEXT:
        return
    # English shows at a glance; it is what most pages are in.
    language = "en" if text.count(" the ") >= ENGLISH else language_by_words(text, least=CERTAIN)
    if language:
        yield Claim(value=language, saw="the words of the text")


def identified(clues: Clues) -> Iterator[Claim[str]]:
    """What the words of the text look like."""
    if language := language_of(_text(clues)):
        yield Claim(value=language, saw="the words of the text")


def _text(clues: Clues) -> str:
    """The text; the lines around the headline where it is not known."""
    return clues.text or "\n".join(line.text for line in masthead_of(clues.page).lines)


def _stated(said: str | None, saw: str) -> Iterator[Claim[str]]:
    first = (said or "").partition(",")[0]
    if tag := language_tag(first):
        yield Claim(value=tag, saw=f"{saw} {said}")
