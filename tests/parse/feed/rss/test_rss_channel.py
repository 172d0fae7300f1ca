"""What RSS says about the feed as a whole."""

from __future__ import annotations


def test_the_channel_is_read(rss):
    feed = rss("", "<link>https://paper.example/</link><description>All the news</description><language>en-gb</language>"
               "<copyright>Paper Ltd</copyright>"
               "<image><url>/logo.png</url></image>")  # fmt: skip
    assert (feed.dialect, feed.title, feed.home_url, feed.description) == ("rss", "Paper", "https://paper.example/", "All the news")
    assert (feed.language, feed.rights, feed.image_url) == ("en-gb", "Paper Ltd", "https://paper.example/logo.png")


def test_atom_links_say_where_the_feed_is_and_who_pushes_it(rss):
    feed = rss("", '<atom:link rel="self" href="/self.xml"/><atom:link rel="hub" href="https://hub.example/"/><atom:link rel="next" href="?page=2"/>')
    assert (feed.self_url, feed.hub_urls) == ("https://paper.example/self.xml", ("https://hub.example/",))
    assert feed.next_url == "https://paper.example/feeds/all.xml?page=2"


def test_wishes_about_polling_are_read(rss):
    feed = rss("", "<ttl>90</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours><skipDays><day>sunday</day></skipDays>"
               "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>")  # fmt: skip
    assert (feed.ttl_minutes, feed.skip_hours, feed.skip_days, feed.update_period_minutes) == (90, (0, 3), ("Sunday",), 360)


def test_wishes_that_make_no_sense_are_none(rss):
    feed = rss("", "<ttl>-5</ttl><skipHours><hour>99</hour></skipHours><sy:updatePeriod>often</sy:updatePeriod>")
    assert (feed.ttl_minutes, feed.skip_hours, feed.update_period_minutes) == (None, (), None)


def test_a_channel_without_its_rss_element_is_a_feed(read):
    feed = read("<channel><title>Paper</title><item><title>Rain</title></item></channel>")
    assert (feed.dialect, len(feed.entries)) == ("rss", 1)


def test_rss_with_a_namespace_of_its_own_is_rss(read):
    feed = read(
        '<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>Paper</title><item><title>Rain</title></item></channel></rss>'
    )
    assert (feed.title, feed.entries[0].title) == ("Paper", "Rain")


def test_a_doctype_with_plain_entities_is_understood(read):
    feed = read('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY co "Acme &amp; Sons"><!ENTITY paper "The Paper">]>'
                "<rss><channel><title>&paper;</title></channel></rss>")  # fmt: skip
    assert (feed.title, feed.broken) == ("The Paper", None)


def test_rss_091_with_its_doctype_knows_the_entities_of_html(read):
    feed = read('<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
                '<rss version="0.91"><channel><title>Caf&eacute;</title></channel></rss>')  # fmt: skip
    assert feed.title == "Café"
