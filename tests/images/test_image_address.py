"""Which addresses the `url=` of a link means."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ImageError
from broadsheet.images.address import MAX_CHARS, source_addresses

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("http://pictures.example/a.jpg", "http://pictures.example/a.jpg"),
        ("https://pictures.example/a.jpg", "https://pictures.example/a.jpg"),
        ("HTTPS://Pictures.Example/A.jpg", "https://pictures.example/A.jpg"),
        ("ssl:pictures.example/a.jpg", "https://pictures.example/a.jpg"),
        ("//pictures.example/a.jpg", "https://pictures.example/a.jpg"),
        ("https%3A%2F%2Fpictures.example%2Fa.jpg", "https://pictures.example/a.jpg"),
        ("https:///pictures.example/a.jpg", "https://pictures.example/a.jpg"),
        ("https://pictures.example", "https://pictures.example/"),
        ("https://pictures.example?id=3", "https://pictures.example/?id=3"),
        ("https://pictures.example:443/a", "https://pictures.example/a"),
        ("http://pictures.example:8080/a", "http://pictures.example:8080/a"),
    ],
)
def test_an_address_with_a_scheme_is_itself(raw: str, address: str) -> None:
    assert source_addresses(raw) == (address,)


def test_a_bare_host_is_asked_over_https_first() -> None:
    assert source_addresses("pictures.example/a.jpg") == ("https://pictures.example/a.jpg", "http://pictures.example/a.jpg")


@pytest.mark.parametrize(("port", "scheme"), [(80, "http"), (443, "https")])
def test_a_port_that_belongs_to_a_scheme_says_which(port: int, scheme: str) -> None:
    assert source_addresses(f"pictures.example:{port}/a.jpg") == (f"{scheme}://pictures.example/a.jpg",)


def test_percent_encoding_is_taken_off_once() -> None:
    reserved = "%2D%2E%5F%7E%21%24%27%28%29%2A%2B%2C%3B%3D%3A%2F%3F%23%40%25"
    assert source_addresses(quote(f"https://pictures.example/esc/{reserved}", safe="")) == (f"https://pictures.example/esc/{reserved}",)


def test_reserved_and_unreserved_characters_stay_as_they_are() -> None:
    assert source_addresses("https://pictures.example/-._~!$'()*+,;=:@[]") == ("https://pictures.example/-._~!$'()*+,;=:@[]",)


@pytest.mark.parametrize("char", [*'"<>\\^`{}| \t\r\n', "\x00", "\x7f", "é", "图"])
def test_what_no_address_may_hold_is_encoded_again(char: str) -> None:
    encoded = "".join(f"%{byte:02X}" for byte in char.encode())
    assert source_addresses(quote(f"https://pictures.example/a{char}b", safe="")) == (f"https://pictures.example/a{encoded}b",)


@pytest.mark.parametrize("raw", ["https://pictures.example/a.jpg#top", "https://pictures.example/a.jpg%23top%23more"])
def test_the_fragment_is_dropped(raw: str) -> None:
    assert source_addresses(raw) == ("https://pictures.example/a.jpg",)


@pytest.mark.parametrize("host", ["♥.example", "%E2%99%A5.example", "♥\u3002example", "♥\uff0eexample", "♥\uff61example"])
def test_a_name_beyond_ascii_is_written_in_punycode(host: str) -> None:
    assert source_addresses(f"https://{host}/") == ("https://xn--g6h.example/",)


@pytest.mark.parametrize(
    "raw",
    [
        "", "a.b", "http:\\\\pictures.example", "http:%5C%5Cpictures.example/a", "http://pictures.example%5Ca/b", "unix:/run/socket",
        "http://unix:/run/socket", "http://", "https:///", "ftp://pictures.example/a", "file:///etc/passwd", "gopher://pictures.example/",
        "data:image/png;base64,AAAA", "javascript:alert(1)", "http://user:word@pictures.example/", "http://user@pictures.example/",
        "http://pictures.example:0/", "http://pictures.example:65536/", "http://pictures.example:port/", "http://two..dots.example/",
        f"http://{'a' * 64}.example/", f"http://{'a.' * 130}example/", "http://pictures example/", "http://pictures.example%00/", "[::1",
        "http://[::1%25eth0]/", "http://1.2.3.4.5/", "x" * (MAX_CHARS + 1),
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(raw: str) -> None:
    with pytest.raises(ImageError, match="Unable to parse URI") as raised:
        source_addresses(raw)
    assert raised.value.status == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "１２７.0.0.1", "%31%32%37.0.0.1", "127.0.0.1."])
def test_a_host_is_judged_by_the_number_it_stands_for(host: str) -> None:
    with pytest.raises(ImageError, match="IP address blocked by policy") as raised:
        source_addresses(f"http://{host}/", is_blocked=lambda judged: judged == "127.0.0.1")
    assert raised.value.status == 400


@given(TEXT)
def test_an_address_reads_the_same_when_it_is_asked_for_again(path: str) -> None:
    once = source_addresses(quote(f"https://pictures.example/{path}", safe=""))[0]
    assert source_addresses(quote(once, safe="")) == (once,)


@given(TEXT)
def test_an_address_is_plain_and_without_spaces(path: str) -> None:
    address = source_addresses(quote(f"https://pictures.example/{path}", safe=""))[0]
    assert all(0x21 <= ord(char) < 0x7F for char in address)
