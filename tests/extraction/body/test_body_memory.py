"""What leaves a body because other pages of the site hold it too, and what stays nonetheless."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from broadsheet.extraction import extract_article
from broadsheet.extraction.site_memory import remember
from broadsheet.model import Article, Extraction, SiteMemory
from broadsheet.parse.page import parse_page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
EMPTY = SiteMemory(host="paper.example")
PROMOTION = "<p>Our reporters walk the harbour every morning so that our readers know what the tide has brought in.</p>"
BACKGROUND = "<p>The harbour wall was built ninety years ago by the town itself, and has not been repaired since the great flood.</p>"
LOGO = "<figure><img src='https://paper.example/own/seal.png' width='600' height='400' alt=''></figure>"


def sentences(name: str) -> str:
    told = ("met at noon", "counted the boats that had come in", "heard the fishermen speak", "voted when the lamps were lit", "went home in silence")
    return "".join(f"<p>In the matter of {name} the council {what}, as it has done in every spring since anybody can remember.</p>" for what in told)


def read(name: str, extra: str = "", memory: SiteMemory = EMPTY, *, before: str = "") -> Extraction:
    html = (
        f"<html lang='en'><head><title>The story of {name}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<main><article><h1>The story of {name}</h1>{before}{sentences(name)}{extra}</article></main></body></html>"
    )
    return extract_article(parse_page(html.encode(), f"https://paper.example/{name}"), now=NOW, memory=memory)


def site_of(*pages: tuple[str, str]) -> SiteMemory:
    memory = EMPTY
    for name, extra in pages:
        traces = read(name, extra).traces
        assert traces is not None
        memory = remember(memory, traces)
    return memory


def site_with(extra: str, *, on: int, of: int) -> SiteMemory:
    """The memory of a site with *extra* on some of its pages."""
    return site_of(*((f"matter{at}", extra if at < on else "") for at in range(of)))


def article(name: str, extra: str, memory: SiteMemory) -> Article:
    return read(name, extra, memory).article


def test_a_text_on_every_page_leaves_the_body() -> None:
    seen = article("bridge", PROMOTION, site_with(PROMOTION, on=5, of=5))
    assert "walk the harbour" not in seen.text
    assert "In the matter of bridge the council went home" in seen.text


def test_the_report_says_on_how_many_pages_it_was_seen() -> None:
    lines = map(str, read("bridge", PROMOTION, site_with(PROMOTION, on=5, of=5)).body_report)
    assert any("walk the harbour" in line and "seen on 5 other pages of this site" in line for line in lines)


def test_without_other_pages_it_stays() -> None:
    assert "walk the harbour" in article("bridge", PROMOTION, EMPTY).text


def test_a_sure_sentence_on_two_of_two_other_pages_stays() -> None:
    assert "walk the harbour" in article("bridge", PROMOTION, site_with(PROMOTION, on=2, of=2)).text


def test_the_background_that_several_stories_of_a_topic_tell_stays() -> None:
    assert "ninety years ago" in article("wall", BACKGROUND, site_with(BACKGROUND, on=4, of=12)).text


def test_a_text_with_marks_of_its_own_leaves_when_two_pages_hold_it() -> None:
    box = "<p class='greeting'>Good morning from the quay, where our reporters stand to see what the tide has brought</p>"
    assert "Good morning" in article("bridge", box, EMPTY).text
    assert "Good morning" not in article("bridge", box, site_with(box, on=2, of=12)).text


def test_a_story_stays_whole_that_stands_at_many_addresses() -> None:
    first = read("wall")
    assert first.traces is not None
    copies = SiteMemory(host="paper.example", pages=tuple(replace(first.traces, page=at) for at in range(5)))
    assert article("wall", "", copies).text == first.article.text


def test_a_recurring_heading_stays_over_a_text_of_its_own() -> None:
    memory = site_of(*((f"matter{at}", f"<h2>What we read this week</h2>{BACKGROUND.replace('ninety', str(at))}") for at in range(6)))
    seen = article("bridge", "<h2>What we read this week</h2><p>A book about bridges, which the mayor has lent to everyone who asked.</p>", memory)
    assert "What we read this week" in seen.text


def test_a_recurring_heading_leaves_with_the_text_under_it() -> None:
    box = f"<h2>Why we walk the quay</h2>{PROMOTION}"
    assert "Why we walk" not in article("bridge", box, site_with(box, on=6, of=6)).text


def test_an_item_that_recurs_in_other_lists_stays_in_its_own() -> None:
    def fish(*names: str) -> str:
        return f"<ul>{''.join(f'<li>{name} was landed at the north pier in the morning</li>' for name in names)}</ul>"

    memory = site_of(*((f"matter{at}", fish("herring", f"fish {at} of the sea", f"crab {at} of the bay")) for at in range(6)))
    assert "herring was landed" in article("bridge", fish("herring", "a single sturgeon", "the last of the eels"), memory).text


def test_a_picture_on_every_page_leaves_the_body() -> None:
    seen = read("bridge", memory=site_with(LOGO + PROMOTION, on=5, of=5), before=LOGO + sentences("boats")).article
    assert [picture.url for picture in seen.pictures] == []


def test_a_picture_of_one_story_stays() -> None:
    seen = read("bridge", memory=site_with(PROMOTION, on=5, of=5), before=sentences("boats") + LOGO).article
    assert len(seen.pictures) + (seen.lead_image is not None) == 1


def stated(picture: str) -> str:
    return f"</article><meta property='og:image' content='https://paper.example/{picture}'><article>"


def test_a_picture_that_every_page_states_as_its_lead_is_no_lead_image() -> None:
    memory = site_of(*((f"matter{at}", stated("seal.png")) for at in range(6)))
    assert article("bridge", stated("seal.png"), memory).lead_image is None


def test_it_is_remembered_all_the_same_so_that_it_does_not_come_back() -> None:
    memory = site_of(*((f"matter{at}", stated("seal.png")) for at in range(6)))
    blank, knowing = read("bridge", stated("seal.png")), read("bridge", stated("seal.png"), memory)
    assert blank.traces is not None
    assert knowing.traces is not None
    assert blank.traces.pictures == knowing.traces.pictures != ()


def test_a_lead_image_of_the_story_stays() -> None:
    memory = site_of(*((f"matter{at}", stated(f"{at}.jpg")) for at in range(6)))
    assert article("bridge", stated("bridge.jpg"), memory).lead_image is not None


def test_what_a_page_leaves_behind_does_not_depend_on_what_is_remembered() -> None:
    blank, knowing = read("bridge", PROMOTION), read("bridge", PROMOTION, site_with(PROMOTION, on=5, of=5))
    assert blank.traces is not None
    assert knowing.traces is not None
    assert (blank.traces.texts, blank.traces.lines, blank.traces.path) == (knowing.traces.texts, knowing.traces.lines, knowing.traces.path)


def test_without_a_memory_nothing_is_left_behind() -> None:
    page = parse_page(b"<html><body><p>The council met at noon.</p></body></html>", "https://paper.example/a")
    assert extract_article(page, now=NOW).traces is None
