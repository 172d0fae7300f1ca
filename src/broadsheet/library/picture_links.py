"""Links to our own pictures: at our image proxy, signed, and where copies are kept; and which of them each output gives its readers.

Everything that is written for readers asks the `PictureDesk`: feeds, pages, archives, as files or served.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from broadsheet.config import Settings
from broadsheet.engine.makers import has_libvips
from broadsheet.errors import ConfigError, DiskFull, StoreInUse, StoreUnwritable
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.sign import signed
from broadsheet.markup.pictures import PictureMap
from broadsheet.observe import log
from broadsheet.publish.addresses import FROM_PUBLISHERS, PictureAddresses
from broadsheet.publish.formats import FORMATS
from broadsheet.publish.picture_choice import PictureChoice, check_choices, picture_choice
from broadsheet.publish.site.setup import through_template
from broadsheet.store import Store
from broadsheet.urls import origin_of

PROXY_AT, KEPT_AT = "images/", "pictures/"
"""Where our image proxy and our copies are, below the site's root."""

SECRET = "image-proxy"  # noqa: S105  a name
"""Of the key in the store, for links that are signed when the settings name no key."""

ADDRESSES_AT_HAND = 10_000


def signing_keys(settings: ImageProxySettings, store: Store) -> tuple[bytes, ...]:
    """The keys of signed links: those in the settings, else the one that this installation made for itself. The first signs.

    None where that one is not made yet and cannot be kept: then links are not signed, and pictures of articles are given all the same.
    """
    if settings.keys:
        return tuple(key.encode() for key in settings.keys)
    try:
        return (store.secret(SECRET),)
    except (StoreUnwritable, StoreInUse, DiskFull) as error:
        log("publish").info("Links to pictures are not signed: %s", error)
        return ()


def proxy_is_on(settings: Settings) -> bool:
    """Whether our server makes pictures: it may, and can."""
    return settings.image_proxy.access != "off" and has_libvips()


@dataclass(frozen=True, slots=True)
class PictureLinks:
    """Addresses at our own proxy below *base* (ends in a slash; "": the site's root). What has been through it already stays.

    *keys* gives those that sign, when the first address is asked for.
    """

    base: str
    keys: Callable[[], tuple[bytes, ...]]

    def __call__(self, url: str) -> str:
        """The whole picture; animations move."""
        moves = urlsplit(url).path.lower().endswith(".gif")
        return self._link(url, "&n=-1" if moves else "")

    def resized(self, url: str, *, width_px: int, height_px: int | None = None, moves: bool = False) -> str:
        """The picture so wide, or as wide as it is; cut to a height."""
        cut = f"&h={height_px}&fit=cover" if height_px is not None else ""
        return self._link(url, f"&w={width_px}{cut}&we=1{'&n=-1' if moves else ''}")

    def _link(self, url: str, wish: str) -> str:
        if not url.startswith(("https://", "http://")) or url.startswith(f"{self.base or ' '}{PROXY_AT}?"):
            return url
        query = f"url={quote(url, safe='', errors='replace')}{wish}"
        keys = self.keys()
        return f"{self.base}{PROXY_AT}?{signed(query, keys[0]) if keys else query}"


class PictureDesk:
    """The operator's choices as addresses. *served*: by our own server, which has the copies; else for files. *makes*: it has the proxy too.

    Raises ConfigError at once for choices of which nothing can be made.
    """

    def __init__(self, settings: Settings, store: Store, *, served: bool = False, makes: bool = False) -> None:
        self._settings = settings
        self._store = store
        self._served = served
        self._makes = makes and settings.image_proxy.access != "off"
        self._known_keys: tuple[bytes, ...] | None = None
        check_choices(settings.images)
        for output in ("site", *FORMATS, "native", "compatible"):
            choice = picture_choice(settings.images, output)
            if choice.place == "proxy" and settings.image_proxy.access == "off":
                raise ConfigError(f"{choice.key} = proxy", "image_proxy.access is off", do="Change one of the two.")

    def for_site(self) -> PictureAddresses:
        """Of the pages. Served ones take everything from where they are themselves. Raises ConfigError, like the others, where it is not known
        where we are."""
        choice = picture_choice(self._settings.images, "site")
        if not choice.key and self._makes:
            choice = PictureChoice(place="proxy", key="images.site")
        return self._addresses(choice, "" if self._served or choice.place == "stored" else self._base(choice))

    def for_feed(self, output: str, home: str | None = None) -> PictureAddresses:
        """Of a feed in the format *output*. *home* is the address we are reached at (ends in a slash), None: as the settings say."""
        choice = picture_choice(self._settings.images, output)
        return self._addresses(choice, home or self._base(choice))

    def for_archive(self, output: str) -> PictureMap | None:
        """Of a Markdown archive: each picture's address on its own. None: the publishers'."""
        choice = picture_choice(self._settings.images, output)
        if choice.place == "stored" and output == "compatible":
            raise ConfigError(
                f"{choice.key} = stored", "is not for the compatible form: its files have no place for the originals' addresses",
                do="Set images.compatible to original, proxy or a template; the native form takes stored.",
            )  # fmt: skip
        addresses = self._addresses(choice, self._base(choice))
        if addresses.kept_at is None:
            return addresses.image

        @lru_cache(maxsize=ADDRESSES_AT_HAND)
        def shown(url: str) -> str:
            found = addresses.of(self._store.pictures((url,)))
            return found(url) if found else url

        return shown

    def elsewhere(self, url: str) -> str:
        """Where our server sends who asks it for a copy that it does not have."""
        return PictureLinks("../", self._keys)(url) if self._makes else url

    def _addresses(self, choice: PictureChoice, base: str) -> PictureAddresses:
        match choice.place:
            case "original":
                return FROM_PUBLISHERS
            case "template":
                return through_template(choice.template)
            case "proxy":
                return self._proxied(base)
            case "stored":
                proxied = self._proxied(base) if self._served and proxy_is_on(self._settings) else FROM_PUBLISHERS
                return PictureAddresses(
                    image=proxied.image, media=proxied.media, kept_at=f"{base}{KEPT_AT}", origins=proxied.origins, media_origins=proxied.media_origins
                )

    def _proxied(self, base: str) -> PictureAddresses:
        links = PictureLinks(base, self._keys)
        own = (origin_of(base).rstrip("/"),) if base else ()
        return PictureAddresses(image=links, resized=links.resized, origins=own)

    def _keys(self) -> tuple[bytes, ...]:
        if self._known_keys is None:
            self._known_keys = signing_keys(self._settings.image_proxy, self._store)
        return self._known_keys

    def _base(self, choice: PictureChoice) -> str:
        """Where files say that we are. Raises ConfigError where it matters and nobody has said."""
        base = self._settings.publish.base_url
        if base or choice.place in ("original", "template"):
            return f"{base.rstrip('/')}/"
        raise ConfigError(
            f"{choice.key} = {choice.place}", "needs publish.base_url: readers must be told where our pictures are",
            do="Set publish.base_url, or leave the pictures with their publishers.",
        )  # fmt: skip
