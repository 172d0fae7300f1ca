"""Broken feeds: read as far as they make sense, and said to be broken."""

from __future__ import annotations

import pytest

from broadsheet.errors import NotAFeed


def channel(items: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>Paper</title>\n{items}\n</channel></rss>'


def test_a_sound_feed_is_not_called_broken(read):
    assert read(channel("<item><title>Rain</title></item>")).broken is None


def test_bare_ampersands_are_text(read):
    feed = read(channel("<item><title>AT&T & Q&A</title><link>https://paper.example/?a=1&b=2</link></item>"))
    assert (feed.entries[0].title, feed.entries[0].link) == ("AT&T & Q&A", "https://paper.example/?a=1&b=2")
    assert feed.broken is not None


def test_of_a_run_of_ampersands_the_last_may_begin_an_entity(read):
    [entry] = read(channel("<item><title>a &&&eacute;&&amp; b</title></item>")).entries
    assert entry.title == "a &&é&& b"


def test_the_first_fault_is_named_with_its_line(read):
    feed = read(channel("<item><title>AT&T</title></item>", head='<?xml version="1.0"?>\n'))
    assert feed.broken is not None
    assert feed.broken.endswith("(line 3)")


def test_entities_of_html_are_known(read):
    [entry] = read(channel("<item><title>Caf&eacute;&nbsp;&hellip;</title></item>")).entries
    assert entry.title == "Café …"


def test_forbidden_characters_and_references_vanish(read):
    [entry] = read(channel("<item><title>Ra\x0bi&#11;n\x1b[31m</title></item>")).entries
    assert entry.title == "Rain"


def test_bytes_of_windows_as_references_are_the_characters_meant(read):
    [entry] = read(channel("<item><title>It&#146;s & more</title></item>")).entries
    assert entry.title == "It’s & more"


def test_a_lone_less_than_sign_is_text(read):
    [entry] = read(channel("<item><title>a < b</title></item>")).entries
    assert entry.title == "a < b"


def test_html_that_stands_bare_in_a_description_does_not_swallow_the_next_item(read):
    feed = read(channel("<item><title>One</title><description>Wet<br>cold <p>here</description></item><item><title>Two</title></item>"))
    assert [entry.title for entry in feed.entries] == ["One", "Two"]
    assert feed.entries[0].summary_html == "Wet<br>cold <p>here"


def test_a_prefix_that_was_never_declared_has_its_usual_meaning(read):
    [entry] = read(channel("<item><dc:creator>Ann Ode</dc:creator><content:encoded>Wet</content:encoded></item>")).entries
    assert (entry.authors, entry.content_html) == (("Ann Ode",), "Wet")


def test_white_space_and_warnings_before_the_feed_are_skipped(read):
    feed = read("\r\n <br />\n<b>Warning</b>: mysql_connect()\n" + channel("<item><title>Rain</title></item>", head='<?xml version="1.0"?>'))
    assert len(feed.entries) == 1
    assert feed.broken == "text before the feed (line 1)"


def test_a_comment_that_quotes_a_feed_is_not_the_feed(read):
    feed = read("<!-- <rss><channel><title>Not this</title> -->" + channel("<item><title>Rain</title></item>"))
    assert feed.title == "Paper"


def test_what_follows_the_feed_is_ignored(read):
    assert len(read(channel("<item><title>Rain</title></item>") + "<!-- cached --><script>x()</script>").entries) == 1


def test_a_feed_cut_off_keeps_its_whole_items_and_drops_the_stump(read):
    whole = channel("<item><title>One</title><link>/1</link></item><item><title>Two and then the conn")
    feed = read(whole.partition("the conn")[0])
    assert [entry.title for entry in feed.entries] == ["One"]


def test_a_last_item_without_address_is_no_stump_when_the_feed_has_an_end(read):
    feed = read(channel("<item><title>AT&T</title></item>"))
    assert [entry.title for entry in feed.entries] == ["AT&T"]


@pytest.mark.parametrize("charset", ["gb18030", "shift_jis", "euc-kr", "windows-1251", "iso-8859-1"])
def test_the_charset_of_the_server_outranks_the_declaration(read, charset):
    words = {
        "gb18030": "北京今天下雨，学校停课",
        "shift_jis": "東京では雨が降っています",
        "euc-kr": "서울에는 비가 내리고 있다",
        "windows-1251": "В Москве дождь",
        "iso-8859-1": "Überall Regenfälle",
    }
    feed = channel(f"<item><title>{words[charset]}</title></item>", head='<?xml version="1.0" encoding="utf-8"?>').encode(charset)
    assert read(feed, f"application/rss+xml; charset={charset}").entries[0].title == words[charset]


@pytest.mark.parametrize(
    "text", ["", "   ", "hello", "<html><body><rss><channel/></rss></body></html>", "<!doctype html><title>Feed</title>", "<svg/>", "%PDF-1.4"]
)
def test_what_is_no_feed_is_refused(read, text):
    with pytest.raises(NotAFeed):
        read(text)


def test_the_refusal_names_the_address(read):
    with pytest.raises(NotAFeed, match=r"https://paper\.example/feeds/all\.xml"):
        read("hello")


def test_a_feed_served_as_a_web_page_is_a_feed(read):
    assert read(channel("<item><title>Rain</title></item>"), "text/html; charset=utf-8").dialect == "rss"
