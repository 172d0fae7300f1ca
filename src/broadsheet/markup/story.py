"""The object in a page's JSON-LD that speaks of its article, and the values inside such objects.

Values in JSON-LD may be a string, an object, a list of either, or a reference to an object elsewhere; these functions read them all.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from broadsheet.text.plain import collapse

Object = Mapping[str, Any]

# schema.org's Article and its kin. A live blog or a video page is a story too; a WebPage is only where nothing better stands.
_ARTICLES = frozenset(
    "newsarticle article reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle reviewnewsarticle"
    " asknpublicnewsarticle advertisercontentarticle satiricalarticle scholarlyarticle techarticle blogposting socialmediaposting report"
    " liveblogposting review discussionforumposting medicalscholarlyarticle".split()
)
_LESSER = frozenset("webpage itempage videoobject recipe howto podcastepisode creativework newsmediaarticle qapage faqpage event".split())
_HOLDERS = ("mainEntity", "mainEntityOfPage", "hasPart", "about")  # a WebPage that holds its article
MAX_VALUES = 200
MAX_LEVELS = 8


def story_of(objects: Sequence[Object], url: str) -> Object:
    """The best object for the page at *url*, or an empty one.

    Among several articles (a page may list its neighbours) the one whose address is the page's own wins, then the one that says
    most. References (`{"@id": …}`) in its fields are replaced by what they refer to.
    """
    candidates = [thing for top in objects for thing in (top, *_held(top))]
    ranked = sorted(((_rank(thing, url), -at, thing) for at, thing in enumerate(candidates)), key=lambda entry: entry[:2], reverse=True)
    if not ranked or ranked[0][0][0] == 0:
        return {}
    by_id = {thing["@id"]: thing for thing in objects if isinstance(thing.get("@id"), str) and len(thing) > 1}
    return {name: _resolved(value, by_id) for name, value in ranked[0][2].items()}


def types_of(thing: Object) -> frozenset[str]:
    """The object's types, lower-cased, without `https://schema.org/`."""
    said = thing.get("@type")
    names = said if isinstance(said, list) else [said]
    return frozenset(name.rpartition("/")[2].lower() for name in names if isinstance(name, str))


def each(value: Any) -> Iterator[Any]:
    """*value*, or its items if it is a list (lists inside lists included)."""
    waiting = [value]
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting.extend(reversed(thing[:MAX_VALUES]))
        elif thing is not None:
            yield thing


def texts(value: Any, *names: str) -> Iterator[str]:
    """The strings *value* holds; of objects, the first of the fields *names* that has one. Entities are resolved, white space collapsed."""
    if isinstance(value, str):  # mostly: spares the walk
        if plain := plain_text(value):
            yield plain
        return
    for thing in each(value):
        if isinstance(thing, str):
            said = thing
        elif isinstance(thing, dict):  # what JSON makes of an object; asking for a Mapping takes ten times as long
            said = next((inner for name in names for inner in texts(thing.get(name), *names)), "") if names else str(thing.get("@value") or "")
        else:
            continue
        if plain := plain_text(said):
            yield plain


def first_text(value: Any, *names: str) -> str | None:
    """The first of `texts`."""
    return next(texts(value, *names), None)


def plain_text(said: str) -> str:
    """*said* on one line, entities resolved (twice escaped ones too)."""
    if "&" in said:
        said = html.unescape(html.unescape(said))
    return collapse(said)


def _held(thing: Object) -> Iterator[Object]:
    for name in _HOLDERS:
        for inner in each(thing.get(name)):
            if isinstance(inner, dict) and not types_of(inner).isdisjoint(_ARTICLES):
                yield inner


def _rank(thing: Object, url: str) -> tuple[int, bool, int]:
    types = types_of(thing)
    kind = 2 if not types.isdisjoint(_ARTICLES) else 1 if not types.isdisjoint(_LESSER) else 0
    return (
        kind,
        _same_address(thing, url),
        sum(1 for name in ("headline", "datePublished", "author", "articleBody", "image", "description") if thing.get(name)),
    )


def _same_address(thing: Object, url: str) -> bool:
    own = _bare(url)
    said: Iterable[Any] = (thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage"))
    return any(_bare(address) == own for value in said for address in texts(value, "@id", "url"))


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _resolved(value: Any, by_id: Mapping[str, Object], level: int = 0) -> Any:
    if level > MAX_LEVELS:
        return value
    if isinstance(value, list):
        return [_resolved(item, by_id, level + 1) for item in value[:MAX_VALUES]]
    if isinstance(value, dict) and len(value) <= 2 and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value
