"""From a frame, a player or a quoted post to an `Embed`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from broadsheet.extraction.embeds.providers import PROVIDERS, Provider
from broadsheet.markup.blocks import Box
from broadsheet.urls import join

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original", "data-url", "data-embed-url", "data")
_IDS = {
    "amp-youtube": "https://www.youtube.com/embed/{id}",
    "amp-twitter": "https://x.com/i/status/{id}",
    "amp-instagram": "https://www.instagram.com/p/{id}",
}
_ID_ATTRIBUTES = ("data-videoid", "data-tweetid", "data-shortcode")
_POSTS = {
    "twitter-tweet": "X", "twitter-video": "X", "instagram-media": "Instagram", "tiktok-embed": "TikTok", "bluesky-embed": "Bluesky",
    "mastodon-embed": "Mastodon", "fb-post": "Facebook", "fb-video": "Facebook", "text-post-media": "Threads", "reddit-embed-bq": "Reddit",
    "telegram-post": "Telegram",
}  # fmt: skip
_POST = re.compile(r"(?:^|\s)(" + "|".join(_POSTS) + r")(?:\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A foreign player or post: a link to open it, who hosts it, its title and a still picture where known."""

    url: str
    provider: str
    title: str | None = None
    poster: str | None = None


def embed_of(node: LexborNode, base: str) -> Embed | None:
    """What a frame, player or `amp-` element shows, or None: an advertisement, a tracker, a form, a host that is no platform.

    A video or audio file of the publisher's own is an embed too, its provider "Video" or "Audio".
    """
    attributes, tag = node.attributes, node.tag or ""
    title = (attributes.get("title") or attributes.get("aria-label") or "").strip() or None
    for address in _addresses(tag, attributes):
        if found := _of_address(address, title):
            return found
    if tag in ("video", "audio", "amp-video", "amp-audio"):
        return _own_player(node, tag.removeprefix("amp-"), base, title)
    return None


def is_quoted_post(box: Box) -> str | None:
    """The platform whose script would turn *box* (a quotation with a well-known class) into a post, else None."""
    found = _POST.search(box.tokens) if box.tokens else None
    return _POSTS[found[1]] if found else None


def quoted_post(box: Box, provider: str, links: Iterable[str]) -> Embed | None:
    """The post that a quotation stands for; its address is in an attribute or in the last of its *links*."""
    attributes = box.node.attributes
    stated = [attributes.get(name) or "" for name in ("data-instgrm-permalink", "cite", "data-href", "data-text-post-permalink", "data-embed-url")]
    for address in [*stated, *reversed(list(links))]:
        if address and (found := _of_address(address, None)) and found.provider == provider:
            return found
    return None


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
    return Embed(url=url, provider=provider.name, title=title, poster=provider.poster.format(**parts) if provider.poster else None)


def _own_player(node: LexborNode, kind: str, base: str, title: str | None) -> Embed | None:
    sources = [node, *(child for child in node.iter() if child.tag == "source")]
    address = next((found for source in sources if (value := source.attributes.get("src")) and (found := join(base, value))), None)
    poster = node.attributes.get("poster")
    if address is None:
        return None
    return Embed(url=address, provider=kind.capitalize(), title=title, poster=join(base, poster) if poster else None)
