from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ConfigError, RefusedAddress, UsageError
from broadsheet.fetch.addresses import special
from broadsheet.fetch.guard import Blocked, Guard, GuardedResolver, guarded_socket
from broadsheet.fetch.target import read_target

SPECIAL_HOSTS = """
    127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 017700000001 0x7f000001 0x7f.1 0177.0.0.1 0177.0.0.0x1 0x7F.0x0.0x0.0x1
    127.0.0.1. 00000177.1 %31%32%37.0.0.1 １２７.０.０.１ 127。0。0。1 ①②⑦.0.0.1 user:word@127.0.0.1 example.com@127.0.0.1
    0 0.0.0.0 0x0 0.1.2.3 10.0.0.1 10.255.255.255 0xa.1 167772161 012.0.0.1 172.16.0.1 172.31.255.255 2886729729 192.168.0.1 192.168.1
    0xc0a80101 100.64.0.1 100.127.255.254 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 192.0.0.1 192.0.0.170
    192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    [::] [::1] [0:0:0:0:0:0:0:1] [0000::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::127.0.0.1] [::7f00:1]
    [2002:7f00:1::] [2002:a9fe:a9fe::1] [2002:808:808::1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::808:808]
    [2001:0:7f00:1::] [2001::1] [2001:0:53aa:64c:0:0:80ff:fffe] [2a00:1::5efe:10.0.0.1] [2a00:1::200:5efe:7f00:1] [2001:db8::1] [3fff::1]
    [2001:2::1] [2001:10::1] [100::1] [fc00::1] [fd00:ec2::254] [fe80::1] [febf::1] [fec0::1] [ff02::1] [ff0e::1] [5f00::1] [4000::1]
""".split()  # eighty strings in quotes would be hard to read
PUBLIC_HOSTS = ["8.8.8.8", "134744072", "0x8.0x8.0x8.0x8", "100.63.255.255", "172.32.0.1", "[2a00:1450::1]", "[64:ff9b::808:808]", "[::ffff:8.8.8.8]"]


@pytest.mark.parametrize("host", SPECIAL_HOSTS)
def test_no_spelling_of_a_special_address_passes_the_guard(host: str) -> None:
    target = read_target(f"http://{host}/feed")
    with pytest.raises(RefusedAddress):
        Guard((), proxied=False).check(target)


@pytest.mark.parametrize("host", PUBLIC_HOSTS)
def test_a_public_address_passes_however_it_is_spelt(host: str) -> None:
    Guard((), proxied=False).check(read_target(f"http://{host}/feed"))


@pytest.mark.parametrize("host", ["256.0.0.1", "1.2.3.4.5", "0x100000000", "08.0.0.1", "[::1%25lo]", "[1.2.3.4]", "[:::1]", "127.0.0.1:x", ""])
def test_what_cannot_be_a_host_is_no_target(host: str) -> None:
    with pytest.raises(UsageError):
        read_target(f"http://{host}/")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://example.com/", "data:text/html,x", "javascript:alert(1)", "ftp://example.com/"])
def test_other_schemes_are_no_target(url: str) -> None:
    with pytest.raises(UsageError):
        read_target(url)


@pytest.mark.parametrize("port", [1, 22, 25, 53, 110, 587, 3306, 5432, 6379, 9200, 11211, 27017, 65535])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(RefusedAddress, match=f"port {port} .*add example.com:{port} to fetch.private_hosts"):
        Guard((), proxied=False).check(read_target(f"http://example.com:{port}/"))


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_ports_of_web_servers_pass(port: int) -> None:
    Guard((), proxied=False).check(read_target(f"http://example.com:{port}/"))


@pytest.mark.parametrize("entry", ["10.0.0.7", "10.0.0.7:9000"])
def test_a_private_host_passes_when_the_operator_named_it(entry: str) -> None:
    Guard((entry,), proxied=False).check(read_target("http://10.0.0.7:9000/feed"))


@pytest.mark.parametrize("entry", ["fd00::5", "[fd00::5]", "[fd00::5]:8080", "FD00:0::5"])
def test_a_private_ipv6_host_may_be_named_in_any_spelling(entry: str) -> None:
    Guard((entry,), proxied=False).check(read_target("http://[fd00::5]:8080/feed"))


@pytest.mark.parametrize("entry", ["10.0.0.7:9001", "10.0.0.8", "7.0.0.10"])
def test_another_port_or_host_than_the_one_named_is_refused(entry: str) -> None:
    with pytest.raises(RefusedAddress):
        Guard((entry,), proxied=False).check(read_target("http://10.0.0.7:9000/feed"))


@pytest.mark.parametrize("entry", ["http://nas.lan", "nas.lan/feed", "nas.lan?x", "user@nas.lan", "", "nas.lan:port", "10.0.0.0/8"])
def test_an_entry_that_is_no_host_is_a_config_error(entry: str) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.private_hosts"):
        Guard((entry,), proxied=False)


@pytest.mark.parametrize(
    "host", ["localhost", "router", "nas.local", "metadata.google.internal", "x.localhost", "10.0.0.1.example.net", "x-127-0-0-1.example.net"]
)
def test_an_inner_name_is_not_handed_to_a_proxy(host: str) -> None:
    with pytest.raises(RefusedAddress):
        Guard((), proxied=True).check(read_target(f"http://{host}/"))


@pytest.mark.parametrize(
    "host", ["example.com", "8.8.8.8.example.net", "news-2026-03-01-10.example.com", "1.2.3.400.example.com", "local.example.com"]
)
def test_an_ordinary_name_is_handed_to_a_proxy(host: str) -> None:
    Guard((), proxied=True).check(read_target(f"http://{host}/"))


def test_a_refusal_names_host_kind_and_remedy() -> None:
    with pytest.raises(RefusedAddress) as refusal:
        Guard((), proxied=False).check(read_target("http://0x0a.7/feed"))
    assert str(refusal.value) == "http://10.0.0.7/feed: 10.0.0.7 is a private address. To allow it, add 10.0.0.7 to fetch.private_hosts"


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1%lo"])
def test_no_socket_is_made_for_a_special_address(address: str) -> None:
    with pytest.raises(Blocked):
        guarded_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)))


def test_a_socket_is_made_for_a_public_address() -> None:
    with guarded_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))) as made:
        assert made.family == socket.AF_INET


def resolve(*addresses: str) -> list[str]:
    async def lookup(host: str, port: int) -> tuple[str, ...]:
        return addresses

    return [answer["host"] for answer in asyncio.run(GuardedResolver(lookup).resolve("mixed.example", 80))]


def test_of_a_public_and_a_private_answer_only_the_public_is_used() -> None:
    assert resolve("10.0.0.1", "8.8.8.8", "::1", "2a00:1450::1") == ["8.8.8.8", "2a00:1450::1"]


def test_a_name_with_only_special_answers_is_blocked() -> None:
    with pytest.raises(Blocked, match=r"mixed\.example resolves to 10\.0\.0\.1, a private address"):
        resolve("10.0.0.1", "::1")


@given(st.ip_addresses(v=4))
def test_what_we_call_public_python_calls_global(address: IPv4Address) -> None:
    assert special(address) is not None or (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=6))
def test_what_we_call_public_python_calls_global_in_ipv6(address: IPv6Address) -> None:
    assert special(address) is not None or (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_no_less_special_inside_ipv6(address: IPv4Address) -> None:
    assert special(f"::ffff:{address}") == special(f"64:ff9b::{address}") == special(address)
