"""Bylines of Chinese, Japanese and Korean papers: a word for reporter beside the names, in brackets, at a line's beginning or its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from broadsheet.extraction.byline.lines import head_lines
from broadsheet.extraction.byline.names import HAN_NAME, once, people_in
from broadsheet.extraction.masthead import PARAGRAPH_MASS, masthead_of
from broadsheet.extraction.site_name.signals import site_names
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import longest_first
from broadsheet.model import Claim, Person

OPENING = 80  # characters of a paragraph within which its byline ends: 新华社北京7月3日电（记者张三）
CLOSING = 40  # characters at the end of a paragraph within which its byline begins

_LABELS = "|".join(map(re.escape, longest_first("cjk_labels")))
# Not a label (责任编辑), not the words before a colon (字号：), not cut out of a longer word.
_NAME = rf"(?:(?!{_LABELS}){HAN_NAME}(?![\u4e00-\u9fff]{{0,3}}\s*[:：]))"
_NAMES = rf"(?P<names>{_NAME}(?:[\s、，,]+{_NAME}){{0,5}})"
_KANJI_NAME = r"[\u4e00-\u9fff\u3040-\u30ff々]{2,8}"
_REPORTERS = rf"(?P<names>{_KANJI_NAME}(?:(?:記者)?[、・]\s?{_KANJI_NAME}){{0,4}})"
_HANGUL_NAMES = r"(?P<names>[가-힣]{2,4}(?:\s?[·,、]\s?[가-힣]{2,4}){0,4})"

_MARK = re.compile("记者|記者|特派員|編集委員|論説委員|文[・/／：:]|기자|특파원|논설위원|앵커|글|撰|采写|採|作者")


def cjk_by_line(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """記者, 文/, 作者：, 기자 with names before or behind, in a short line near the headline.

    Evidence: 144 news pages, 38 of them Chinese, Japanese or Korean: right 6, wrong 0, silent 138.
    """
    for line in head_lines(clues.page):
        if not line.text.isascii() and (people := _people(line.text, clues)):
            yield Claim(value=people, saw=repr(line.text))
            return


def cjk_in_text(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """The same where the text opens, behind a dateline, or else where one of its paragraphs closes: （记者张三）, 【水城千早】, 홍길동 기자 =.

    Evidence: the same 144: right 4, wrong 0, silent 140.
    """
    paragraphs = list(_paragraphs(clues))
    for text in [said[:OPENING] for said in paragraphs[:2]] + [said[-CLOSING:] for said in reversed(paragraphs)]:
        if people := _people(text, clues):
            yield Claim(value=people, saw=repr(text))
            return


def _people(text: str, clues: Clues) -> tuple[Person, ...]:
    """The persons whom the first form that fits names in *text*."""
    if not _MARK.search(text):
        return ()
    for pattern in _forms():
        names = [found["names"] for found in pattern.finditer(text) if not found["names"].endswith(("摄", "攝"))]
        if people := once(person for said in names for person in people_in(said, not_names=site_names(clues.page))):
            return people
    return ()


@cache  # when a line first holds one of the words: they take 16 ms
def _forms() -> tuple[re.Pattern[str], ...]:
    """The forms of a byline, tried in this order."""
    return (
        re.compile(rf"(?:^|[\s（(【［\[:：、]|[报報刊社网網台])(?:记者|記者)\s*[:：・]?\s*{_NAMES}(?=[\s/／】）)|｜报報道综綜台]|$)"),
        re.compile(
            rf"(?:作者|撰文|撰稿|采写|採訪|採写|取材・文|取材・執筆|文・写真|文と写真|文)\s*[:：/／|｜・＝]\s*(?:\S{{0,12}}(?:作者|记者|記者)\s*)?{_NAMES}"
        ),
        re.compile(rf"{_HANGUL_NAMES}\s*(?:선임|수습|인턴|객원|전문)?\s*(?:기자|특파원|논설위원|앵커)(?![가-힣])"),
        re.compile(r"(?:기자|글)\s*[=:：]\s*(?P<names>[가-힣]{2,4}(?:\s?[·,、]\s?[가-힣]{2,4}){0,4})(?![가-힣])"),
        re.compile(rf"[【［\[(（](?:[^【】［］()（）]{{0,10}}[・＝=\s])?{_REPORTERS}\s*(?:記者|特派員|編集委員|論説委員)[】］\])）]"),
        re.compile(rf"【(?:文・?|記者・?)\s*(?P<names>{_KANJI_NAME}(?:、{_KANJI_NAME}){{0,4}})】"),
        re.compile(rf"^(?:[^\s、。]{{1,8}}\s)?{_REPORTERS}\s*(?:記者|特派員)$"),
    )


def _paragraphs(clues: Clues) -> Iterator[str]:
    """The lines of the box in which the text opens, if it is written in Han, kana or Hangul."""
    opening = next((line.block for line in masthead_of(clues.page).below if line.block.kind == "text" and line.block.mass >= PARAGRAPH_MASS), None)
    if opening is None or opening.text[:OPENING].isascii() or opening.mass < 2 * len(opening.text):
        return
    blocks = clues.page.blocks
    box = blocks.boxes[opening.box]
    around = blocks.boxes[box.parent] if box.parent >= 0 else box
    for block in blocks.blocks[opening.index : around.last]:
        if block.kind == "text":
            yield block.text
