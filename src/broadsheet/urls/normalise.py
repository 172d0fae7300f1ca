"""One spelling for every http(s) address, relative ones resolved.

Follows the URL standard (url.spec.whatwg.org) where it concerns http and https, written as text to text: percent signs
that are there stay as they are, so `%2530` never becomes `%30`. The fragment is dropped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from broadsheet.errors import UsageError
from broadsheet.urls.hosts import canonical_host

_DEFAULT_PORT = {"http": "80", "https": "443"}
# Already as we would write it, but for dot segments and names to check: the usual case, and worth not taking apart.
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,20}"
_PATH = r"/[A-Za-z0-9_~!$&'()*+,;=:@%./-]*(?:\?[A-Za-z0-9_~!$&()*+,;=:@%./?-]+)?"
_CLEAN = re.compile(f"https?://{_HOST}{_PATH}")
_CLEAN_PATH = re.compile(f"(?!//){_PATH}")  # "//" begins a host
_ENDS = "".join(map(chr, range(0x21)))  # C0 controls and space, cut off at both ends
_INSIDE = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_TAIL = re.compile(r"([^?]*)(\?.*)?", re.DOTALL)
_DOT = re.compile(r"(?:\.|%2[eE])")
_TWO_DOTS = re.compile(r"(?:\.|%2[eE]){2}")
_NOT_IN_PATH = re.compile(r"[^!$%&'()*+,./0-9:;=@A-Z\[\\\]_a-z|~-]+")
_NOT_IN_QUERY = re.compile(r"[^!$%&()*+,./0-9:;=?@A-Z\[\\\]^_`a-z{|}~-]+")
_NOT_IN_USER = re.compile(r"[^!$%&'()*+,.0-9A-Z_a-z~-]+")
_MAX_URL = 8192  # no browser or server of weight takes longer ones; data: URLs are not for here


class _Parts(NamedTuple):
    scheme: str
    authority: str  # with user and port
    path: str
    query: str  # with its question mark, or empty


def normalise(url: str, base: str | None = None) -> str:
    """The one spelling of *url*: `HTTP://Exa%6dple.COM:80/a/../b c#x` is `http://example.com/b%20c`.

    A relative *url* is resolved against *base*. Doing it twice changes nothing.
    Raises UsageError if the outcome is not http or https, has no host, or is absurdly long.
    """
    if len(url) < 2048 and (clean := _clean(url, base)) is not None:
        return clean
    cleaned = url.strip(_ENDS).translate(_INSIDE).partition("#")[0]
    if len(cleaned) > _MAX_URL:
        raise UsageError(cleaned[:80] + "…", f"is longer than {_MAX_URL} characters")
    parts = _split(cleaned, url, base)
    return "".join((parts.scheme, "://", _authority(parts, url), _encoded(_NOT_IN_PATH, _without_dots(parts.path)), _query(parts.query)))


def _clean(url: str, base: str | None) -> str | None:
    """*url* if it is written as we would write it; one that begins with the path, behind the host of *base*. None for all others."""
    if "/." in url or "%2e" in url or "%2E" in url or "xn--" in url:
        return None
    if base and _CLEAN_PATH.fullmatch(url):
        under = _base_parts(base)
        return f"{under.scheme}://{under.authority}{url}"
    return url if _CLEAN.fullmatch(url) else None


def join(base: str, ref: str) -> str | None:
    """The absolute http(s) URL of *ref* as found at *base*, or None (`mailto:`, `javascript:`, nonsense). Never raises."""
    try:
        return normalise(ref, base)
    except UsageError:
        return None


def is_http(url: str) -> bool:
    """Whether *url* is an absolute http or https URL."""
    if url.strip(_ENDS)[:8].lower().startswith(("http://", "https://")):
        return join("", url) is not None
    return False


def host_of(url: str) -> str:
    """The host of *url* as normalised, without port: the name politeness counts by. Raises UsageError if it has none."""
    return re.sub(r":\d*$", "", _netloc(url))


def origin_of(url: str) -> str:
    """Scheme, host and port with a slash: the address of the site's root. Raises UsageError if *url* is none."""
    clean = normalise(url)
    return f"{clean.partition('://')[0]}://{_netloc(clean)}/"


def _netloc(url: str) -> str:
    return normalise(url).partition("://")[2].partition("?")[0].partition("/")[0].rpartition("@")[2]


def _split(cleaned: str, said: str, base: str | None) -> _Parts:
    """Scheme, authority, path and query of *cleaned*, those it lacks taken from *base*."""
    scheme, rest = (found[1].lower(), found[2]) if (found := _SCHEME.fullmatch(cleaned)) else ("", cleaned)
    path, query = _path_and_query(rest)
    if scheme and scheme not in _DEFAULT_PORT:
        raise UsageError(said, f"is a {scheme}: address, not http or https")
    under = _base_parts(base) if base and (not scheme or not path.startswith("/")) else None
    if scheme and (under is None or path.startswith("/") or under.scheme != scheme):
        return _absolute(scheme, path.lstrip("/"), query)
    if under is None:
        raise UsageError(said, "is not an absolute address", do="Give it with https:// in front")
    if path.startswith("//"):
        return _absolute(under.scheme, path.lstrip("/"), query)
    if not path:
        return under._replace(query=query or under.query)
    if path.startswith("/"):
        return under._replace(path=path, query=query)
    return under._replace(path=under.path.rpartition("/")[0] + "/" + path, query=query)


def _path_and_query(rest: str) -> tuple[str, str]:
    found = _TAIL.fullmatch(rest)
    assert found is not None
    return found[1].replace("\\", "/"), found[2] or ""


def _absolute(scheme: str, rest: str, query: str) -> _Parts:
    authority, slash, path = rest.partition("/")
    return _Parts(scheme, authority, slash + path, query)


@lru_cache(maxsize=64)  # all links of a page have one base
def _base_parts(base: str) -> _Parts:
    """The parts of *base*, which must itself be absolute."""
    try:
        clean = normalise(base)
    except UsageError as error:
        raise UsageError(base, "is no http address, so nothing can be relative to it") from error
    scheme, _, rest = clean.partition("://")
    path, query = _path_and_query(rest)
    return _absolute(scheme, path, query)


def _authority(parts: _Parts, said: str) -> str:
    user, at, place = parts.authority.rpartition("@")
    raw_host, port = _host_and_port(place)
    host = canonical_host(raw_host) if raw_host else None
    if host is None:
        raise UsageError(said, "names no host" if not raw_host else f"names {raw_host!r}, which cannot be a host")
    if port and not (port.isascii() and port.isdecimal() and len(port.lstrip("0")) <= 5 and int(port) < 65536):
        raise UsageError(said, f"has the port {port!r}, which does not exist")
    number = str(int(port)) if port else ""
    shown = f":{number}" if number and number != _DEFAULT_PORT[parts.scheme] else ""
    name, colon, word = user.partition(":")
    login = _encoded(_NOT_IN_USER, name) + (colon and word and colon + _encoded(_NOT_IN_USER, word))
    return (login + at if login else "") + host + shown


def _host_and_port(place: str) -> tuple[str, str]:
    if place.startswith("["):
        host, bracket, rest = place.partition("]")
        return host + bracket, rest.removeprefix(":")
    host, _, port = place.partition(":")
    return host, port


def _without_dots(path: str) -> str:
    """Dot segments resolved as the URL standard does: `%2e` counts as a dot, nothing climbs above the root."""
    if "." not in path and "%2" not in path:
        return path or "/"
    kept: list[str] = []
    segments = path.split("/")[1:]
    for at, segment in enumerate(segments):
        last = at == len(segments) - 1
        if _TWO_DOTS.fullmatch(segment):
            del kept[-1:]
        elif not _DOT.fullmatch(segment):
            kept.append(segment)
            continue
        if last:
            kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    return _encoded(_NOT_IN_QUERY, query) if query != "?" else ""


def _encoded(unwanted: re.Pattern[str], text: str) -> str:
    """*text* with its *unwanted* characters as percent-encoded UTF-8; lone surrogates become U+FFFD."""
    if unwanted.search(text) is None:
        return text
    return unwanted.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()), text
    )
