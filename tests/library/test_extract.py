"""`from broadsheet import extract`: what a program gets from the public door."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

import broadsheet
from broadsheet import Article, Hints, NotAPage, Reading, UsageError, extract

URL = "https://paper.example/harbour"
SENTENCES = [f"The harbour office closes at noon on day {n}, the council said, and opens again on the day after that." for n in range(6)]
HEAD = (
    '<!doctype html><html lang="en"><head><title>Harbour closes | The Paper</title>'
    '<meta property="article:published_time" content="2026-05-03T09:00:00+02:00"></head>'
)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
PAGE = (
    f"{HEAD}<body><nav><a href='/'>Home</a></nav><article><h1>Harbour closes</h1><p class='byline'>By Amara Diallo</p>{TEXT}</article></body></html>"
)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def read(page: str = PAGE, url: str | None = URL) -> Reading:
    return extract(page, url, now=NOW)


def test_the_usual_fields_are_at_hand() -> None:
    reading = read()
    assert (reading.title, reading.authors, reading.language) == ("Harbour closes", ("Amara Diallo",), "en")
    assert reading.published == datetime(2026, 5, 3, 7, tzinfo=UTC)


def test_the_text_is_one_block_a_line() -> None:
    assert read().text == "\n".join(SENTENCES)


def test_bytes_and_text_give_the_same_reading() -> None:
    assert extract(PAGE.encode(), URL, now=NOW).to_json() == read().to_json()


def test_html_holds_the_paragraphs_and_nothing_around_them() -> None:
    assert read().html == TEXT


def test_markdown_parts_paragraphs_by_empty_lines() -> None:
    assert read().markdown == "\n\n".join(SENTENCES)


def test_the_whole_article_has_headline_and_byline_in_every_form() -> None:
    reading = read()
    assert reading.to_markdown().startswith("# Harbour closes\n\nAmara Diallo · 2026-05-03T09:00:00+02:00\n\nThe harbour")
    assert reading.to_text().startswith("Harbour closes\n\nAmara Diallo · 2026-05-03T09:00:00+02:00\n\nThe harbour")
    assert reading.to_html().startswith('<article lang="en" dir="ltr"><header><h1>Harbour closes</h1><p class="byline">Amara Diallo')


def test_front_matter_is_yaml_that_json_readers_read_line_by_line() -> None:
    head = read().to_markdown(front_matter=True).partition("\n---\n")[0].splitlines()
    fields = dict(line.split(": ", 1) for line in head[1:])
    assert head[0] == "---"
    assert json.loads(fields["authors"]) == ["Amara Diallo"]


def test_json_states_the_time_with_the_publishers_offset() -> None:
    assert json.loads(read().to_json())["published"] == "2026-05-03T09:00:00+02:00"


def test_a_day_without_a_time_stays_a_day_in_json() -> None:
    reading = read(PAGE.replace("2026-05-03T09:00:00+02:00", "2026-05-03"))
    assert reading.to_dict()["published"] == "2026-05-03"


def test_json_has_the_same_keys_for_a_page_without_an_article() -> None:
    assert read("<p>Nothing.</p>").to_dict().keys() == read().to_dict().keys()


def test_a_headline_cannot_put_mark_up_into_markdown_or_html() -> None:
    reading = read(PAGE.replace("<h1>Harbour closes</h1>", "<h1>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y)</h1>"))
    assert "<script" not in reading.to_html()
    assert reading.to_markdown().startswith(r"# \<script\>alert(1)\</script\> \[x\](javascript:y)")


def test_the_standfirst_stands_before_the_body_in_every_form() -> None:
    said = "Two of five clerks have retired and nobody has applied for their desks."
    page = PAGE.replace("</head>", f'<meta name="description" content="{said}"></head>').replace("</h1>", f"</h1><p class='standfirst'>{said}</p>")
    reading = read(page)
    assert reading.standfirst == said
    assert reading.text.startswith(said)
    assert reading.html.startswith(f'<p class="standfirst">{said}</p>')


def test_without_an_address_the_pages_own_is_taken() -> None:
    page = PAGE.replace("</head>", f'<link rel="canonical" href="{URL}"></head>').replace(
        SENTENCES[0], "See <a href='/plan'>the plan</a>, which was out."
    )
    assert 'href="https://paper.example/plan"' in read(page, None).html


def test_a_page_that_states_no_address_is_from_a_name_that_never_resolves() -> None:
    assert read(PAGE, None).article.url == "https://unknown.invalid/"


def test_a_story_goes_on_on_the_pages_that_it_wanted() -> None:
    first = read(PAGE.replace("</article>", '</article><a rel="next" href="?page=2">Next page</a>'))
    second = PAGE.replace("noon", "midnight")
    whole = extract(
        PAGE.replace("</article>", '</article><a rel="next" href="?page=2">Next page</a>'), URL, pages={first.wants[0].url: second}, now=NOW
    )
    assert (first.article.completeness, whole.article.completeness) == ("partial", "full")
    assert "noon" in whole.text
    assert "midnight" in whole.text


def test_a_page_may_lead_to_another_that_is_at_hand() -> None:
    elsewhere = "https://paper.example/story"
    page = f'<meta http-equiv="refresh" content="0; url={elsewhere}"><p>Moved.</p>'
    assert extract(page, URL, pages={elsewhere: PAGE}, now=NOW).article.url == elsewhere


def test_what_a_feed_said_helps() -> None:
    page = PAGE.replace("<h1>Harbour closes</h1>", "").replace("<title>Harbour closes | The Paper</title>", "")
    assert extract(page, URL, hints=Hints(title="The harbour closes early"), now=NOW).title == "The harbour closes early"


def test_the_header_says_how_bytes_are_read() -> None:
    page = PAGE.replace("harbour office", "порт").encode("koi8-r", "replace")
    assert "порт" in extract(page, URL, content_type="text/html; charset=koi8-r", now=NOW).text


def test_the_evidence_is_at_hand() -> None:
    votes = read().extraction.decisions["headline"].ballot
    assert any(vote.claim.value == "Harbour closes" for vote in votes)


def test_a_reading_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(read()))
    assert sent.to_json() == read().to_json()
    assert len(sent.extraction.body_report) == 0


def test_a_reading_shows_itself_on_one_line() -> None:
    assert repr(read()) == f"<Reading 'Harbour closes', {len(read().text)} characters, from {URL}>"


@pytest.mark.parametrize("html", [b"", b"  ", b"%PDF-1.7", "just words", b'{"a": 1}'])
def test_what_is_no_page_is_refused(html: bytes | str) -> None:
    with pytest.raises(NotAPage):
        extract(html, URL)


@pytest.mark.parametrize("url", ["", "harbour", "/harbour", "ftp://paper.example/", "javascript:alert(1)", "https://"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        extract(PAGE, url)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(UsageError, match="without a zone"):
        extract(PAGE, URL, now=datetime(2026, 6, 1))


def test_every_public_name_is_there() -> None:
    assert [name for name in broadsheet.__all__ if not hasattr(broadsheet, name)] == []


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        broadsheet.extrakt  # type: ignore[attr-defined]  # noqa: B018


def loaded_by(code: str) -> set[str]:
    """The top packages in memory after *code* ran in a fresh interpreter."""
    show = "; import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    return set(subprocess.run([sys.executable, "-c", code + show], capture_output=True, text=True, check=True).stdout.split())


def test_the_package_itself_loads_nothing() -> None:
    assert loaded_by("import broadsheet").isdisjoint({"selectolax", "nh3", "msgspec", "typer"})


def test_extract_loads_neither_network_nor_store_nor_server() -> None:
    code = f"from broadsheet import extract; reading = extract({PAGE!r}, {URL!r}); reading.to_markdown(); reading.to_json(); assert reading.text"
    outside = {"aiohttp", "sqlalchemy", "alembic", "starlette", "uvicorn", "jinja2", "typer", "rich"}
    assert loaded_by(code) & outside == set()


def test_json_has_every_field_of_an_article() -> None:
    assert {field.name for field in fields(Article)} - read().to_dict().keys() == {"body"}  # there as "html"


def test_every_key_of_the_json_is_in_the_reference() -> None:
    reference = (Path(__file__).parents[2] / "docs" / "reference" / "python.md").read_text("utf-8")
    assert [key for key in read().to_dict() if f"`{key}`" not in reference] == []
