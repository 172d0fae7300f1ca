"""Where we do not connect: special addresses, odd ports, names that only mean something inside a network.

An address is checked three times, each for its own reason: what a URL spells out, before anything is asked (`Guard.check`, the
only check there can be when a proxy does the connecting); what a name resolves to (`GuardedResolver`, so that a name with one
public and one private address reaches the public one, as a dialler-level guard would do); and what a socket is really
about to connect to (`guarded_socket`), which no redirect, rebinding or odd spelling gets around.

Hosts in `fetch.private_hosts` are exempt from all three, and so is the proxy itself; its targets are not. What a name resolves to
on the other side of a proxy is not ours to see: such a proxy wants a guard of its own.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING

import aiohttp.abc

from broadsheet.errors import ConfigError, RefusedAddress, UsageError
from broadsheet.fetch.addresses import special
from broadsheet.fetch.target import Target, read_target

if TYPE_CHECKING:
    from aiohappyeyeballs import AddrInfoType  # of aiohttp's own making; only its name is needed

# The ports that publishers' web servers are found on. Elsewhere our requests would only be somebody's tool for
# knocking at mail servers and databases.
WEB_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8088, 8443, 8880, 8888})
# Names that no public name server answers for (RFC 6761, RFC 6762, RFC 8375, ICANN's list of private-use names).
_INNER_NAMES = ("localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain", "home.arpa")
_SPELT_IN_NAME = re.compile(r"(?<![0-9])([0-9]{1,3})[.-]([0-9]{1,3})[.-]([0-9]{1,3})[.-]([0-9]{1,3})(?![0-9])")
_PORT = re.compile(r":([0-9]{1,5})")

Lookup = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""From a name and a port to the IP addresses it has, as text, the best first."""


class Blocked(OSError):
    """A connection stopped at the last moment. An OSError, so that the connector passes it on like any failed attempt."""


@dataclass(frozen=True, slots=True)
class _Exempt:
    host: str
    port: int | None  # None: any


class Guard:
    """Decides about targets before anything is sent. *proxied*: somebody else will resolve the names."""

    def __init__(self, private_hosts: Iterable[str], *, proxied: bool) -> None:
        self._exempt = frozenset(_read_exempt(entry) for entry in private_hosts)
        self._proxied = proxied

    def is_exempt(self, target: Target) -> bool:
        """Whether the operator allowed this host."""
        return _Exempt(target.host, None) in self._exempt or _Exempt(target.host, target.port) in self._exempt

    def check(self, target: Target) -> None:
        """Raises RefusedAddress if *target* can be seen, as it is written, to lead where we do not go."""
        if self.is_exempt(target):
            return
        if target.address is not None and (kind := special(target.address)):
            raise refused(target, f"{target.host} is {kind}")
        if self._proxied and target.address is None and (reason := _inner_name(target.host)):
            raise refused(target, reason)
        if target.port not in WEB_PORTS:
            raise refused(target, f"port {target.port} is not one that web servers use", name=f"{target.host}:{target.port}")


def refused(target: Target, what: str, *, name: str = "") -> RefusedAddress:
    """The error that says why *target* is out of bounds, and how an operator allows it."""
    return RefusedAddress(target.url, what, do=f"To allow it, add {name or target.host} to fetch.private_hosts")


class Resolver(aiohttp.abc.AbstractResolver):
    """Names to addresses, for hosts that may have any: the proxy and `fetch.private_hosts`."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[aiohttp.abc.ResolveResult]:
        addresses = await self._lookup(host, port)
        if not addresses:
            raise socket.gaierror(socket.EAI_NODATA, f"{host} has no address")
        return [_answer(host, port, address) for address in addresses]

    async def close(self) -> None:
        """Nothing is held open."""


class GuardedResolver(Resolver):
    """Names to their public addresses; raises Blocked if a name has none but special ones."""

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[aiohttp.abc.ResolveResult]:
        answers = await super().resolve(host, port, family)
        public = [answer for answer in answers if special(answer["host"]) is None]
        if not public:
            first = answers[0]["host"]
            raise Blocked(f"{host} resolves to {first}, {special(first)}")
        return public


def guarded_socket(info: AddrInfoType) -> socket.socket:
    """A socket for the address it will connect to; raises Blocked if that is special."""
    family, kind, protocol, _, place = info
    if words := special(str(place[0])):
        raise Blocked(f"{place[0]} is {words}")
    return socket.socket(family, kind, protocol)


def _answer(host: str, port: int, address: str) -> aiohttp.abc.ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return {"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": socket.AI_NUMERICHOST}


def _read_exempt(entry: str) -> _Exempt:
    """`nas.lan`, `nas.lan:8080`, `192.168.1.5`, `[fd00::5]:8080` or `fd00::5`. Raises ConfigError for anything else."""
    try:
        bare = ip_address(entry)
    except ValueError:
        return _read_named(entry)
    return _Exempt(str(bare), None)


def _read_named(entry: str) -> _Exempt:
    remedy = "Give a name or an address, with a port if need be: nas.lan, 192.168.1.5:8080"
    try:
        target = read_target(f"http://{entry}/")
    except UsageError as error:
        raise ConfigError("fetch.private_hosts", f"{entry!r} is not a host", do=remedy) from error
    if target.url.count("/") != 3 or target.login or "?" in entry:
        raise ConfigError("fetch.private_hosts", f"{entry!r} is more than a host", do=remedy)
    port = _PORT.search(entry.rpartition("]")[2])
    return _Exempt(target.host, int(port[1]) if port else None)


def _inner_name(host: str) -> str | None:
    """Why *host* is a name we do not hand to a proxy, or None.

    Evidence: cloud metadata, routers and development servers are reached by names under these endings or without a dot; public
    name services answer `10.0.0.1.anything` or `10-0-0-1.anything` with the address written in the name.
    """
    name = host.rstrip(".")
    if "." not in name or name.endswith(tuple(f".{inner}" for inner in _INNER_NAMES)):
        return f"{host} is a name from inside a network"
    for found in _SPELT_IN_NAME.finditer(name):
        if all(int(part) < 256 for part in found.groups()) and (kind := special(IPv4Address(".".join(str(int(part)) for part in found.groups())))):
            return f"{host} spells out {kind}"
    return None
