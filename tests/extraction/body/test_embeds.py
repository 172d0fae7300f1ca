"""Which player or post an address shows, and where a reader can open it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embeds import Embed, completed, embed_of, videos_in


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


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("YouTube video player", None),
        ("Spotify Embed: The last ferry", "The last ferry"),
        ("The crossing at dawn", "The crossing at dawn"),
        ("渡轮启航", "渡轮启航"),
        ("embedded content", None),
    ],
)
def test_a_title_that_says_nothing_is_none(title, said):
    node = LexborHTMLParser(f"<iframe src='https://www.youtube.com/embed/abcdefghijk' title='{title}'></iframe>").css_first("iframe")
    assert embed_of(node, "https://news.example/").title == said


def test_an_element_that_a_script_would_turn_into_a_player_is_one():
    node = LexborHTMLParser("<lite-youtube videoid='abcdefghijk' title='The crossing'></lite-youtube>").css_first("lite-youtube")
    found = embed_of(node, "https://news.example/")
    assert (found.url, found.title) == ("https://www.youtube.com/watch?v=abcdefghijk", "The crossing")
    assert found.poster == "https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://x.com/harbour/status/1", "@harbour"),
        ("https://x.com/i/status/1", None),
        ("https://bsky.app/profile/harbour.example/post/3k", "@harbour.example"),
        ("https://social.example/@ana/1234", "@ana"),
        ("https://www.tiktok.com/@ana/video/7", "@ana"),
    ],
)
def test_a_post_without_a_title_is_named_by_its_account(address, title):
    node = LexborHTMLParser(f"<iframe src='{address}'></iframe>").css_first("iframe")
    assert embed_of(node, "https://news.example/").title == title


def test_what_the_data_of_the_page_says_of_a_player_completes_it():
    video = {
        "@type": "VideoObject",
        "name": "渡轮启航",
        "embedUrl": "https://player.vimeo.com/video/12345",
        "thumbnailUrl": ["https://i.example/1.jpg"],
    }
    found = completed(Embed(url="https://vimeo.com/12345", provider="Vimeo"), videos_in([video]))
    assert (found.title, found.poster) == ("渡轮启航", "https://i.example/1.jpg")


def test_a_poster_that_is_no_web_address_is_none():
    video = {"@type": "VideoObject", "embedUrl": "https://vimeo.com/1", "thumbnailUrl": "javascript:alert(1)"}
    assert videos_in([video])["https://vimeo.com/1"].poster is None
