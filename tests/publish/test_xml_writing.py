"""XML written as text says exactly what it was given."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.publish import xml
from broadsheet.publish.plain import allowed, web_address
from broadsheet.text import xml_text

texts = st.text() | st.sampled_from(["]]>", "a]]>b]]>", "]]]]>>", "\r\n", "\t\n", "&#x0;", '"'])


def test_an_element_without_text_is_not_written() -> None:
    assert [xml.leaf("a", None), xml.leaf("a", ""), xml.known("a", ""), xml.cdata("a", ""), xml.markup("a", "", {})] == ["", "", "", b"", b""]


def test_an_attribute_that_is_not_known_is_not_written() -> None:
    assert xml.empty("a", {"b": None, "c": 0}) == '<a c="0"/>\n'


@given(texts.filter(bool))
def test_text_comes_back_as_it_was(text: str) -> None:
    assert ET.fromstring(xml.leaf("a", f"x{text}")).text == "x" + allowed(text)


@given(texts)
def test_an_attribute_comes_back_as_it_was(text: str) -> None:
    assert ET.fromstring(xml.empty("a", {"b": text})).get("b") == allowed(text)


@given(texts.filter(bool))
def test_escaped_html_comes_back_as_it_was(text: str) -> None:
    assert ET.fromstring(xml.markup("a", f"x{text}", {"b": text})).text == "x" + allowed(text)


@given(texts)
def test_a_cdata_section_ends_only_at_its_end(text: str) -> None:
    assert ET.fromstring(xml.cdata("a", f"x{text}")).text == "x" + allowed(text).replace("\r", "")


@given(st.text(st.characters(max_codepoint=0x7F) | st.characters(min_codepoint=0xA0)))
def test_only_what_xml_forbids_is_taken_out(text: str) -> None:
    assert allowed(text) == xml_text(text)


@given(st.text(min_size=500))
def test_long_texts_are_held_to_the_same_rules_as_short_ones(text: str) -> None:
    assert allowed(text) == "".join(allowed(character) for character in text)


def test_quotes_that_were_taken_for_control_characters_become_quotes() -> None:
    assert allowed("It\x92s \x93new\x94\x81") == "It’s “new”"


@given(st.text())
def test_an_address_holds_only_what_every_reader_takes(text: str) -> None:
    assert xml_text(address := web_address(f"https://p.example/{text}")) == address.encode("ascii").decode()
    assert not set(address) & set(' "<>[]{}|\\^`')


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "/relative", "ftp://a.example/", "https://"])
def test_what_is_no_web_address_is_none(url: str) -> None:
    assert web_address(url) == ""
