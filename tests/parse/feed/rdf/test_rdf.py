"""RSS 1.0."""

from __future__ import annotations

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/feed"><title>Paper</title><link>https://paper.example/</link>
 <items><rdf:Seq><rdf:li rdf:resource="https://paper.example/rain"/></rdf:Seq></items></channel>
 <item rdf:about="https://paper.example/rain"><title>Rain</title><description>Wet.</description><dc:date>2020-05-25T06:45:26+02:00</dc:date>
 <dc:creator>Ann Ode</dc:creator></item></rdf:RDF>"""


def test_items_stand_beside_their_channel(read):
    feed = read(RDF)
    assert (feed.dialect, feed.title, feed.home_url, len(feed.entries)) == ("rdf", "Paper", "https://paper.example/", 1)


def test_an_item_is_about_its_address(read):
    [entry] = read(RDF).entries
    assert (entry.guid, entry.link, entry.authors) == ("https://paper.example/rain", "https://paper.example/rain", ("Ann Ode",))


def test_the_date_of_dublin_core_is_when_it_was_published(read):
    [entry] = read(RDF).entries
    assert entry.published is not None
    assert entry.published.offset_minutes == 120
