"""Who names another edition of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from broadsheet.extract.canonical.signals import is_home
from broadsheet.extract.links import links_of
from broadsheet.extract.weigh import Clues
from broadsheet.markup.page import Page
from broadsheet.markup.story import texts
from broadsheet.model import Claim, LanguageEdition
from broadsheet.text.language import language_tag
from broadsheet.urls import join

MAX_EDITIONS = 60
MAX_LINE = 400  # characters of the line around a link
MAX_LINK_TEXT = 80  # characters

# What a link says that leads to the story in another language; the group's name is that language.
_LANGUAGE_LINKS = re.compile(
    r"(?P<en>in english|english (?:version|edition|original)|英文版|英文原文|英語版|영문|en inglés|en anglais|auf englisch|in inglese|em inglês|на английском|بالإنجليزية)"
    r"|(?P<zh>中文(?:版|翻译|翻譯)|in chinese|en chino|en chinois|auf chinesisch|read.{0,20}中文)"
    r"|(?P<es>en español|in spanish|spanish version|西班牙文)|(?P<fr>en français|in french|version française|法文版)"
    r"|(?P<de>auf deutsch|in german|德文版)|(?P<pt>em português|in portuguese)|(?P<ja>日本語(?:版)?で?|in japanese|日文版)|(?P<ko>한국어|in korean|韩文版)"
    r"|(?P<ru>на русском|in russian|俄文版)|(?P<ar>بالعربية|in arabic)|(?P<it>in italiano|in italian)|(?P<ca>en català|en catalán)",
    re.IGNORECASE,
)
# A quick look before the long one: parts of all the names above, in lower case.
_MENTIONS = ("engl", "ingl", "angl", "англ", "إنجليز", "英", "영문", "中文", "chin", "spañ", "span", "西班牙", "fran", "french", "法文", "deutsch", "german", "德文",
             "portug", "日本語", "japan", "日文", "한국", "korean", "韩文", "русск", "russian", "俄文", "عربية", "arabic", "ital", "catal")  # fmt: skip
# What it says when this page is the translation: the other edition is the original, not merely another.
_ORIGINAL = re.compile(
    r"\boriginal\b|translated from|原文|英文版|英語版|原版|übersetzt aus|traducido del?|traduit d[eu]|tradotto da|traduzido d[eo]|переведено с|original(?:artikel|fassung)",
    re.I,
)
_INVITES = re.compile(
    r"\bread\b|click|点击|點擊|查看|阅读|閱讀|\blesen\b|\blire\b|\bleer\b|\blea\b|\bleggi\b|\bleia\b|\bler\b|читать|読む|보기|اقرأ", re.I
)


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
        said = _LANGUAGE_LINKS.search(text)
        url = join(clues.page.base_url, node.attributes.get("href") or "")
        if said is None or url is None or is_home(url) or said.lastgroup == own:
            continue
        is_original = _ORIGINAL.search(text) is not None
        if is_original or _INVITES.search(text):
            found.append(LanguageEdition(url=url, language=said.lastgroup, relation="original" if is_original else "alternate"))
    if found:
        yield Claim(value=tuple(found[:MAX_EDITIONS]), saw="a link that says so")


def _spoken_links(page: Page) -> Iterator[tuple[str, LexborNode]]:
    """Links of few words in lines that hold the name of a language."""
    lines = [block for block in page.blocks.blocks if block.links and len(block.text) <= MAX_LINE]
    mentioned = "\n".join([block.text for block in lines]).lower()
    mentions = [part for part in _MENTIONS if part in mentioned]
    if not mentions:
        return
    for block in lines:
        lower = block.text.lower()
        if any(part in lower for part in mentions):
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
