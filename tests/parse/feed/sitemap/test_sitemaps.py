"""Sitemaps of every sort."""

from __future__ import annotations

import gzip

SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = f"""<?xml version="1.0"?><urlset {SPACES}><url><loc> https://paper.example/rain </loc><lastmod>2020-05-26</lastmod>
<news:news><news:publication>
<news:name>The Paper</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2020-05-25T04:45:26Z</news:publication_date>
<news:title>Rain &amp; wind</news:title><news:keywords>weather, rain</news:keywords></news:news>
<image:image><image:loc>/a.jpg</image:loc><image:caption>Clouds</image:caption></image:image></url></urlset>"""


def test_a_news_sitemap_has_titles_and_dates(read):
    feed = read(NEWS)
    [entry] = feed.entries
    assert (feed.dialect, feed.title, feed.language) == ("sitemap", "The Paper", "en")
    assert (entry.link, entry.title, entry.categories) == ("https://paper.example/rain", "Rain & wind", ("weather", "rain"))
    assert entry.published is not None
    assert entry.updated is not None
    assert (entry.published.raw, entry.updated.raw) == ("2020-05-25T04:45:26Z", "2020-05-26")


def test_pictures_of_a_sitemap_are_enclosures(read):
    [picture] = read(NEWS).entries[0].enclosures
    assert (picture.url, picture.caption) == ("https://paper.example/a.jpg", "Clouds")


def test_an_index_names_the_sitemap_changed_last_first(read):
    feed = read(f"<sitemapindex {SPACES}><sitemap><loc>/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap><sitemap><loc>/none.xml</loc></sitemap>"
                "<sitemap><loc>/new.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>")  # fmt: skip
    assert (feed.dialect, feed.entries) == ("sitemap-index", ())
    assert feed.child_urls == ("https://paper.example/new.xml", "https://paper.example/old.xml", "https://paper.example/none.xml")


def test_a_gzip_file_is_unpacked(read):
    assert len(read(gzip.compress(NEWS.encode())).entries) == 1


def test_addresses_that_are_none_are_left_out(read):
    assert read(f"<urlset {SPACES}><url><loc>mailto:x</loc></url><url/></urlset>").entries == ()
