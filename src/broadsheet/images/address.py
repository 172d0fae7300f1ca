"""The `url=` of a link to the proxy: which addresses it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from broadsheet.images.messages import bad_address, blocked_address
from broadsheet.urls.hosts import canonical_host

SHORTEST = 4  # characters
MAX_CHARS = 8_000
LONGEST_LABEL = 63  # octets between two dots of a name (RFC 1035, section 2.3.4)

Blocked = Callable[[str], bool]
"""Whether a host, as a URL spells it, is an address that we do not connect to."""

_SCHEME = re.compile(rb"(https?)://|(ssl:)(?://)?|(//)", re.IGNORECASE)
# Without a port behind it, what looks like a host is a scheme (`ftp://`, `data:`, `mailto:`), or nginx's way to a socket (`unix:/run/x`).
_OTHER_SCHEME = re.compile(rb"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)
_PLACE = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(?::(?P<port>[0-9]{0,5}))?")
# What weserv encodes again after its one decoding; "%" and the reserved characters of RFC 3986 stay as they came.
_RE_ENCODED = frozenset(b'"<>\\^`{}|') | frozenset(range(0x21)) | frozenset(range(0x7F, 0x100))


def nothing_is_blocked(host: str) -> bool:
    """For those who check elsewhere."""
    return False


def source_addresses(raw: str, *, is_blocked: Blocked = nothing_is_blocked) -> tuple[str, ...]:
    """The addresses that *raw* (still percent-encoded, as in the query) means, in the order to try them.

    One with a scheme (`https://`, `http://`; `ssl:` and `//` for https), two without: https first, though weserv itself takes http,
    since almost every publisher answers https today and plain http is seldom answered with a picture. The fragment is dropped. Raises
    ImageError (400) for what is no such address, bears a password, or spells out an address that *is_blocked*.
    """
    decoded = unquote_to_bytes(raw[:MAX_CHARS])
    found = _SCHEME.match(decoded)
    rest = (decoded[found.end() :] if found else decoded).lstrip(b"/")
    if len(raw) > MAX_CHARS or len(decoded) < SHORTEST or _OTHER_SCHEME.match(rest):
        raise bad_address()
    end = next((at for at, byte in enumerate(rest) if byte in b"/?#"), len(rest))
    host, port = _place(rest[:end].decode("utf-8", "replace"))
    if is_blocked(host):
        raise blocked_address()
    path = _encoded(rest[end:].partition(b"#")[0])
    if not path.startswith("/"):
        path = f"/{path}"
    return tuple(f"{scheme}://{host}{_said(port, scheme)}{path}" for scheme in _schemes(found, port))


def _schemes(found: re.Match[bytes] | None, port: int | None) -> tuple[str, ...]:
    if found is not None:
        return (found[1].decode().lower() if found[1] else "https",)
    return {80: ("http",), 443: ("https",)}.get(port or 0, ("https", "http"))


def _said(port: int | None, scheme: str) -> str:
    return "" if port is None or port == {"http": 80, "https": 443}[scheme] else f":{port}"


def _place(place: str) -> tuple[str, int | None]:
    """Host and port of an authority. Raises ImageError for anything else, a login included: it would be sent to whoever is named after it."""
    found = _PLACE.fullmatch(place)
    host = canonical_host(found["host"]) if found and found["host"] else None
    if found is None or host is None or any(not 0 < len(label) <= LONGEST_LABEL for label in host.split(".")):
        raise bad_address()
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 0 < port < 65_536:
        raise bad_address()
    return host, port


def _encoded(path: bytes) -> str:
    return "".join(f"%{byte:02X}" if byte in _RE_ENCODED else chr(byte) for byte in path)
