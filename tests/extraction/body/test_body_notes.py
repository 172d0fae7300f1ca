"""Notes at the end of a text: kept, in order, but not as text."""

from __future__ import annotations

import pytest

from broadsheet.extraction.body import find_body


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Amara Diallo contributed reporting from the quay.", "contributor"),
        ("王若溪对本文有研究贡献。", "contributor"),
        ("翻译：陈小明", "translator"),
        ("Aus dem Englischen von Mette Holm", "translator"),
        ("Translated from the Danish by Mette Holm.", "translator"),
        ("This article was amended on 3 May: the repairs took eleven weeks.", "correction"),
        ("点击查看本文英文版。", "original-edition"),
    ],
)
def test_a_note_is_kept_apart_from_the_text(page_of, prose, line, kind):
    body = find_body(page_of(prose + f"<p><em>{line}</em></p>"))
    assert line not in body.text
    assert [note.kind for note in body.notes] == [kind]


def test_notes_keep_their_order(page_of, prose):
    page = page_of(prose + "<p>Translated by Mette Holm.</p><p>Amara Diallo contributed reporting from the quay.</p>")
    assert [note.kind for note in find_body(page).notes] == ["translator", "contributor"]


def test_a_sentence_in_the_middle_that_begins_like_a_note_is_text(page_of, prose, sentences):
    body = find_body(page_of("<p>Translated by the harbour's own clerks, the notice hung in four languages on every door.</p>" + prose * 2))
    assert body.text.startswith("Translated by")
