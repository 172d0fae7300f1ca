"""An address to ask, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from broadsheet.fetch.addresses import Address
from broadsheet.urls import normalise

_LOGIN = re.compile(r"(?<=//)[^/?#]*@")
_NUMBER = re.compile(r"[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")  # once normalised, only an address looks so
_DEFAULT_PORT = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one hop goes. *url* is normalised and without login; *address* is set when the host is a number, not a name."""

    url: str
    scheme: str
    host: str  # no brackets, no port
    port: int
    address: Address | None = None
    login: tuple[str, str] | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port with a slash: where robots.txt lies."""
        return "/".join(self.url.split("/", 3)[:3]) + "/"


def read_target(url: str) -> Target:
    """*url* taken apart, every spelling of a host read as a browser would. Raises UsageError if it is no http(s) address."""
    parts = urlsplit(normalise(url))
    authority = parts.netloc.rpartition("@")[2]
    host = parts.hostname or ""
    return Target(
        url=parts._replace(netloc=authority).geturl(),
        scheme=parts.scheme,
        host=host,
        port=parts.port or _DEFAULT_PORT[parts.scheme],
        address=ip_address(host) if _NUMBER.fullmatch(host) else None,
        login=(unquote(parts.username or ""), unquote(parts.password or "")) if parts.username or parts.password else None,
    )


def without_login(url: str) -> str:
    """*url* without user and password, for messages and records; any text will do."""
    return _LOGIN.sub("", url)
