"""The questions of an interview are told from its answers, in any script."""

from __future__ import annotations

from broadsheet.extraction.body import find_body

ASKED = ("Why did the ferry leave so early?", "Did nobody in the village expect it?", "What did the repairs cost in the end?")
ASKED_IN_CHINESE = ("渡轮为什么这么早出发？", "村里有人料到吗？", "维修花了多少钱？")


def _interview(asked, answers, form: str) -> str:
    return "".join(form.format(question) + f"<p>{answer}</p>" for question, answer in zip(asked, answers, strict=False))


def test_bold_questions_are_marked(page_of, sentences):
    html = find_body(page_of(_interview(ASKED, sentences, "<p><strong>{}</strong></p>"))).html
    assert html.count('<p class="question"><strong>') == 3
    assert f'<p class="question"><strong>{ASKED[1]}</strong></p><p>Nobody in the village' in html


def test_questions_behind_a_reporters_label_are_kept_and_marked(page_of, chinese):
    answers = chinese.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    body = find_body(page_of(_interview(ASKED_IN_CHINESE, answers, "<p>记者：{}</p>")))
    assert body.html.count('<p class="question">记者：') == 3
    assert body.notes == ()


def test_questions_with_a_class_of_their_own_are_marked(page_of, sentences):
    html = find_body(page_of(_interview(ASKED, sentences, "<p class='interview-question'>{}</p>"))).html
    assert html.count('class="question"') == 3


def test_a_question_mark_of_another_script_asks_as_well(page_of, sentences):
    asked = ("لماذا غادرت العبارة مبكرا؟", "ألم يتوقع أحد ذلك؟", "كم كلفت الإصلاحات؟")
    assert find_body(page_of(_interview(asked, sentences, "<p><b>{}</b></p>"))).html.count('class="question"') == 3


def test_one_bold_question_makes_no_interview(page_of, prose):
    assert "question" not in find_body(page_of(f"<p><b>{ASKED[0]}</b></p>{prose}")).html


def test_the_text_of_an_interview_is_the_same_without_marks(page_of, sentences):
    text = find_body(page_of(_interview(ASKED, sentences, "<p><strong>{}</strong></p>"))).text
    assert text.split("\n")[:2] == [ASKED[0], sentences[0]]
