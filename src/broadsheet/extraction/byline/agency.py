"""The news agency a story was taken from, where the page names one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.extraction.byline.lines import head_lines
from broadsheet.extraction.byline.names import agencies_in
from broadsheet.extraction.masthead import PARAGRAPH_MASS, masthead_of
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import longest_first
from broadsheet.markup.page import Page
from broadsheet.markup.story import texts
from broadsheet.model import Claim

DATELINE = 80  # characters within which a dateline ends
MAX_SOURCE_LINE = 60  # characters of a closing line that is nothing but the source
FIRST_PARAGRAPHS = 2

_SOURCE = re.compile(
    rf"(?:^|[\s|·（(])(?:{'|'.join(map(re.escape, longest_first('source_labels')))})\s*[:：/]\s*(?P<names>[^|()（）:：]{{2,60}})", re.IGNORECASE
)
_MARKS = frozenset(":：/")
_DATELINES = (
    re.compile(r"\((?P<names>[^()=]{2,40})\)\s*[-–—―:]"),  # LONDON, July 3 (Reuters) -
    re.compile(r"\([^()=]{1,20}=(?P<names>[^()=]{2,20})\)"),  # (서울=연합뉴스)
    re.compile(r"^(?:[（(【]|据)?(?P<names>[\u4e00-\u9fff]{2,6}社)[^，。]{0,16}?(?:电|電|讯|訊|消息)"),  # 新华社北京7月3日电
    re.compile(r"[【(（](?:[^【】()（）]{1,12}[＝=・])?(?P<names>[\u4e00-\u9fff]{2,4}(?:社|通信))[】)）＝=]"),  # 【ロンドン＝共同通信】
)


def source_line(clues: Clues) -> Iterator[Claim[str]]:
    """A line near the headline, or a line of its own anywhere, that says "source" and names an agency: 来源：新华社, Quelle: ntv, dpa.

    Evidence: 144 news pages: right 3, wrong 0, silent 141.
    """
    for line in head_lines(clues.page):
        if not _MARKS.isdisjoint(line.text):
            yield from _named(_SOURCE, line.text)
    for text in _lines_of_source(clues.page):
        if (found := _SOURCE.match(text)) is not None:
            yield from _claims(found["names"], text)


def stated_source(clues: Clues) -> Iterator[Claim[str]]:
    """`sourceOrganization` or `provider` of the story's JSON-LD, `source` and its kin among the meta elements, if that is an agency."""
    story = clues.page.story
    said = [*texts(story.get("sourceOrganization"), "name"), *texts(story.get("provider"), "name")]
    said += [
        name
        for meta in ("source", "article:source", "news_source", "dc.source", "dcterms.source", "agency")
        for name in clues.page.meta.get(meta, ())
    ]
    for one in said:
        yield from _claims(one, one)


def dateline(clues: Clues) -> Iterator[Claim[str]]:
    """An agency in the dateline of the first or second paragraph: "LONDON (Reuters) -", 新华社北京7月3日电, (서울=연합뉴스).

    Evidence: 144 news pages: right 3, wrong 0, silent 141.
    """
    paragraphs = [line.text for line in masthead_of(clues.page).below if line.block.kind == "text" and line.block.mass >= PARAGRAPH_MASS / 2]
    for text in paragraphs[:FIRST_PARAGRAPHS]:
        for form in _DATELINES:
            yield from _named(form, text[:DATELINE])


@once_a_page
def _lines_of_source(page: Page) -> tuple[str, ...]:
    """The short lines behind the headline that hold a colon, before which a word for source may stand."""
    headline = masthead_of(page).headline
    lines = (block.text for block in page.blocks.blocks[headline.index + 1 if headline is not None else 0 :])
    return tuple(text for text in lines if len(text) <= MAX_SOURCE_LINE and (":" in text or "：" in text))


def _named(form: re.Pattern[str], text: str) -> Iterator[Claim[str]]:
    if (found := form.search(text)) is not None:
        yield from _claims(found["names"], text)


def _claims(said: str, line: str) -> Iterator[Claim[str]]:
    for name in agencies_in(said):
        yield Claim(value=name, saw=repr(line[:120]))
