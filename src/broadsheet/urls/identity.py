"""Which addresses mean the same story."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from broadsheet.urls.normalise import normalise

# RFC 3986, section 2.3, and round brackets, which Markdown archives have to escape.
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~()")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?;]*", re.IGNORECASE)  # Java and PHP servers write it into the path


def without_tracking(url: str) -> str:
    """*url* without the query parameters that only say where a reader came from (`tracking.txt`); else untouched."""
    address, hash_, fragment = url.partition("#")
    place, question, query = address.partition("?")
    if not question:
        return url
    kept = "&".join(pair for pair in query.split("&") if not _is_tracking(pair))
    return (place + "?" + kept if kept else place) + hash_ + fragment


def identity_key(url: str) -> str:
    """What makes two addresses the same story: `example.com/a?b=1` for `http://www.example.com/a/?utm_source=x&b=1`.

    No scheme, no login, no `www.`, no tracking or session, parameters sorted, no slash at the end, escapes in one
    spelling (RFC 3986, section 6.2.2). A key is for comparing, not for fetching. Raises UsageError like `normalise`.
    """
    address = normalise(url).partition("://")[2]
    place, _, query = without_tracking(address).partition("?")
    authority, _, path = place.partition("/")
    host = authority.rpartition("@")[2].removeprefix("www.")
    pairs = sorted(pair for pair in _escapes(query).split("&") if pair)
    key = f"{host}/{_escapes(_SESSION.sub('', path))}".rstrip("/")
    return f"{key}?{'&'.join(pairs)}" if pairs else key


def _escapes(text: str) -> str:
    """Needless escapes undone, the others in capitals."""
    return _ESCAPE.sub(lambda found: char if (char := chr(int(found[1], 16))) in _UNRESERVED else found[0].upper(), text) if "%" in text else text


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    names, beginnings, pairs = _tracking()
    return name in names or name.startswith(beginnings) or f"{name}={value}" in pairs


@lru_cache(maxsize=1)
def _tracking() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """Whole names, beginnings of names, and name=value pairs of `tracking.txt`."""
    lines = [line.strip() for line in (files(__package__) / "tracking.txt").read_text("utf-8").splitlines()]
    rules = [line for line in lines if line and not line.startswith("#")]
    beginnings = tuple(rule[:-1] for rule in rules if rule.endswith("*"))
    pairs = frozenset(rule for rule in rules if "=" in rule)
    return frozenset(rules) - pairs, beginnings, pairs
