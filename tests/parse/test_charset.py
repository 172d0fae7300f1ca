"""In which encoding bytes are read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.parse.charset import as_utf8, codec_of, decode

CHINESE = "港口的墙在去年的风暴中倒塌了，市议会在星期二开会，要决定谁来付钱，也要决定渔民在新的委员会里有几个席位。"
JAPANESE = "市議会は火曜日に港の壁の再建について話し合い、だれが費用を払うのかを決めることになっている。漁師たちは反対している。"
RUSSIAN = "Городской совет собрался во вторник, чтобы решить, кто заплатит за восстановление портовой стены после шторма."
KOREAN = "시의회는 화요일에 모여 폭풍으로 무너진 항구의 벽을 다시 세우는 데 누가 돈을 낼 것인지를 결정하기로 했다."


def html(data: bytes, content_type: str | None = None) -> tuple[str, str]:
    return decode(data, content_type=content_type, kind="html")


def test_a_byte_order_mark_outranks_the_header() -> None:
    assert html(b"\xef\xbb\xbf\xc3\xa9", "text/html; charset=iso-8859-1") == ("é", "utf-8")


def test_utf16_with_its_mark_is_read() -> None:
    assert html("tide".encode("utf-16")) == ("tide", "utf-16-le")


def test_utf16_without_its_mark_is_recognised() -> None:
    assert html("<p>high tide</p>".encode("utf-16-be"))[0] == "<p>high tide</p>"


def test_the_header_is_believed() -> None:
    assert html("Привет".encode("cp1251"), "text/html; charset=windows-1251")[0] == "Привет"


def test_the_markup_is_believed_where_the_header_is_silent() -> None:
    data = b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">' + CHINESE.encode("gb18030")
    assert html(data, "text/html") == (data.decode("gb18030"), "gb18030")


def test_an_xml_declaration_is_believed() -> None:
    data = '<?xml version="1.0" encoding="Shift_JIS"?><t>港</t>'.encode("cp932")
    assert decode(data, content_type=None, kind="xml") == ('<?xml version="1.0" encoding="Shift_JIS"?><t>港</t>', "cp932")


def test_plain_utf8_outranks_a_wrong_declaration() -> None:
    assert html(f'<meta charset="gbk">{RUSSIAN}'.encode(), "text/html; charset=iso-8859-1")[1] == "utf-8"


def test_two_gbk_characters_that_happen_to_be_utf8_are_read_as_declared() -> None:
    assert html("联通".encode("gbk"), "text/html; charset=gbk")[0] == "联通"


def test_one_bad_byte_does_not_spoil_utf8() -> None:
    text, encoding = html(RUSSIAN.encode() + b"\xff" + RUSSIAN.encode(), "text/html; charset=utf-8")
    assert (encoding, text.count("\ufffd")) == ("utf-8", 1)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (KOREAN, "cp949"),
        (CHINESE, "utf-8"),
    ],
)
def test_an_undeclared_encoding_is_guessed_from_the_letters(text: str, encoding: str) -> None:
    assert html(text.encode(encoding)) == (text, encoding)


def test_traditional_chinese_in_big5_is_guessed() -> None:
    text = "這個城市的人們在過去的時候為了他們的國家和他們自己的家，有一個很大的會，說到我們要來的時候。"
    assert html(text.encode("big5hkscs")) == (text, "big5hkscs")


def test_a_wrong_declaration_gives_way_to_what_the_letters_say() -> None:
    assert html(CHINESE.encode("gb18030"), "text/html; charset=utf-8") == (CHINESE, "gb18030")


def test_western_text_without_declaration_is_windows_1252() -> None:
    assert html("Größe, déjà vu – „Ölpreis“ €".encode("cp1252")) == ("Größe, déjà vu – „Ölpreis“ €", "windows-1252")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("GB2312", "gb18030"),
        ("euc-kr", "cp949"),
        ("latin1", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
    ],
)
def test_labels_are_widened_as_browsers_do(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize("label", ["zlib", "base64", "rot13", "idna", "unicode_escape", "utf-7", "nonsense", "", "\0", "é"])
def test_labels_that_are_no_encoding_of_text_are_refused(label: str) -> None:
    assert codec_of(label) is None


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([None, "text/html", "text/html; charset=gbk", "text/xml; charset='utf-16'", "charset=utf-7"]),
    st.sampled_from(["html", "xml"]),
)
def test_any_bytes_give_text(data: bytes, content_type: str | None, kind: str) -> None:
    text, encoding = decode(data, content_type=content_type, kind=kind)  # type: ignore[arg-type]
    assert (type(text), codec_of(encoding) is None) == (str, False)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff"), max_size=200))
def test_declared_utf8_reads_back_what_was_written(text: str) -> None:
    assert html(text.encode(), "text/html; charset=utf-8")[0] == text


@given(st.binary(max_size=200) | st.text(max_size=50).map(lambda text: text.encode("utf-16")), st.sampled_from([None, "text/xml; charset=gb18030"]))
def test_bytes_for_the_xml_parser_are_the_text_that_is_decoded(data, content_type):
    text, _ = decode(data, content_type=content_type, kind="xml")
    assert as_utf8(data, content_type=content_type, kind="xml") == text.encode("utf-8", "replace")


def test_bytes_that_are_utf8_are_not_copied():
    data = "<rss>雨が降る</rss>".encode()
    assert as_utf8(data, content_type=None, kind="xml") is data


def test_a_long_text_is_checked_to_its_end():
    data = b"<rss>" + "雨".encode() * 400_000 + b"\xe9</rss>"
    assert as_utf8(data, content_type=None, kind="xml").endswith("\ufffd</rss>".encode())
