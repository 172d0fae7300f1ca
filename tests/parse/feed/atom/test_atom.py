"""Atom 1.0 and 0.3."""

from __future__ import annotations

import pytest


@pytest.fixture
def atom(read):
    """Reads an Atom feed with these entries and attributes of the feed."""
    return lambda entries, attributes="": read(
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" {attributes}>{entries}</feed>'
    )


def test_an_entry_is_read_whole(atom):
    [entry] = atom(
        '<entry><id>tag:paper.example,2020:7</id><title>Rain</title><link href="https://paper.example/rain"/>'
        "<published>2020-05-25T04:45:26Z</published>"
        "<updated>2020-05-26T04:45:26Z</updated><author><name>Ann Ode</name><email>ann@paper.example</email></author>"
        "<category term='w' label='Weather'/>"
        '<summary>Wet &amp;amp; cold</summary><content type="html">&lt;p&gt;Very wet.&lt;/p&gt;</content></entry>'
    ).entries
    assert (entry.guid, entry.title, entry.link) == ("tag:paper.example,2020:7", "Rain", "https://paper.example/rain")
    assert (entry.authors, entry.categories) == (("Ann Ode",), ("Weather",))
    assert entry.published is not None
    assert entry.updated is not None
    assert (entry.published.raw, entry.updated.raw) == ("2020-05-25T04:45:26Z", "2020-05-26T04:45:26Z")
    assert entry.content_html == "<p>Very wet.</p>"


def test_text_is_escaped_when_it_becomes_html(atom):
    [entry] = atom("<entry><summary type='text'>a &lt; b &amp; c</summary></entry>").entries
    assert entry.summary_html == "a &lt; b &amp; c"


def test_xhtml_loses_its_wrapper_and_its_namespaces(atom):
    [entry] = atom(
        '<entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="x">Wet &amp; <b>cold</b><br/>here</p></div>'
        "</content></entry>"
    ).entries
    assert entry.content_html == '<p class="x">Wet &amp; <b>cold</b><br>here</p>'


def test_a_title_in_text_keeps_its_tags_and_one_in_html_loses_them(atom):
    text, html = atom(
        '<entry><title type="text">The &lt;b&gt; tag</title></entry><entry><title type="html">The &lt;b&gt;best&lt;/b&gt;</title></entry>'
    ).entries
    assert (text.title, html.title) == ("The <b> tag", "The best")


def test_base_addresses_add_up(atom):
    entries = '<entry xml:base="2020/"><link href="rain"/><content xml:base="pictures/" type="html">x</content></entry>'
    [entry] = atom(entries, 'xml:base="https://cdn.example/news/"').entries
    assert (entry.link, entry.base_url) == ("https://cdn.example/news/2020/rain", "https://cdn.example/news/2020/pictures/")


def test_a_web_page_is_preferred_among_alternates(atom):
    [entry] = atom(
        '<entry><link rel="alternate" type="application/json" href="/a.json"/><link rel="alternate" type="text/html" href="/a"/></entry>'
    ).entries
    assert entry.link == "https://paper.example/a"


def test_an_id_that_is_an_address_stands_in_for_the_link(atom):
    [entry] = atom("<entry><id>https://paper.example/rain</id></entry>").entries
    assert entry.link == "https://paper.example/rain"


def test_enclosures_are_links(atom):
    [entry] = atom('<entry><link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="1234"/></entry>').entries
    assert [(e.url, e.type, e.size_bytes) for e in entry.enclosures] == [("https://paper.example/a.mp3", "audio/mpeg", 1234)]


def test_the_author_of_the_feed_is_not_given_to_its_entries(atom):
    [entry] = atom("<author><name>The Paper</name></author><entry><title>Rain</title></entry>").entries
    assert entry.authors == ()


def test_the_feed_says_what_it_is(atom):
    feed = atom(
        '<title>Paper</title><subtitle>News</subtitle><link href="/"/><link rel="self" href="/atom"/><logo>/l.png</logo><rights>Us</rights>',
        'xml:lang="fr"',
    )
    assert (feed.dialect, feed.title, feed.description, feed.home_url) == ("atom", "Paper", "News", "https://paper.example/")
    assert (feed.self_url, feed.image_url, feed.rights, feed.language) == ("https://paper.example/atom", "https://paper.example/l.png", "Us", "fr")


def test_atom_03_is_understood(read):
    [entry] = read(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Rain</title><issued>2004-05-25T04:45:26Z</issued>'
        '<content type="text/html" mode="escaped">&lt;p&gt;Wet&lt;/p&gt;</content></entry></feed>'
    ).entries
    assert entry.published is not None
    assert (entry.published.raw, entry.content_html) == ("2004-05-25T04:45:26Z", "<p>Wet</p>")


def test_base64_is_decoded(read):
    [entry] = read(
        '<feed xmlns="http://purl.org/atom/ns#"><entry><content type="text/html" mode="base64">PHA+V2V0PC9wPg==</content></entry></feed>'
    ).entries
    assert entry.content_html == "<p>Wet</p>"


def test_a_video_feed_has_its_text_in_media(atom):
    [entry] = atom("<entry><media:group><media:description>a &lt; b</media:description></media:group></entry>").entries
    assert entry.summary_html == "a &lt; b"
