"""Host names and host numbers in the spelling a browser would use, and the site a host belongs to.

Follows the host parser of the WHATWG URL standard (section 3.5): names are percent-decoded, mapped and lower-cased by
UTS 46 and written in Punycode; `0x7f.1` and `2130706433` are the IPv4 address they stand for. One deviation: a dot
at the end is dropped, so that a host has one name for politeness and for comparing.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

import idna

if TYPE_CHECKING:
    from tldextract import TLDExtract

_PLAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?")
_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
_MAX_HOST = 253  # RFC 1035, section 3.1


def canonical_host(raw: str) -> str | None:
    """*raw* as a browser would send it, or None if it cannot be a host."""
    if _PLAIN.fullmatch(raw) and "xn--" not in raw and len(raw) <= _MAX_HOST:
        return raw
    if raw.startswith("["):
        return _ipv6(raw)
    name = _ascii_name(unquote_to_bytes(raw).decode("utf-8", "replace"))
    if not name or len(name) > _MAX_HOST or _FORBIDDEN.search(name):
        return None
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _ipv4(name)
    return name


@lru_cache(maxsize=4096)
def site_of(url: str) -> str:
    """The registrable domain of *url* (`news.example.co.uk` → `example.co.uk`), or its host if it has none.

    Uses the public-suffix snapshot that comes with the package, private suffixes included: two blogs of one
    hosting service are two sites.
    """
    host = (urlsplit(url).hostname or "").rstrip(".") if "//" in url else url
    found = _suffixes()(host)
    if found.suffix or ":" in host or host.rpartition(".")[2].isdecimal():
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])  # a suffix that the list does not have (.lan, .example): its default rule is "*"


def _ascii_name(name: str) -> str | None:
    """Mapped by UTS 46, labels in Punycode; validity beyond that is left to the name servers (emoji names exist)."""
    try:
        mapped = name.lower() if name.isascii() else idna.uts46_remap(name, std3_rules=False, transitional=False)
        labels = [label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in mapped.split(".")]
    except (idna.IDNAError, UnicodeError):
        return None
    return ".".join(labels).rstrip(".")


def _ipv6(raw: str) -> str | None:
    """*raw* in brackets, in its shortest form. Zones (`%eth0`) are for no URL that a publisher can mean."""
    if not raw.endswith("]") or "%" in raw:
        return None
    try:
        return f"[{ipaddress.IPv6Address(raw[1:-1]).compressed}]"
    except ValueError:
        return None


def _ipv4(name: str) -> str | None:
    """One to four numbers, decimal, octal or hexadecimal; the last fills the bytes that are left (URL standard, 3.5)."""
    parts = name.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    try:
        *leading, last = [_number(part) for part in parts]
    except ValueError:  # an 8 or 9 in an octal number
        return None
    if any(part > 255 for part in leading) or last >= 256 ** (4 - len(leading)):
        return None
    return str(ipaddress.IPv4Address(sum(part << 8 * (3 - at) for at, part in enumerate(leading)) + last))


def _number(part: str) -> int:
    if part[:2] in ("0x", "0X"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part[0] == "0" else int(part[:20])


@lru_cache(maxsize=1)
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract  # slow to import, and not every command needs it

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
