"""The news agency a story was taken from, where the page names one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.extraction.byline.lines import head_lines
from broadsheet.extraction.byline.names import agencies_in
from broadsheet.extraction.masthead import PARAGRAPH_MASS, masthead_of
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import longest_first
from broadsheet.model import Claim

DATELINE = 80  # characters within which a dateline ends
MAX_SOURCE_LINE = 60  # characters of a closing line that is nothing but the source
FIRST_PARAGRAPHS = 2

_SOURCE = re.compile(
    rf"(?:^|[\s|·（(])(?:{'|'.join(map(re.escape, longest_first('source_labels')))})\s*[:：/]\s*(?P<names>[^|()（）:：]{{2,60}})", re.IGNORECASE
)
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
        yield from _named(_SOURCE, line.text)
    for block in clues.page.blocks.blocks:
        if block.kind == "text" and len(block.text) <= MAX_SOURCE_LINE and (found := _SOURCE.match(block.text)) is not None:
            yield from _claims(found["names"], block.text)


def dateline(clues: Clues) -> Iterator[Claim[str]]:
    """An agency in the dateline of the first or second paragraph: "LONDON (Reuters) -", 新华社北京7月3日电, (서울=연합뉴스).

    Evidence: 144 news pages: right 3, wrong 0, silent 141.
    """
    paragraphs = [line.text for line in masthead_of(clues.page).below if line.block.kind == "text" and line.block.mass >= PARAGRAPH_MASS / 2]
    for text in paragraphs[:FIRST_PARAGRAPHS]:
        for form in _DATELINES:
            yield from _named(form, text[:DATELINE])


def _named(form: re.Pattern[str], text: str) -> Iterator[Claim[str]]:
    if (found := form.search(text)) is not None:
        yield from _claims(found["names"], text)


def _claims(said: str, line: str) -> Iterator[Claim[str]]:
    for name in agencies_in(said):
        yield Claim(value=name, saw=repr(line[:120]))
