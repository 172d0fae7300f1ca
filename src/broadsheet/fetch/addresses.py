"""Which IP addresses are special: not a place on the public internet where a publisher's server could be.

Our own table rather than `ipaddress.is_global`, whose answers differ between Python releases and which takes IPv4
hidden in IPv6 at its word. From the IANA special-purpose address registries (RFC 6890, RFC 8190).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), words)
    for network, words in (
        ("0.0.0.0/8", "an address for this host itself"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier's shared address"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),  # where clouds keep their metadata
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a protocol assignment"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),  # with the limited broadcast
    )
)

_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA hands out; the rest of IPv6 is special or unused
_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), words)
    for network, words in (
        ("2001::/32", "a Teredo address, which hides an IPv4 one"),
        ("2001::/23", "a protocol assignment"),
        ("2001:db8::/32", "a documentation address"),
        ("2002::/16", "a 6to4 address, which hides an IPv4 one"),  # deprecated by RFC 7526; no publisher lives there
        ("3fff::/20", "a documentation address"),
    )
)
_OUTSIDE: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), words)
    for network, words in (
        ("::/128", "an address for this host itself"),
        ("::1/128", "a loopback address"),
        ("64:ff9b:1::/48", "a local NAT64 address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
# RFC 5214, section 6.1: the interface identifier of ISATAP, with and without the "universal" bit.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def special(address: Address | str) -> str | None:
    """What kind of special address *address* is ("a private address"), or None if it is an ordinary public one.

    IPv4 written inside IPv6 counts as what it leads to. An IPv6-only network reaches all of IPv4 through 64:ff9b::/96, so
    that prefix is refused only for the IPv4 addresses that are refused themselves.
    """
    if isinstance(address, str):
        address = ip_address(address.partition("%")[0])
    if isinstance(address, IPv4Address):
        return _listed(address, _V4)
    if address.ipv4_mapped is not None:
        return special(address.ipv4_mapped)
    if address in _NAT64:
        return special(IPv4Address(int(address) & 0xFFFFFFFF))
    if address not in _GLOBAL_UNICAST:
        return _listed(address, _OUTSIDE) or "an address outside the public internet"
    return "an ISATAP address, which hides an IPv4 one" if _is_isatap(address) else _listed(address, _V6)


def _listed(address: Address, table: tuple[tuple[IPv4Network | IPv6Network, str], ...]) -> str | None:
    return next((words for network, words in table if address in network), None)


def _is_isatap(address: IPv6Address) -> bool:
    return (int(address) >> 32) & 0xFFFFFFFF in _ISATAP
