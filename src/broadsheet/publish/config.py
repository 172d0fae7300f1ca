"""Settings of the room `publish`, and of the pictures in what it publishes."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """What our feeds and pages say about themselves, and how much they hold."""

    base_url: str = setting("", "Where readers find the published files, e.g. https://news.example/; empty: relative links only, no self link.")
    title: str = setting("Broadsheet", "The name over everything published together.")
    entries: int = setting(50, "Articles in one feed, newest first.", low=1, high=200)
    max_bytes: int = setting(2_000_000, "Largest feed; older articles are left out beyond it.", unit="bytes", low=50_000, high=15_000_000)
    content: str = setting("full", "What a feed's entry holds: the whole article, or only its summary.", choices=("full", "summary"))
    hub: str = setting("", "URL of the WebSub hub that our feeds name; empty: none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagesSettings:
    """Where readers load pictures from."""

    url_template: str = setting(
        "",
        "An image proxy for published pictures: {url} is the encoded URL, {bare_url} the URL without its scheme, "
        "as in https://images.weserv.nl/?url={bare_url}; empty: the publisher's own host.",
    )
