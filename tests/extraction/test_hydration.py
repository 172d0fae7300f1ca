"""What the state of a page's scripts says of its story, where everything else is silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from broadsheet.extraction.byline import find_people
from broadsheet.extraction.date import find_published
from broadsheet.extraction.hydration import hydrated_authors
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]
TITLE = "Harbour wall gives way in spring flood"
STORY = {"headline": TITLE, "publishedAt": "2024-07-03T10:00:00Z", "authors": [{"fullName": "Amara Diallo"}]}


def state(*things: object) -> str:
    text = json.dumps({"props": {"pageProps": {"stories": things}}})
    return f'<title>{TITLE}</title><script id="__NEXT_DATA__" type="application/json">{text}</script>'


def test_the_state_names_the_author_where_nothing_else_does(make_page: MakePage) -> None:
    found = find_people(make_page("<h1>Harbour wall gives way in spring flood</h1>", head=state(STORY))).value or ()
    assert [person.name for person in found] == ["Amara Diallo"]


def test_the_state_gives_the_time_of_day_too(make_page: MakePage, now: datetime) -> None:
    found = find_published(make_page("<p>Nothing</p>", head=state(STORY)), now=now).value
    assert found is not None
    assert found.at == datetime(2024, 7, 3, 10, tzinfo=UTC)


def test_a_script_that_assigns_its_state_is_read(make_page: MakePage) -> None:
    head = f"<title>{TITLE}</title><script>window.__INITIAL_STATE__ = {json.dumps({'story': STORY})};</script>"
    assert hydrated_authors(make_page(head=head)) == ("Amara Diallo",)


def test_another_story_in_the_state_says_nothing(make_page: MakePage) -> None:
    other = {"headline": "Ferry fares rise again in autumn", "authors": [{"name": "Jonas Vogt"}]}
    assert hydrated_authors(make_page(head=state(other, {"headline": TITLE, "date": "2024-07-03"}))) == ()


def test_a_byline_on_the_page_leaves_the_state_unread(make_page: MakePage, prose: str) -> None:
    found = find_people(make_page(f"<h1>{TITLE}</h1><p>By Jonas Vogt</p>{prose}", head=state(STORY))).value or ()
    assert [person.name for person in found] == ["Jonas Vogt"]
