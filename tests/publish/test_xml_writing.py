"""XML written as text says exactly what it was given."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.publish import xml
from broadsheet.text import xml_text

texts = st.text() | st.sampled_from(["]]>", "a]]>b]]>", "]]]]>>", "\r\n", "\t\n", "&#x0;", '"'])


def test_an_element_without_text_is_not_written() -> None:
    assert xml.leaf("a", None) + xml.leaf("a", "") + xml.cdata("a", "") == ""


def test_an_attribute_that_is_not_known_is_not_written() -> None:
    assert xml.empty("a", {"b": None, "c": 0}) == '<a c="0"/>\n'


@given(texts.filter(bool))
def test_text_comes_back_as_it_was(text: str) -> None:
    assert ET.fromstring(xml.leaf("a", f"x{text}")).text == "x" + xml_text(text)


@given(texts)
def test_an_attribute_comes_back_as_it_was(text: str) -> None:
    assert ET.fromstring(xml.empty("a", {"b": text})).get("b") == xml_text(text)


@given(texts)
def test_a_cdata_section_ends_only_at_its_end(text: str) -> None:
    assert ET.fromstring(xml.cdata("a", f"x{text}")).text == "x" + xml_text(text).replace("\r", "")
