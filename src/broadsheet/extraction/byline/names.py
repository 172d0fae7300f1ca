"""From the words of a byline to names, in any script."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache

from broadsheet.extraction.words import word_set
from broadsheet.model import Person
from broadsheet.model.article import Role
from broadsheet.text.date_tables import months
from broadsheet.text.plain import collapse, comparison_key, is_cjk

MAX_NAME = 60  # characters; a longer one is a sentence
MAX_WORDS = 6
MAX_PEOPLE = 20

_ADDRESS = re.compile(r"https?:|www\.|[\w.+-]+@[\w-]+\.\w+|^\S+\.[a-z]{2,}$|/|\bhref\b")
_DOMAIN = re.compile(r"^(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?$")
_DEGREE = re.compile(r"^[A-Z][A-Za-z]?\.?[A-Z.®-]{1,5}$")
_HANDLE = re.compile(r"(?:^|\s)@\w+")
_IN_BRACKETS = re.compile(r"\s*[(（\[【][^)）\]】]*[)）\]】]")
_BRACKETS = frozenset("(（[【")
_HAN = "\u4e00-\u9fff々"
_KANA = "\u3040-\u30fa\u30fcー"
# A dot between two letters of a Chinese or Japanese name stands for the space of a foreign one: 休·佩洛, ジョン・スミス. Catalan writes l·l.
_PARTING_DOT = rf"(?!(?<=[lL])·[lL])(?:(?<![{_HAN}{_KANA}])[•·‧・]|[•·‧・](?![{_HAN}{_KANA}])|(?<=記者)・|(?<=[{_HAN}]{{3}})・(?=[{_HAN}]{{3}}))"
_AND = re.compile(
    rf"\s*[,;،]\s*(?:and|und|et|y|e|og|och|en|und|и|و|&)\s+|\s*(?:[,;、，；،؛|]|\s/\s|／|{_PARTING_DOT})\s*|\s+(?:and|und|et|och|og|en|ja|and/or|&|con|with|mit|și|és|и|та|και|ve|dan|və|और|و)\s+|\s*&\s*",
    re.IGNORECASE,
)
_SHORT_AND = re.compile(r"\s+(?:y|e|i|a|u|und|et)\s+")  # also inside names (Ortega y Gasset): parts only where both sides are whole names
_EDGES = " \t.,;:|–—-•·*/\\\"'“”„«»‘’()[]【】（）：，、。〈〉"
_DIGIT = re.compile(r"\d")
_NOT_NAMES = re.compile(r"\d{2}|[?!=<>{}#%:：]|\.{3}|…|^\d+$")
_GLUED_MONTH = re.compile(r"(?<=[^\W\d_A-Z])[A-Z][a-z]{2,9}$")  # Paper TimesNovember 24: the space is a margin of the style sheet
_KANA_PARTICLE = re.compile(r"[のをにはがとでへも]")
_REPORTER = re.compile(r"\s*(?:(?:선임|수습|인턴|객원|전문)?\s*(?:기자|특파원|논설위원|앵커)(?:\s*외\s*\d+명)?|记者|記者)$")
_BETWEEN_SOURCES = re.compile(r"\s*[,;/，、；／·|+&]\s*|\s+(?:and|und|et|y|e|og|och|en|with|mit|avec|con)\s+")
MAX_HAN_NAME = 8  # characters; names in kana are longer than Han ones, foreign ones with a dot longer still
MAX_DOTTED_NAME = 20
HAN_NAME = rf"(?:[{_HAN}{_KANA}]{{1,8}}(?:[·‧•・][{_HAN}{_KANA}]{{1,8}}){{1,3}}|[{_HAN}]{{2,4}})"
"""A name in Han letters: a Chinese or Japanese one, or a foreign one with its dots."""

_DOT = re.compile("[·‧•・]")
_WHOLE_NAME = rf"(?:{HAN_NAME}|[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){{1,3}})$"
_HAN_PAIR = rf"{HAN_NAME}(?:\s+{HAN_NAME})+$"
_ROLE_WORDS = word_set("byline_roles") | word_set("cjk_labels")
_AGENCIES = word_set("agencies")
_BEFORE_DATE = frozenset("on am vom le el em il op den".split())
_NOBODY = frozenset("admin administrator root user guest anonymous undefined null none member webmaster bio profile unknown 管理员".split())
_LOWER_PARTS = frozenset("de del della di da dos das do van von der den ter ten la le el al bin ibn ben af av zu zur y e du des st. d' o'".split())


name_key = lru_cache(maxsize=256)(comparison_key)
"""`comparison_key`, remembered: the head, the byline and its link name the same people."""


def person_key(person: Person) -> str:
    """Equal for the same name in other letters' case, spaces and punctuation."""
    return name_key(person.name)


def people_in(said: str, *, not_names: Collection[str] = (), role: Role = "writer", url: str | None = None, strict: bool = False) -> Iterator[Person]:
    """The persons named in *said*, the words of a byline without its "By".

    *not_names* are comparison keys of what is no person here (the site's names); what follows one of them is its place or department.
    With *strict*, a name must look like one in its script: in Latin, Greek and Cyrillic two words with capitals.
    """
    seen: set[str] = set()
    for name in _names(said):
        key = name_key(name)
        if key in not_names or _DOMAIN.match(name):
            return
        if key in seen or _opens_with(name, not_names) or (seen and _is_degree(name)) or not is_name(name, strict=strict):
            continue
        seen.add(key)
        yield Person(name=name, role="agency" if role == "writer" and is_agency(name) else role, url=url)
        if len(seen) >= MAX_PEOPLE:
            return


def once(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each name once, the first time it is named."""
    seen: dict[str, Person] = {}
    for person in people:
        seen.setdefault(person.name.casefold(), person)
    return tuple(seen.values())


def newsrooms_in(said: str, *, site_names: Collection[str] = ()) -> Iterator[Person]:
    """*said* as one name, whatever it is called, unless it is a sentence, an account's name, or an address other than the site's own."""
    bare = collapse(said.strip(_EDGES))
    name = _without_date(bare) or bare
    if _DOMAIN.match(name) and comparison_key(name) not in site_names:
        return
    if any(word.casefold().strip(_EDGES) in _NOBODY for word in name.split()):
        return
    if 2 <= len(name) <= MAX_NAME and len(name.split()) <= MAX_WORDS and not re.search(r"https?:|www\.|@|/|\d{4}|[?!=<>{}#]", name):
        yield Person(name=name, role="agency" if is_agency(name) else "writer")


@lru_cache(maxsize=256)
def is_name(name: str, *, strict: bool = False) -> bool:
    """Whether *name* can be that of a person, a newsroom or an agency."""
    words = name.split()
    if not 2 <= len(name) <= MAX_NAME or len(words) > MAX_WORDS or _NOT_NAMES.search(name) or not any(c.isalpha() for c in name):
        return False
    if any(word.casefold().strip(_EDGES) in _ROLE_WORDS for word in words) and not is_agency(name):
        return False
    if not strict or is_agency(name):
        return True
    if is_cjk(name):
        return len(name.replace(" ", "")) <= (MAX_DOTTED_NAME if _DOT.search(name) else MAX_HAN_NAME) and not _KANA_PARTICLE.search(name)
    if not any(c.isupper() or c.islower() for c in name):
        return True
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) >= 2 and all(word[0].isupper() or word.casefold() in _LOWER_PARTS for word in words)


def is_agency(name: str) -> bool:
    """Whether *name* is a news agency's."""
    return name.casefold().strip(_EDGES) in _AGENCIES


def agencies_in(said: str) -> Iterator[str]:
    """The agencies among the sources that *said* lists: "ntv.de, mau/dpa", "Agence France-Presse", 新华社."""
    for part in _BETWEEN_SOURCES.split(said):
        name = part.strip(_EDGES)
        if is_agency(name):
            yield name
        else:
            # "Sid" and "Tt" may be anybody's; the agencies write themselves SID and dpa.
            yield from (word for word in name.split() if is_agency(word) and not word.istitle())


@lru_cache(maxsize=256)  # the same words stand in the head, in the byline and in its link
def _names(said: str) -> tuple[str, ...]:
    return tuple(_names_in(said))


def _names_in(said: str) -> Iterator[str]:
    bare = collapse(said)
    if not _BRACKETS.isdisjoint(bare):
        bare = _IN_BRACKETS.sub(" ", bare)
    if "@" in bare:
        bare = _HANDLE.sub(" ", bare)
    for part in _AND.split(bare):
        part = _without_date(_REPORTER.sub("", collapse(part.strip(_EDGES))))
        if _DOMAIN.match(part):
            yield part
            continue
        if sides := _beside_slashes(part):
            yield from sides
            continue
        if not part or _ADDRESS.search(part):
            continue
        if is_cjk(part) and _compiled(_HAN_PAIR).match(part):
            yield from (part,) if _is_family_and_given(part.split()) else part.split()
            continue
        halves = _SHORT_AND.split(part)
        if len(halves) > 1 and all(len(half.split()) >= 2 for half in halves):
            yield from (half.strip(_EDGES) for half in halves)
        else:
            yield part


@cache  # on first use: patterns of Han letters take milliseconds, and most pages ask for none
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _beside_slashes(part: str) -> list[str]:
    """The names of "Amara Diallo/Jonas Vogt" and "Amara Diallo/dpa"; none unless each side is a whole name or an agency."""
    sides = [side.strip(_EDGES) for side in part.split("/")]
    return sides if len(sides) > 1 and all(is_agency(side) or _compiled(_WHOLE_NAME).match(side) for side in sides) else []


def _is_family_and_given(words: list[str]) -> bool:
    """Whether two words in Han letters are one Japanese name, 山田 太郎, and not two Chinese ones, 张伟 李红.

    The second of two Chinese names opens with one of a few hundred family names; given names in Japanese seldom do.
    """
    first, second = words[0], words[-1]
    short = len(words) == 2 and min(len(first), len(second)) < 3
    return short and "·" not in "".join(words) and second[0] not in word_set("han_family_names")


def _without_date(part: str) -> str:
    """*part* up to a date that follows the name: "Amara Diallo July 3"."""
    words = part.split()
    if not _DIGIT.search(part):
        bare = _GLUED_MONTH.sub(lambda found: "" if found[0].casefold() in months() else found[0], part)
        return "" if len(words) == 1 and words[0].casefold().strip(".") in months() else bare
    for at, word in enumerate(words):
        if word[0].isdigit() or word.casefold().strip(".,") in months():
            return " ".join(words[: at - 1] if at and words[at - 1].casefold() in _BEFORE_DATE else words[:at]).strip(_EDGES)
        if (glued := _GLUED_MONTH.search(word)) and glued[0].casefold() in months():
            return " ".join([*words[:at], word[: glued.start()]]).strip(_EDGES)
    return part


def _is_degree(name: str) -> bool:
    """Capitals behind a name: RD, PhD, CEPF."""
    return _DEGREE.match(name) is not None and not is_agency(name)


def _opens_with(name: str, not_names: Collection[str]) -> bool:
    """Whether the first word is the site's name: a regional desk or a department."""
    first, _, rest = name.partition(" ")
    return bool(rest) and name_key(first) in not_names
