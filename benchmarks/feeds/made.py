"""Feeds and articles made for measuring: plain text in five scripts, the same on every run. Standard library only, as in every child."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from feeds.corpus import Given

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KINDS = 20  # different bodies; more would only measure the memory of the machine

_WORDS = {
    "en": "the harbour wall fell in the storm and the council will meet on Tuesday to decide who pays for the new one".split(),
    "de": "der Hafen bleibt nach dem Sturm geschlossen und über die Kosten wird am Dienstag im Rathaus gestritten".split(),
    "zh": list("港口的墙在去年的风暴中倒塌了市议会在星期二开会要决定谁来付钱"),
    "ru": "стена порта рухнула во время шторма и совет решит во вторник кто заплатит за новую".split(),
    "ar": "انهار جدار الميناء في العاصفة ويجتمع المجلس يوم الثلاثاء ليقرر من يدفع ثمن الجدار الجديد".split(),
}
_SIZES = (10, 20, 25, 50, 100)  # entries of a feed
_BODIES = (200, 800, 4_000)  # bytes of an entry: a teaser, an abstract, a full text


@dataclass(frozen=True, slots=True)
class Story:
    """What is written in an entry."""

    number: int
    title: str
    summary: str
    html: str
    author: str
    published: datetime

    @property
    def url(self) -> str:
        return f"https://paper.example/2026/11/{self.number}.html?from=feed&n={self.number}"


def stories(count: int, *, size_bytes: int, language: str = "en") -> Iterator[Story]:
    """*count* stories with some *size_bytes* of HTML each."""
    rng = random.Random(language)
    bodies = [_html(rng, language, size_bytes) for _ in range(min(count, KINDS))]
    for number in range(count):
        yield Story(
            number=number,
            title=f"{_sentence(rng, language)} & {number}",
            summary=_sentence(rng, language),
            html=bodies[number % KINDS],
            author=f"Ann Ode {number % 7}",
            published=NOW - timedelta(minutes=17 * number),
        )


def made_feeds(folder: Path) -> list[Given]:
    """Sixty feeds, written to *folder*."""
    given = []
    plans = [(dialect, language, body) for dialect in _WRITERS for language in _WORDS for body in _BODIES]
    for number, (dialect, language, body) in enumerate(plans):
        count = _SIZES[number % len(_SIZES)]
        file = folder / f"{number:02}.{dialect}"
        file.write_text(_WRITERS[dialect](list(stories(count, size_bytes=body, language=language))), encoding="utf-8")
        given.append(Given(file=file, url=f"https://paper.example/feeds/{file.name}"))
    return given


def _html(rng: random.Random, language: str, size_bytes: int) -> str:
    paragraphs: list[str] = []
    size = 0
    while size < size_bytes:
        said = ". ".join(_sentence(rng, language) for _ in range(5))
        paragraphs.append(f'<p>{said} &amp; <a href="/{size}?a=1&amp;b=2">{_sentence(rng, language)}</a>.</p>')
        size += len(paragraphs[-1].encode())
    return "".join(paragraphs)


def _sentence(rng: random.Random, language: str) -> str:
    return ("" if language == "zh" else " ").join(rng.choices(_WORDS[language], k=12))


def _rss(written: list[Story]) -> str:
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.url)}</link><guid isPermaLink='false'>{one.number}</guid>"
        f"<pubDate>{format_datetime(one.published)}</pubDate><dc:creator>{one.author}</dc:creator><category>Harbour</category>"
        f"<description>{one.summary}</description><content:encoded><![CDATA[{one.html}]]></content:encoded>"
        f'<media:content url="https://paper.example/{one.number}.jpg" medium="image" width="1200" height="800"/></item>\n'
        for one in written
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>Paper</title><link>https://paper.example/</link><description>News</description>{items}</channel></rss>"
    )


def _rdf(written: list[Story]) -> str:
    items = "".join(
        f'<item rdf:about="{escape(one.url)}"><title>{escape(one.title)}</title><link>{escape(one.url)}</link>'
        f"<dc:date>{one.published.isoformat()}</dc:date><description>{escape(one.html)}</description></item>\n"
        for one in written
    )
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>Paper</title></channel>{items}</rdf:RDF>'
    )


def _atom(written: list[Story]) -> str:
    entries = "".join(
        f'<entry><title>{escape(one.title)}</title><link href="{escape(one.url)}"/><id>tag:paper.example,2026:{one.number}</id>'
        f"<published>{one.published.isoformat()}</published><updated>{one.published.isoformat()}</updated>"
        f'<author><name>{one.author}</name></author><summary>{one.summary}</summary><content type="html">{escape(one.html)}</content></entry>\n'
        for one in written
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><id>tag:paper.example,2026:feed</id>'
        f"<updated>{NOW.isoformat()}</updated>{entries}</feed>"
    )


def _json(written: list[Story]) -> str:
    items = [
        {"id": str(one.number), "url": one.url, "title": one.title, "summary": one.summary, "content_html": one.html,
         "date_published": one.published.isoformat(), "authors": [{"name": one.author}]}
        for one in written
    ]  # fmt: skip
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": items}, ensure_ascii=False)


_WRITERS = {"rss": _rss, "rdf": _rdf, "atom": _atom, "json": _json}
