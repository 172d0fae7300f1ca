"""From a frame, a player or a quoted post to an `Embed`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from broadsheet.extraction.embeds.providers import PROVIDERS, Provider
from broadsheet.markup.blocks import Box
from broadsheet.markup.story import Object, first_text, texts, types_of
from broadsheet.urls import join

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original", "data-url", "data-embed-url", "data")
_IDS = {
    "amp-youtube": "https://www.youtube.com/embed/{id}",
    "amp-twitter": "https://x.com/i/status/{id}",
    "amp-instagram": "https://www.instagram.com/p/{id}",
    "lite-youtube": "https://www.youtube.com/embed/{id}",
    "lite-vimeo": "https://vimeo.com/{id}",
    "youtube-video": "https://www.youtube.com/embed/{id}",
}
"""Elements that a script would turn into a player."""

_ID_ATTRIBUTES = ("data-videoid", "data-tweetid", "data-shortcode", "videoid", "video-id")
_TITLES = ("title", "aria-label", "playlabel", "videotitle")
_POSTS = {
    "twitter-tweet": "X", "twitter-video": "X", "instagram-media": "Instagram", "tiktok-embed": "TikTok", "bluesky-embed": "Bluesky",
    "mastodon-embed": "Mastodon", "fb-post": "Facebook", "fb-video": "Facebook", "text-post-media": "Threads", "reddit-embed-bq": "Reddit",
    "telegram-post": "Telegram",
}  # fmt: skip
MAX_WORDS = 600
"""The longest text of a post that is shown with its link, in characters."""

_ACCOUNT = re.compile(r"https://(?:x\.com/(?!i/)(\w+)/status/|bsky\.app/profile/([\w-]+(?:\.[\w-]+)+)/|t\.me/(\w+)/|[\w.-]+/@([\w.]+)[@/])")
_EMPTY_WORDS = frozenset(
    "a the video player embed embedded embeds post content iframe frame tweet twitter media audio podcast social view on from".split()
)
_EMBED_OF = re.compile(r"^(?:\w+ )?embed(?:ded)?(?: of)?: ", re.I)
_POST = re.compile(r"(?:^|\s)(" + "|".join(_POSTS) + r")(?:\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A foreign player or post: a link to open it, who hosts it, its title, a still picture and the post's words where known."""

    url: str
    provider: str
    title: str | None = None
    poster: str | None = None
    words: str | None = None


def embed_of(node: LexborNode, base: str) -> Embed | None:
    """What a frame, player or `amp-` element shows, or None: an advertisement, a tracker, a form, a host that is no platform.

    A video or audio file of the publisher's own is an embed too, its provider "Video" or "Audio".
    """
    attributes, tag = node.attributes, node.tag or ""
    title = next((said.strip() for name in _TITLES if (said := attributes.get(name)) and said.strip()), None)
    for address in _addresses(tag, attributes):
        if found := _of_address(address, title):
            return found
    if tag in ("video", "audio", "amp-video", "amp-audio"):
        return _own_player(node, tag.removeprefix("amp-"), base, title)
    return None


def is_facade(box: Box) -> bool:
    """Whether *box* stands for a player until a script puts one there."""
    return box.tag in _IDS


def is_quoted_post(box: Box) -> str | None:
    """The platform whose script would turn *box* (a quotation with a well-known class) into a post, else None."""
    return _platform_of(box.tokens) if box.tokens else None


@lru_cache(maxsize=4_096)
def _platform_of(names: str) -> str | None:
    found = _POST.search(names)
    return _POSTS[found[1]] if found else None


def quoted_post(box: Box, provider: str, links: Iterable[str], words: str = "") -> Embed | None:
    """The post that a quotation stands for, with its *words*; its address is in an attribute or in the last of its *links*."""
    attributes = box.node.attributes
    stated = [attributes.get(name) or "" for name in ("data-instgrm-permalink", "cite", "data-href", "data-text-post-permalink", "data-embed-url")]
    for address in [*stated, *reversed(list(links))]:
        if address and (found := _of_address(address, None)) and found.provider == provider:
            return replace(found, words=words[:MAX_WORDS] or None)
    return None


def videos_in(objects: Iterable[Object]) -> Mapping[str, Embed]:
    """The players that a page's JSON-LD describes, by the address where a reader can open each."""
    found: dict[str, Embed] = {}
    for thing in objects:
        if "videoobject" in types_of(thing):
            title, poster = first_text(thing.get("name")), next(texts(thing.get("thumbnailUrl"), "url"), None)
            for address in (first_text(thing.get(name)) for name in ("embedUrl", "contentUrl", "url")):
                if address:
                    known = _of_address(address, title) or Embed(url=address, provider="Video", title=title)
                    found[known.url] = replace(known, poster=known.poster or (join("", poster) if poster else None))
    return found


def completed(embed: Embed, videos: Mapping[str, Embed]) -> Embed:
    """*embed* with title and poster from what `videos_in` found of it, where it has none itself."""
    known = videos.get(embed.url)
    return embed if known is None else replace(embed, title=embed.title or known.title, poster=embed.poster or known.poster)


def _addresses(tag: str, attributes: Mapping[str, str | None]) -> Iterable[str]:
    for name in _ID_ATTRIBUTES:
        if tag in _IDS and (value := attributes.get(name)):
            yield _IDS[tag].format(id=value)
    for name in _ADDRESSES:
        if value := attributes.get(name):
            yield value.strip()


def _of_address(address: str, title: str | None) -> Embed | None:
    for provider in PROVIDERS:
        if found := provider.address.search(address):
            return _made(provider, {name: unquote(value) if name == "quoted" else value for name, value in found.groupdict().items()}, title)
    return None


def _made(provider: Provider, parts: Mapping[str, str], title: str | None) -> Embed | None:
    url = join("https://invalid.invalid/", provider.page.format(**parts))
    if url is None or "invalid.invalid" in url:
        return None
    poster = provider.poster.format(**parts) if provider.poster else None
    return Embed(url=url, provider=provider.name, title=_telling(title, provider.name) or _account(url), poster=poster)


def _account(url: str) -> str | None:
    """Whose post it is, as far as its address says: a link that reads only "X" tells a listener nothing."""
    found = _ACCOUNT.match(url)
    return next((f"@{name}" for name in found.groups() if name), None) if found else None


def _telling(title: str | None, provider: str) -> str | None:
    """A title that says what is shown: not "YouTube video player"; of "Spotify Embed: The Ferry" the end."""
    said = _EMBED_OF.sub("", title or "").strip()
    words = frozenset(re.findall(r"[\w']+", said.lower()))
    return said if words - _EMPTY_WORDS - frozenset(provider.lower().split()) else None


def _own_player(node: LexborNode, kind: str, base: str, title: str | None) -> Embed | None:
    sources = [node, *(child for child in node.iter() if child.tag == "source")]
    address = next((found for source in sources if (value := source.attributes.get("src")) and (found := join(base, value))), None)
    poster = node.attributes.get("poster")
    if address is None:
        return None
    return Embed(url=address, provider=kind.capitalize(), title=title, poster=join(base, poster) if poster else None)
