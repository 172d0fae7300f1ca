"""Which player or post an address shows, and where a reader can open it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embeds import embed_of


@pytest.mark.parametrize(
    ("address", "provider", "url"),
    [
        ("//www.youtube.com/embed/abcdefghijk?rel=0", "YouTube", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://player.vimeo.com/video/12345?h=x", "Vimeo", "https://vimeo.com/12345"),
        ("https://platform.twitter.com/embed/Tweet.html?dnt=false&id=99", "X", "https://x.com/i/status/99"),
        ("https://www.instagram.com/p/Abc_1/embed/", "Instagram", "https://www.instagram.com/p/Abc_1/"),
        ("https://www.tiktok.com/embed/v2/77", "TikTok", "https://www.tiktok.com/embed/v2/77"),
        ("https://embed.bsky.app/embed/did:plc:xy/app.bsky.feed.post/3k", "Bluesky", "https://bsky.app/profile/did:plc:xy/post/3k"),
        ("https://social.example/@ana/1234/embed", "Mastodon", "https://social.example/@ana/1234"),
        ("https://open.spotify.com/embed/episode/9z", "Spotify", "https://open.spotify.com/episode/9z"),
        ("//player.bilibili.com/player.html?aid=1&bvid=BV1xx&page=1", "Bilibili", "https://www.bilibili.com/video/BV1xx"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&x=1", "SoundCloud", "https://soundcloud.com/a/b"),
    ],
)
def test_a_frame_of_a_known_platform_is_a_link_to_it(address, provider, url):
    node = LexborHTMLParser(f"<iframe src='{address}'></iframe>").css_first("iframe")
    found = embed_of(node, "https://news.example/")
    assert (found.provider, found.url) == (provider, url)


@pytest.mark.parametrize("address", ["https://ads.example/x", "javascript:alert(1)", "data:text/html,x", "about:blank", ""])
def test_anything_else_is_no_embed(address):
    node = LexborHTMLParser(f"<iframe src='{address}'></iframe>").css_first("iframe")
    assert embed_of(node, "https://news.example/") is None


def test_a_quoted_address_cannot_smuggle_in_a_script():
    node = LexborHTMLParser("<iframe src='https://www.facebook.com/plugins/post.php?href=javascript%3Aalert(1)'></iframe>").css_first("iframe")
    assert embed_of(node, "https://news.example/") is None


def test_the_publishers_own_video_is_a_link_to_the_file():
    node = LexborHTMLParser("<video poster='/p.jpg'><source src='/v.mp4'></video>").css_first("video")
    found = embed_of(node, "https://news.example/a/")
    assert (found.provider, found.url, found.poster) == ("Video", "https://news.example/v.mp4", "https://news.example/p.jpg")
