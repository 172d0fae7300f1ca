"""Items of RSS 2.0."""

from __future__ import annotations

from datetime import UTC, datetime


def test_an_item_is_read_whole(rss):
    [entry] = rss(
        "<item><title>Rain</title><link>https://paper.example/rain</link><guid isPermaLink='false'>7</guid>"
        "<description>&lt;p&gt;Wet.&lt;/p&gt;</description>"
        "<content:encoded><![CDATA[<p>Very wet.</p>]]></content:encoded><dc:creator>Ann Ode</dc:creator><category>Weather</category>"
        "<pubDate>Mon, 25 May 2020 04:45:26 GMT</pubDate><comments>https://paper.example/rain#talk</comments></item>"
    ).entries
    assert (entry.title, entry.link, entry.guid) == ("Rain", "https://paper.example/rain", "7")
    assert (entry.summary_html, entry.content_html) == ("<p>Wet.</p>", "<p>Very wet.</p>")
    assert (entry.authors, entry.categories, entry.comments_url) == (("Ann Ode",), ("Weather",), "https://paper.example/rain#talk")
    assert entry.published is not None
    assert entry.published.at == datetime(2020, 5, 25, 4, 45, 26, tzinfo=UTC)


def test_titles_are_plain_text_however_often_they_were_escaped(rss):
    [entry] = rss("<item><title>R&amp;amp;D: &amp;lt;b&amp;gt;new&amp;lt;/b&amp;gt; caf&amp;eacute;</title></item>").entries
    assert entry.title == "R&D: new café"


def test_scripts_in_titles_are_gone_with_their_text(rss):
    [entry] = rss("<item><title><![CDATA[Rain <script>steal()</script>falls]]></title></item>").entries
    assert entry.title == "Rain falls"


def test_what_is_no_tag_of_html_stays_in_the_title(rss):
    [entry] = rss("<item><title>List&lt;T&gt; explained: a &lt; b</title></item>").entries
    assert entry.title == "List<T> explained: a < b"


def test_relative_links_start_from_the_address_of_the_feed(rss):
    [entry] = rss("<item><title>x</title><link>../rain?a=1</link></item>").entries
    assert entry.link == "https://paper.example/rain?a=1"


def test_the_fragment_of_a_link_is_kept(rss):
    [entry] = rss("<item><link>https://paper.example/live#post-7</link></item>").entries
    assert entry.link == "https://paper.example/live#post-7"


def test_an_address_without_a_link_is_taken_from_the_guid(rss):
    [entry] = rss("<item><title>x</title><guid>https://paper.example/rain</guid></item>").entries
    assert entry.link == "https://paper.example/rain"


def test_a_guid_that_is_no_address_makes_no_link(rss):
    [entry] = rss("<item><title>x</title><guid isPermaLink='true'>12</guid></item>").entries
    assert (entry.guid, entry.link) == ("12", None)


def test_a_script_link_is_no_link(rss):
    [entry] = rss("<item><title>x</title><link>javascript:alert(1)</link></item>").entries
    assert entry.link is None


def test_an_item_with_a_title_only_is_kept(rss):
    [entry] = rss("<item><title>A note</title></item>").entries
    assert (entry.title, entry.link, entry.guid, entry.published) == ("A note", None, None, None)


def test_the_address_before_the_redirection_is_the_link(rss):
    [entry] = rss("<item><link>https://proxy.example/~r/7</link><feedburner:origLink>https://paper.example/rain</feedburner:origLink></item>").entries
    assert entry.link == "https://paper.example/rain"


def test_an_atom_link_stands_in_for_a_missing_one(rss):
    [entry] = rss('<item><title>x</title><atom:link rel="alternate" href="/rain"/></item>').entries
    assert entry.link == "https://paper.example/rain"


def test_an_author_is_the_name_beside_the_address(rss):
    [entry] = rss("<item><author>desk@paper.example (Ann Ode)</author></item>").entries
    assert entry.authors == ("Ann Ode",)


def test_every_creator_is_an_author(rss):
    [entry] = rss("<item><dc:creator>Ann Ode</dc:creator><dc:creator>Bo Lim</dc:creator></item>").entries
    assert entry.authors == ("Ann Ode", "Bo Lim")


def test_a_picture_named_twice_is_one_enclosure(rss):
    [entry] = rss(
        '<item><enclosure url="/a.jpg" type="image/jpeg" length="0"/>'
        '<media:group><media:content url="/a.jpg" medium="image" width="1200" height="675">'
        "<media:credit>Cy Dee</media:credit><media:description>Clouds</media:description></media:content></media:group></item>"
    ).entries
    [picture] = entry.enclosures
    assert (picture.url, picture.type, picture.size_bytes, picture.medium) == ("https://paper.example/a.jpg", "image/jpeg", None, "image")
    assert (picture.width_px, picture.height_px, picture.caption, picture.credit) == (1200, 675, "Clouds", "Cy Dee")


def test_video_feeds_have_their_text_in_media_description(rss):
    [entry] = rss("<item><media:group><media:title>Rain</media:title><media:description>It rains.</media:description></media:group></item>").entries
    assert (entry.title, entry.summary_html) == ("Rain", "It rains.")


def test_html_escaped_once_too_often_is_html(rss):
    [entry] = rss("<item><description>&amp;lt;p&amp;gt;Wet &amp;amp;amp; cold&amp;lt;/p&amp;gt;</description></item>").entries
    assert entry.summary_html == "<p>Wet &amp; cold</p>"


def test_names_in_the_wrong_case_are_understood(rss):
    [entry] = rss("<item><TITLE>Rain</TITLE><pubdate>2020-05-25</pubdate><guid ispermalink='false'>https://paper.example/7</guid></item>").entries
    assert entry.title == "Rain"
    assert entry.published is not None
    assert entry.published.has_time is False


def test_the_base_of_the_html_is_the_story_unless_stated(rss):
    plain, stated = rss('<item><link>/rain/</link></item><item xml:base="https://cdn.example/x/"><link>/rain/</link></item>').entries
    assert (plain.base_url, stated.base_url) == ("https://paper.example/rain/", "https://cdn.example/x/")
