"""Text that is shown as text, and ids."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.publish.identity import article_tag, collection_tag
from broadsheet.publish.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b & c > d", "a < b & c > d"),
        ("<b>bold</b> news", "bold news"),
        ("News<script>window.x=1</script>", "News"),
        ("News<script>window.x=1", "News"),
        ("<img src=x onerror=y", "‹img src=x onerror=y"),
        ("I <3 you", "I <3 you"),
        ("two\n lines\u00a0", "two lines"),
        ("bell\x07 and half \ud800", "bell and half"),
        ("<scr<script>x</script>ipt>alert(1)", "alert(1)"),
    ],
)
def test_text_is_shown_without_anything_that_could_be_a_tag(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(alphabet="<>/!?abscript =\"'-x1"))
def test_no_text_leaves_a_tag_behind(text: str) -> None:
    assert not re.search(r"<[a-zA-Z/!?]", plain(text))


@given(st.text())
def test_plain_text_is_plain_text(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=("Cs",))))
def test_every_id_makes_a_tag_of_rfc_4151(name: str) -> None:
    form = r"tag:[a-z0-9.-]+,\d{4}:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]+"
    assert re.fullmatch(form, article_tag(name))
    assert re.fullmatch(form, collection_tag(name))
