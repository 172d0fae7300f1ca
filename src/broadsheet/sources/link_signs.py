"""What tells a link to a story from a link to a section, a tag or the imprint: its address and its words.

Points, not probabilities: 3 is as good as sure, below 1 it is not one. The figures are from the front pages of 84 news sites (12
languages) in three lay-outs; `section_page` combines them with where the link stands.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from broadsheet.text import is_cjk

_DATE = re.compile(r"(?:^|[/_.-])(?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])(?:[/_-]?(?:0?[1-9]|[12]\d|3[01]))?(?=$|[/_.-]|[a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}")
_NUMBER_IN_QUERY = re.compile(r"(?:^|&)[\w-]*(?:id|no|key|num|idx|aid|seq|article)[\w-]*=[\w.-]*\d{3,}", re.IGNORECASE)
_MIXED = re.compile(r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{8,}")  # an opaque key: c4ng3j1wxl4o
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|ece|story)$", re.IGNORECASE)
_STORY_WORD = re.compile(
    r"(?:^|/)(?:articles?|artikel|article_\w+|articulo|articolo|artigo|story|stories|news|noticias?|actualites?|post|posts|a)(?=/)", re.IGNORECASE
)
_LIST_WORD = re.compile(
    r"(?:^|/)(?:tags?|topics?|themen?|thema|categor(?:y|ies|ia|ie)|sections?|rubri(?:c|k|que)s?|authors?|autor(?:en|es)?|auteurs?|autore|people|profile|users?|"
    r"search|suche|login|signin|register|account|subscribe|abo|newsletters?|about|impressum|imprint|privacy|datenschutz|contact|kontakt|terms|agb|"
    r"help|faq|jobs|careers|advertis\w*|sitemap|archives?|pages?|private|shop|events?|weather|wetter|games|horoscopes?)(?:/|\.\w+)?(?:$|[^/]*$)",
    re.IGNORECASE,
)
_ASSET = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|pdf|mp[34]|zip|css|js|xml|rss|json|ics|docx?|xlsx?)$", re.IGNORECASE)
_SPLIT_WORDS = re.compile(r"[-_+]|%20|%E3%80%80")


def address_points(url: str) -> float:
    """How much the address of a link looks like a story's. Scripts without ASCII give keys and percent signs; those count as slugs."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if not path and not _NUMBER_IN_QUERY.search(parts.query):
        return -3.0  # the front page itself
    if _ASSET.search(path):
        return -5.0
    last = _ENDING.sub("", path.rpartition("/")[2])
    words = [word for word in _SPLIT_WORDS.split(last) if word]
    points = -3.0 if _LIST_WORD.search(path) else 0.0
    points += 1.5 if _DATE.search(path) else 0.0
    points += 1.5 if _NUMBER.search(path) or _NUMBER_IN_QUERY.search(parts.query) or _MIXED.search(last.lower()) else 0.0
    points += 1.5 if len(words) >= 4 or len(last) > 40 else 0.75 if len(words) == 3 else 0.0
    points += 0.5 if _ENDING.search(path) or _STORY_WORD.search(path) else 0.0
    return points - (1.0 if points == 0.0 else 0.0)


def word_points(words: str) -> float:
    """How much the words of a link look like a headline: their length, a Han or kana character counting for two and a half letters."""
    length = len(words) * (2.5 if is_cjk(words) else 1.0)
    if length >= 25:
        return 1.5
    return 0.5 if length >= 15 else -0.5 if length >= 8 else -1.5
