"""Who says whether a visitor gets the whole story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.masthead import masthead_of
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import word_list, word_set
from broadsheet.markup.blocks import Box, text_mass
from broadsheet.markup.page import Page
from broadsheet.markup.story import each, first_text
from broadsheet.model import Access, Claim

WHOLE = 2500  # letters from which a declared wall has evidently let the text through
MAX_WALL_LINE = 160  # characters
SHARE_CUT = 0.6  # of the stated text that must be there; captions and lists left out explain the rest
WALL_SHARE = 0.7  # of the body's letters: a box with more is the text, or holds it…
LONGEST_WALL = 600  # …unless these many letters are no more than a wall has to say for itself
LETTERS_A_WORD = 4.5  # median of 800 texts 5.0, one in twenty below 4.3
MOST_WORDS = 100_000  # a larger count is a mistake

_WALL_TOKENS = word_set("wall_classes")
_WALL_HINTS = ("wall", "schranke", "piano", "metered")  # a quick look before all names are taken apart
_LOCKED = frozenset(("locked", "premium", "paid", "subscriber", "subscription", "plus", "register"))


def declared_not_free(clues: Clues) -> Iterator[Claim[Access]]:
    """`isAccessibleForFree: false` in JSON-LD, of the story or of a part of it, while the text is short."""
    if _free(clues.page) is False and _letters(clues) < WHOLE:
        yield Claim(value="paywalled", saw="JSON-LD isAccessibleForFree false")


def declared_free(clues: Clues) -> Iterator[Claim[Access]]:
    """`isAccessibleForFree: true`."""
    if _free(clues.page) is True:
        yield Claim(value="open", saw="JSON-LD isAccessibleForFree true")


def content_tier(clues: Clues) -> Iterator[Claim[Access]]:
    """`article:content_tier` and its kin: free, metered or locked."""
    said = (
        clues.page.first_meta("article:content_tier", "og:article:content_tier", "content_tier", "access", "cxenseparse:accesslevel") or ""
    ).lower()
    if said in _LOCKED and _letters(clues) < WHOLE:
        yield Claim(value="paywalled", saw=f"content tier {said}")
    elif said == "free":
        yield Claim(value="open", saw="content tier free")


def wall_on_page(clues: Clues) -> Iterator[Claim[Access]]:
    """A box whose class or id says paywall, on a page with little text.

    Not one that holds the text itself: publishing systems also mark the whole post of a site that has members ("has-paywall").
    """
    if _letters(clues) >= WHOLE:
        return
    boxes = [box for box in clues.page.blocks.boxes if box.tokens and not box.hidden and box.last > box.first]
    names = "\n".join({box.tokens for box in boxes}).lower()
    if not any(hint in names for hint in _WALL_HINTS):  # so on most pages: no need to take all names apart
        return
    for box in boxes:
        named = any(hint in box.tokens.lower() for hint in _WALL_HINTS) and not _WALL_TOKENS.isdisjoint(tokens_of(box.tokens))
        if named and _mass(clues.page, box) < max(LONGEST_WALL, WALL_SHARE * _letters(clues)):
            yield Claim(value="paywalled", saw=f"class {box.tokens[:80]}")
            return


def wall_in_words(clues: Clues) -> Iterator[Claim[Access]]:
    """A short line behind the headline that tells who does not pay that the rest is not for them, on a page with little text."""
    if _letters(clues) >= WHOLE:
        return
    headline = masthead_of(clues.page).headline
    lines = [block.text for block in clues.page.blocks.blocks[headline.index if headline is not None else 0 :] if len(block.text) <= MAX_WALL_LINE]
    everything = "\n".join(lines).lower()
    for words in word_list("wall_words"):
        if words in everything:
            yield Claim(value="paywalled", saw=repr(words))
            return


def shorter_than_stated(clues: Clues) -> Iterator[Claim[Access]]:
    """Much less body than JSON-LD's articleBody or wordCount promises."""
    stated = stated_letters(clues.page)
    if stated > WHOLE / 5 and _letters(clues) < stated * SHARE_CUT:
        yield Claim(value="cut", saw=f"{_letters(clues)} letters of about {stated}")


def long_enough(clues: Clues) -> Iterator[Claim[Access]]:
    """A body of WHOLE letters or more."""
    if _letters(clues) >= WHOLE:
        yield Claim(value="open", saw=f"{_letters(clues)} letters")


@once_a_page
def stated_letters(page: Page) -> int:
    """How many letters the story has by its JSON-LD: those of articleBody, or wordCount at the usual length of a word; 0 if not stated."""
    body = text_mass(first_text(page.story.get("articleBody")) or "")
    count = first_text(str(page.story.get("wordCount") or "")) or ""
    return max(body, round(min(int(count), MOST_WORDS) * LETTERS_A_WORD)) if count.isdecimal() else body


def _mass(page: Page, box: Box) -> int:
    return sum(block.mass for block in page.blocks.blocks[box.first : box.last])


def _letters(clues: Clues) -> int:
    return clues.body_letters or 0


@once_a_page
def _free(page: Page) -> bool | None:
    """What `isAccessibleForFree` says, as a boolean or a word; any part of the page that is not free makes the story not free."""
    said = []
    for thing in page.json_ld:
        said.append(thing.get("isAccessibleForFree"))
        said += [part.get("isAccessibleForFree") for part in each(thing.get("hasPart")) if isinstance(part, Mapping)]
    words = {str(value).strip().lower().rpartition("/")[2] for value in said if value is not None}
    if words & {"false", "no", "0"}:
        return False
    return True if words & {"true", "yes", "1"} else None
