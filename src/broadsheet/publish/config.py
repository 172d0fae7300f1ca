"""Settings of the room `publish`, and of the pictures in what it publishes."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """What our feeds and pages say about themselves, and how much they hold."""

    base_url: str = setting("", "Where readers find the published files, e.g. https://news.example/; empty: relative links only, no self link.")
    old_base_urls: tuple[str, ...] = setting((), "Where they were found before: requests that still come there are sent on to base_url.")
    title: str = setting("Broadsheet", "The name over everything published together.")
    entries: int = setting(50, "Articles in one feed, newest first.", low=1, high=200)
    max_bytes: int = setting(2_000_000, "Largest feed; older articles are left out beyond it.", unit="bytes", low=50_000, high=15_000_000)
    content: str = setting(
        "full",
        "What a feed's entry holds: the whole article, only its summary, or the publisher's teaser above the whole article.",
        choices=("full", "summary", "teaser"),
    )
    notices: bool = setting(True, "Whether a source's feed says in an entry that the source is broken, and in another that it works again.")
    notice_days: float = setting(7.0, "How long such a notice stays in the feed.", unit="days", low=0.1, high=365)
    hub: str = setting("", "The WebSub hub that our feeds name: a URL, or own for the hub built into the server; empty: none.")

    @property
    def hub_url(self) -> str | None:
        """Where that hub is; None without one, and for our own hub as long as nobody has said where we are."""
        if self.hub != "own":
            return self.hub or None
        return f"{self.base_url.rstrip('/')}/hub" if self.base_url else None


_LIKE = "original, proxy (our own image proxy), stored (our copies, where there are), or a template like url_template"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagesSettings:
    """Where readers load pictures from: one answer for all outputs, or one for each."""

    url_template: str = setting(
        "",
        "An image proxy for published pictures: {url} is the encoded URL, {bare_url} the URL without its scheme, "
        "as in https://images.weserv.nl/?url={bare_url}; empty: the publisher's own host.",
    )
    feeds: str = setting("", f"Pictures in feeds: {_LIKE}; empty: as url_template says.")
    rss: str = setting("", "The same for RSS alone; empty: as feeds says.")
    atom: str = setting("", "The same for Atom alone; empty: as feeds says.")
    json: str = setting("", "The same for JSON Feed alone; empty: as feeds says.")
    site: str = setting(
        "", f"Pictures on pages: {_LIKE}; empty: as url_template says, and where that is empty too, the server's pages take its own proxy."
    )
    archive: str = setting("", f"Pictures in Markdown archives: {_LIKE}; empty: as url_template says.")
    native: str = setting("", "The same for the native form alone; empty: as archive says.")
    compatible: str = setting("", "The same for the compatible form alone; empty: as archive says.")
