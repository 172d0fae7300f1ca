"""The grammar of links to the image proxy: which words mean what, and what is made of words that mean nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ImageError
from broadsheet.images.query import BIGGEST, MAX_QUERY, error_address, query_text, read_query
from broadsheet.images.wish import Asked, Length, Wish

URL = "url=https://pictures.example/a.jpg"
KEYS = [
    "url", "w", "h", "width", "height", "dpr", "fit", "t", "we", "a", "align", "fpx", "fpy", "q", "output", "il", "l", "n", "page", "blur",
    "sharp", "bg", "cbg", "trim", "ro", "or", "flip", "flop", "default", "errorredirect", "filename", "maxage", "encoding", "sig",
]  # fmt: skip
VALUES = ["", "1", "-1", "0", "300", "50%25", "1e309", "9" * 400, "%", "%ff%00", "jpg", "cover", "focal", "%2523fff", "//", "ssl:", "[::1", "http://"]


def asked(words: str) -> Asked:
    return read_query(f"{URL}&{words}" if words else URL)


def wish(words: str) -> Wish:
    return asked(words).wish


def test_a_link_with_nothing_but_an_address_asks_for_the_picture_as_it_is() -> None:
    assert asked("") == Asked(candidates=("https://pictures.example/a.jpg",), wish=Wish())


def test_the_first_of_equal_keys_wins() -> None:
    assert wish("w=100&w=200").width == Length(100)


def test_an_alias_counts_as_the_key_it_stands_for() -> None:
    assert wish("width=100&w=200").width == Length(100)


def test_the_first_address_wins() -> None:
    assert read_query(f"{URL}&url=https://other.example/").candidates == ("https://pictures.example/a.jpg",)


def test_a_raw_ampersand_ends_the_address() -> None:
    assert read_query("url=https://pictures.example/a?x=1&y=2").candidates == ("https://pictures.example/a?x=1",)


@pytest.mark.parametrize("words", ["nonsense=1", "muchtoolong=5", "=3", "&&&", "filt=sepia", "mask=circle", "cx=10", "gam=2", "tint=red", "fsol=0"])
def test_what_the_grammar_does_not_know_is_ignored(words: str) -> None:
    assert wish(words) == Wish()


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("w=300", "width", Length(300)),
        ("width=300", "width", Length(300)),
        ("h=200", "height", Length(200)),
        ("height=200", "height", Length(200)),
        ("w=50%", "width", Length(50, percent=True)),
        ("w=50%25", "width", Length(50, percent=True)),
        ("h=12.5%25", "height", Length(12.5, percent=True)),
        ("w=300px", "width", Length(300)),
        ("w=300.9", "width", Length(300)),
        ("dpr=2", "dpr", 2.0),
        ("dpr=1.5", "dpr", 1.5),
        ("fit=cover", "fit", "cover"),
        ("t=fill", "fit", "fill"),
        ("fit=outside", "fit", "outside"),
        ("fit=contain", "fit", "contain"),
        ("t=fit", "fit", "inside"),
        ("t=fitup", "fit", "inside"),
        ("t=square", "fit", "cover"),
        ("t=squaredown", "fit", "cover"),
        ("t=absolute", "fit", "fill"),
        ("t=letterbox", "fit", "contain"),
        ("t=crop-25-75", "fit", "cover"),
        ("a=top", "align", "top"),
        ("align=bottom-right", "align", "bottom-right"),
        ("a=entropy", "align", "entropy"),
        ("a=attention", "align", "attention"),
        ("a=l", "align", "left"),
        ("a=focal&fpx=0.1&fpy=1", "focal", (0.1, 1.0)),
        ("q=45", "quality", 45),
        ("quality=100", "quality", 100),
        ("output=jpg", "output", "jpg"),
        ("output=png", "output", "png"),
        ("output=webp", "output", "webp"),
        ("output=gif", "output", "gif"),
        ("output=avif", "output", "avif"),
        ("output=av1", "output", "avif"),
        ("output=json", "output", "json"),
        ("level=9", "level", 9),
        ("n=-1", "pages", -1),
        ("pages=3", "pages", 3),
        ("page=4", "page", 4),
        ("page=-2", "page", -2),
        ("blur=5", "blur", 5.0),
        ("sharp=2", "sharpen", 2.0),
        ("sharp=1,2,3", "sharpen", 3.0),
        ("trim=10", "trim", 10),
        ("ro=90", "rotate", 90),
        ("or=-90", "rotate", 270),
        ("ro=450", "rotate", 90),
        ("bg=red", "background", (255, 0, 0, 1.0)),
        ("cbg=%23000", "contain_background", (0, 0, 0, 1.0)),
    ],
)
def test_a_parameter_says_how_the_picture_is_to_be(words: str, field: str, value: Any) -> None:
    assert getattr(wish(words), field) == value


@pytest.mark.parametrize(("key", "field"), [("we", "without_enlargement"), ("il", "interlaced"), ("flip", "flip"), ("flop", "flop")])
@pytest.mark.parametrize(
    ("value", "is_on"), [("", True), ("=", True), ("=1", True), ("=true", True), ("=no", True), ("=0", False), ("=false", False)]
)
def test_a_boolean_is_false_only_for_0_and_false(key: str, field: str, value: str, is_on: bool) -> None:
    assert getattr(wish(key + value), field) is is_on


@pytest.mark.parametrize("words", ["t=fit", "t=squaredown"])
def test_two_old_ways_to_fit_never_enlarge(words: str) -> None:
    assert wish(words).without_enlargement


@pytest.mark.parametrize(
    "words",
    [
        "w", "w=", "w=0", "w=-5", "w=abc", f"w={BIGGEST + 1}", "w=101%25", "w=-1%25", "h=%25", "dpr=9", "dpr=-1", "dpr=x", "dpr",
        "fit=sideways", "a=nowhere", "a", "fpx=2", "fpy=-1", "q=0", "q=101", "q=good", "q", "output=bmp", "output=origin", "output=", "l=10",
        "page=100001", "page=-3", "trim=0", "trim=255", "trim", "ro=north", "ro", "bg=", "bg=nocolour", "cbg=12345", "blur=0",
    ],
)  # fmt: skip
def test_what_is_out_of_range_falls_back_to_the_default(words: str) -> None:
    assert wish(words) == Wish()


@pytest.mark.parametrize("words", ["blur", "blur=", "blur=0.1", "blur=1001", "blur=much", f"blur={BIGGEST + 1}"])
def test_a_bare_or_impossible_blur_is_mild(words: str) -> None:
    assert wish(words).blur == 0.0


@pytest.mark.parametrize("words", ["sharp", "sharp=", "sharp=11", "sharp=x"])
def test_a_bare_or_impossible_sharpening_is_mild(words: str) -> None:
    assert wish(words).sharpen == 0.0


@pytest.mark.parametrize("words", ["n", "n=x", "pages="])
def test_a_number_of_pages_that_is_none_counts_as_minus_one_which_is_all(words: str) -> None:
    assert wish(words).pages == -1


@pytest.mark.parametrize("words", ["n=0", "n=-2"])
def test_an_impossible_number_of_pages_is_one(words: str) -> None:
    assert wish(words).pages == 1


@pytest.mark.parametrize("words", ["page", "page=x"])
def test_a_page_that_is_no_number_counts_as_minus_one_which_is_the_largest(words: str) -> None:
    assert wish(words).page == -1


@pytest.mark.parametrize("name", ["tiff", "tif"])
def test_an_output_that_is_switched_off_is_refused_with_those_that_are_not(name: str) -> None:
    with pytest.raises(ImageError, match=r"Saving to tiff is disabled\. Supported savers: jpg, png, webp, avif, gif, json") as raised:
        asked(f"output={name}")
    assert raised.value.status == 400


@pytest.mark.parametrize(("value", "name"), [("harbour7", "harbour7"), ("a" * 78, "a" * 78)])
def test_a_filename_of_letters_and_digits_is_taken(value: str, name: str) -> None:
    assert asked(f"filename={value}").filename == name


@pytest.mark.parametrize("value", ["", "../harbour", "a" * 79, "har%62our", "h\u00e4fen", "a.b", "a%0d%0aSet-Cookie:x"])
def test_any_other_filename_is_image(value: str) -> None:
    assert asked(f"filename={value}").filename == "image"


@pytest.mark.parametrize("value", ["base64", "BASE64"])
def test_base64_is_read_in_any_case(value: str) -> None:
    assert asked(f"encoding={value}").base64


@pytest.mark.parametrize("value", ["", "base32", "1"])
def test_no_other_encoding_is_known(value: str) -> None:
    assert not asked(f"encoding={value}").base64


@pytest.mark.parametrize(
    ("value", "seconds"), [("1d", 86_400), ("31d", 2_678_400), ("2w", 1_209_600), ("1y", 31_536_000), ("1d12h", 129_600), ("1M", 2_592_000)]
)
def test_an_age_between_a_day_and_a_year_is_taken(value: str, seconds: int) -> None:
    assert asked(f"maxage={value}").max_age_s == seconds


@pytest.mark.parametrize("value", ["", "0", "23h", "86399", "366d", "2y", "-1d", "1x", "d", "soon", "9" * 50 + "y"])
def test_any_other_age_is_a_year(value: str) -> None:
    assert asked(f"maxage={value}").max_age_s == 31_536_000


def test_an_age_without_a_unit_is_in_seconds() -> None:
    assert asked("maxage=90000").max_age_s == 90_000


def test_default_1_is_the_picture_itself() -> None:
    assert asked("default=1").on_error == "https://pictures.example/a.jpg"


@pytest.mark.parametrize("key", ["default", "errorredirect"])
def test_another_address_is_where_a_client_is_sent_on_errors(key: str) -> None:
    assert asked(f"{key}=https%3A%2F%2Fother.example%2Fnone.png").on_error == "https://other.example/none.png"


@pytest.mark.parametrize(
    "value", ["", "javascript:alert(1)", "data:text/html,x", "none.png%0d%0a", "%0d%0aSet-Cookie:%20a=b", "https://", "http:%5C%5Cx", "/", "0"]
)
def test_what_is_no_address_of_the_web_sends_nobody_anywhere(value: str) -> None:
    assert asked(f"default={value}").on_error is None


def test_no_line_can_be_put_into_the_address_that_clients_are_sent_to() -> None:
    assert asked("default=https://other.example/%0d%0aSet-Cookie:%20a=b").on_error == "https://other.example/%0D%0ASet-Cookie:%20a=b"


@pytest.mark.parametrize("query", ["url=http:%5C%5Cx&default=https://other.example/", f"{URL}&output=tiff&default=https://other.example/"])
def test_where_clients_are_sent_is_known_of_links_that_cannot_be_read_otherwise(query: str) -> None:
    assert error_address(query) == "https://other.example/"


@pytest.mark.parametrize("query", ["", "url=http:%5C%5Cx", "url=http:%5C%5Cx&default=1", f"{URL}&default=https://other.example/&x={'y' * MAX_QUERY}"])
def test_a_link_that_names_no_other_address_sends_nobody_anywhere(query: str) -> None:
    assert error_address(query) is None


@pytest.mark.parametrize("query", ["", "w=300", "url", "url=", f"{URL}&x={'y' * MAX_QUERY}"])
def test_a_link_without_an_address_that_can_be_read_is_refused(query: str) -> None:
    with pytest.raises(ImageError, match="Unable to parse URI") as raised:
        read_query(query)
    assert raised.value.status == 400


def is_read_or_refused(query: str) -> bool:
    try:
        return isinstance(read_query(query), Asked)
    except ImageError as error:
        return error.status == 400


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert is_read_or_refused(text)
    assert is_read_or_refused(f"url={text}")


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES) | st.text(max_size=20)), max_size=12))
def test_any_words_of_the_grammar_are_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    assert is_read_or_refused("&".join(f"{key}={value}" for key, value in pairs))


@given(
    st.sampled_from([key for key in KEYS if key not in ("url", "output")]), st.text(st.characters(exclude_characters="&", codec="utf-8"), max_size=30)
)
def test_no_parameter_but_the_output_ever_makes_an_error(key: str, value: str) -> None:
    assert asked(f"{key}={value}").candidates == ("https://pictures.example/a.jpg",)


@given(st.binary(max_size=60))
def test_any_bytes_of_the_wire_are_text_that_means_them(raw: bytes) -> None:
    text = query_text(raw)
    assert text.isascii()
    assert unquote_to_bytes(text) == unquote_to_bytes(raw)
