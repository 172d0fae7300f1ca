"""Incidents of a source: begun once when it breaks, over when it works again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from web import FEED, START, feed, item, page

from broadsheet.model import Failed, PollState, Source
from broadsheet.pipeline.health import check_articles, check_source, close_incident, open_incident

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DOWN = Failed(url=FEED, reason="500 Internal Server Error", status=500)


def kinds(web, *, open_only: bool = True) -> list[str]:
    return [one.kind for one in web.store.incidents(open_only=open_only)]


def fail(web, source_id: str = "paper", *, hours: float = 30) -> None:
    state = web.store.poll_state(source_id)
    failing = replace(state, failing_since=web.now - hours * HOUR, failures=9, last_checked=web.now, last_error=f"{FEED}?key=s3cret: 500")
    web.store.keep_poll(source_id, failing)
    check_source(source_id, web.tools())


def recover(web, source_id: str = "paper") -> None:
    web.store.keep_poll(source_id, replace(web.store.poll_state(source_id), failing_since=None, failures=0))
    check_source(source_id, web.tools())


def watch(web, *names: str) -> None:
    for name in names:
        url = f"https://{name}.example/feed"
        source = Source(id=name, kind="feed", url=url, title=name, home_url=url, added_at=START)
        web.store.add_source(source, PollState(next_due=START, last_checked=START))


def test_a_source_that_fails_for_a_day_opens_one_incident(web):
    fail(web)
    fail(web, hours=60)
    (one,) = web.store.incidents()
    assert (one.kind, one.closed_at) == ("failing", None)
    assert "s3cret" not in one.detail


def test_polls_that_fail_for_more_than_a_day_open_it_by_themselves(web):
    web.pages[FEED] = DOWN
    for _ in range(6):
        web.run(everything=True)
        web.now += 6 * HOUR
    assert kinds(web) == ["failing"]


def test_an_answer_ends_it(web):
    fail(web)
    web.poll()
    web.pages[FEED] = feed(item("a"))
    web.run(everything=True)
    (one,) = web.store.incidents()
    assert one.closed_at is not None
    assert [event.kind for event in web.events if event.kind.startswith("incident")] == ["incident", "incident-over"]


def test_a_feed_that_is_gone_for_good_says_so_once(web):
    web.pages[FEED] = Failed(url=FEED, reason="410 Gone", status=410, retry=False)
    web.run(everything=True)
    check_source("paper", web.tools())
    assert kinds(web) == ["gone"]


def test_a_source_that_is_watched_again_is_no_longer_gone(web):
    web.pages[FEED] = Failed(url=FEED, reason="410 Gone", status=410, retry=False)
    web.run(everything=True)
    web.store.replace_source(replace(web.store.source("paper"), state="active"))
    recover(web)
    assert kinds(web) == []


def publish_daily(web, count: int) -> None:
    for number in range(count):
        web.pages[f"https://paper.example/d{number}"] = page(f"Day {number}")
        web.poll(item(f"d{number}", date=None))
        web.now += DAY


def test_a_source_without_news_for_long_has_fallen_silent_until_there_is_some(web):
    publish_daily(web, 12)
    web.now += 10 * DAY
    check_source("paper", web.tools())
    assert kinds(web) == ["silent"]
    web.poll(item("a", date=None))
    assert kinds(web) == []


def test_a_source_that_fails_is_not_called_silent(web):
    publish_daily(web, 12)
    web.now += 10 * DAY
    fail(web, hours=1)
    assert kinds(web) == []


def test_when_most_sources_fail_at_once_it_is_our_network_and_none_is_blamed(web):
    watch(web, "hill", "mill", "pier", "ridge")
    for name in ("hill", "mill", "pier", "ridge"):
        web.store.keep_poll(name, replace(web.store.poll_state(name), failing_since=web.now - 30 * HOUR, failures=9))
    fail(web)
    fail(web, "hill")
    assert kinds(web) == ["outage"]


def test_the_outage_is_over_once_most_answer(web):
    watch(web, "hill", "mill", "pier", "ridge")
    for name in ("hill", "mill", "pier", "ridge"):
        web.store.keep_poll(name, replace(web.store.poll_state(name), failing_since=web.now - 30 * HOUR, failures=9))
    fail(web)
    recover(web)
    recover(web, "hill")
    recover(web, "mill")
    assert (kinds(web), kinds(web, open_only=False)) == ([], ["outage"])


def collect(web, names: list[str], pages: dict[str, bytes]) -> None:
    web.pages.update({f"https://paper.example/{name}": pages.get(name, page(f"Story {name}")) for name in names})
    web.poll(*(item(name, date=(web.now).strftime("%a, %d %b %Y %H:%M:%S GMT")) for name in names))
    web.now += DAY


def test_articles_that_come_out_much_shorter_open_an_incident_and_longer_ones_end_it(web):
    collect(web, [f"w{n}" for n in range(16)], {})
    short = [f"s{n}" for n in range(5)]
    collect(web, short, {name: page(f"Note {name}", paragraphs=["The office closes at noon."]) for name in short})
    check_articles("paper", web.tools())
    assert kinds(web) == ["short"]
    collect(web, [f"again{n}" for n in range(5)], {})
    assert kinds(web) == []


def test_articles_that_come_out_without_text_open_an_incident(web):
    collect(web, [f"w{n}" for n in range(16)], {})
    web.poll(*(item(f"gone{n}", date=web.now.strftime("%a, %d %b %Y %H:%M:%S GMT")) for n in range(5)))
    assert kinds(web) == ["empty"]


def test_whoever_notices_something_else_opens_and_closes_it(web):
    open_incident("paper", "moved", said="All entries look new.", do="Look.", tools=web.tools())
    open_incident("paper", "moved", said="Again.", do="Look.", tools=web.tools())
    assert [one.said for one in web.store.incidents()] == ["All entries look new."]
    close_incident("paper", "moved", over="They were let in.", tools=web.tools())
    assert kinds(web) == []
