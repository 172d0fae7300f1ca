"""The platforms whose players and posts stand in articles, and the page where a reader can open each."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A platform. *address* finds the id in a player's or a post's address; *page* is where a person opens it."""

    name: str
    address: re.Pattern[str]
    page: str
    poster: str | None = None


def _provider(name: str, address: str, page: str, poster: str | None = None) -> Provider:
    return Provider(name=name, address=re.compile(r"^(?:https?:)?//(?:[\w-]+\.)*?" + address, re.I), page=page, poster=poster)


PROVIDERS: tuple[Provider, ...] = (
    _provider(
        "YouTube",
        r"(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:[^#]*&)?v=|shorts/|live/|v/)|youtu\.be/)(?P<id>[\w-]{11})",
        "https://www.youtube.com/watch?v={id}",
        "https://i.ytimg.com/vi/{id}/hqdefault.jpg",
    ),
    _provider("Vimeo", r"vimeo\.com/(?:video/)?(?P<id>\d+)", "https://vimeo.com/{id}"),
    _provider("X", r"(?:twitter|x)\.com/(?P<id>\w+/status/\d+)", "https://x.com/{id}"),
    _provider("X", r"platform\.twitter\.com/embed/Tweet\.html\?(?:[^#]*&)?id=(?P<id>\d+)", "https://x.com/i/status/{id}"),
    _provider("Instagram", r"instagram\.com/(?P<id>(?:p|reel|tv)/[\w-]+)", "https://www.instagram.com/{id}/"),
    _provider("TikTok", r"tiktok\.com/(?P<id>@[\w.]+/video/\d+)", "https://www.tiktok.com/{id}"),
    _provider("TikTok", r"tiktok\.com/(?:embed(?:/v\d)?|player/v\d)/(?P<id>\d+)", "https://www.tiktok.com/embed/v2/{id}"),
    _provider("Facebook", r"facebook\.com/plugins/(?:video|post)\.php\?(?:[^#]*&)?href=(?P<quoted>[^&#]+)", "{quoted}"),
    _provider("Facebook", r"facebook\.com/(?P<id>[\w.]+/(?:posts|videos)/[\w-]+)", "https://www.facebook.com/{id}"),
    _provider("Bluesky", r"bsky\.app/profile/(?P<id>[\w.:-]+/post/\w+)", "https://bsky.app/profile/{id}"),
    _provider("Bluesky", r"embed\.bsky\.app/embed/(?P<did>did:[\w:]+)/app\.bsky\.feed\.post/(?P<id>\w+)", "https://bsky.app/profile/{did}/post/{id}"),
    _provider("Threads", r"threads\.(?:net|com)/(?P<id>@[\w.]+/post/[\w-]+)", "https://www.threads.net/{id}"),
    _provider("Mastodon", r"(?P<host>[\w.-]+)/(?P<id>@[\w.]+(?:@[\w.-]+)?/\d+)(?:/embed)?$", "https://{host}/{id}"),
    _provider(
        "Spotify",
        r"open\.spotify\.com/(?:embed(?:-podcast)?/)?(?P<id>(?:track|album|playlist|episode|show|artist)/\w+)",
        "https://open.spotify.com/{id}",
    ),
    _provider("SoundCloud", r"soundcloud\.com/player/?\?(?:[^#]*&)?url=(?P<quoted>[^&#]+)", "{quoted}"),
    _provider("Apple Podcasts", r"embed\.podcasts\.apple\.com/(?P<id>[^?#]+)", "https://podcasts.apple.com/{id}"),
    _provider(
        "Dailymotion",
        r"dailymotion\.com/(?:embed/)?video/(?P<id>\w+)",
        "https://www.dailymotion.com/video/{id}",
        "https://www.dailymotion.com/thumbnail/video/{id}",
    ),
    _provider("Bilibili", r"bilibili\.com/(?:[^?#]*\?(?:[^#]*&)?bvid=|video/)(?P<id>BV\w+)", "https://www.bilibili.com/video/{id}"),
    _provider("Bilibili", r"bilibili\.com/[^?#]*\?(?:[^#]*&)?aid=(?P<id>\d+)", "https://www.bilibili.com/video/av{id}"),
    _provider("Youku", r"player\.youku\.com/embed/(?P<id>[\w=]+)", "https://v.youku.com/v_show/id_{id}.html"),
    _provider("Tencent Video", r"v\.qq\.com/(?:[^?#]*\?(?:[^#]*&)?vid=|x/page/)(?P<id>\w+)", "https://v.qq.com/x/page/{id}.html"),
    _provider("Niconico", r"embed\.nicovideo\.jp/watch/(?P<id>\w+)", "https://www.nicovideo.jp/watch/{id}"),
    _provider("Rumble", r"rumble\.com/embed/(?P<id>\w+)", "https://rumble.com/embed/{id}"),
    _provider("Telegram", r"t\.me/(?P<id>\w+/\d+)", "https://t.me/{id}"),
    _provider("Reddit", r"(?:reddit|redditmedia)\.com/(?P<id>r/\w+/comments/\w+)", "https://www.reddit.com/{id}/"),
    _provider("Datawrapper", r"datawrapper\.dwcdn\.net/(?P<id>\w+)", "https://datawrapper.dwcdn.net/{id}/"),
    _provider("Flourish", r"flo\.uri\.sh/(?P<id>(?:visualisation|story)/\d+)", "https://flo.uri.sh/{id}/embed"),
    _provider("Infogram", r"(?:e\.)?infogram\.com/(?P<id>[\w-]+)", "https://infogram.com/{id}"),
    _provider("Google Maps", r"google\.\w+(?:\.\w+)?/maps/(?P<id>(?:d/)?(?:u/\d/)?(?:embed|viewer)\?[^#\s]+)", "https://www.google.com/maps/{id}"),
    _provider("DocumentCloud", r"documentcloud\.org/documents/(?P<id>[\w-]+)", "https://www.documentcloud.org/documents/{id}"),
)
"""The first whose address matches is taken. Mastodon is known by the form of its posts, since anyone may host it."""
