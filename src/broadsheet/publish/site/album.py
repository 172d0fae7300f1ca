"""The pictures of one page: which sizes of them a browser may choose from, how much room they take before they come, what stands there
meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from urllib.parse import urlsplit

from broadsheet.markup.pictures import Size, rewritten_srcset, true_size
from broadsheet.model import KnownPicture, Picture
from broadsheet.publish.addresses import Known, known_sizes
from broadsheet.publish.site.place import Links
from broadsheet.urls import is_http

SMALLEST_PX = 320
"""The narrowest candidate of a `srcset`; a picture drawn no wider gets one address, twice as wide for fine screens."""

UNMEASURED_PX = 1280
"""Asked for where nobody knows how wide a picture is: without that, a choice of sizes would draw small ones large."""

MOST_FRAMES, MOST_PIXELS = 256, 71_000_000
"""Of an animation that an image proxy still moves (the defaults of `image_proxy.max_pages` and `max_pixels`); others stand still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A place for pictures on a page: the widths worth offering, how wide it is (as `sizes` wants it), and the shape that all are cut to."""

    widths: tuple[int, ...]
    sizes: str
    shape: Fraction | None = None
    moves: bool = True  # whether an animation may


# The widths follow style.css: a column of 38rem, a lead of 52rem, thumbnails of 11rem and 6.5rem; each once and twice as fine.
BODY = Room(widths=(320, 480, 640, 960, 1280), sizes="(max-width: 40.5rem) calc(100vw - 2.5rem), 38rem")
LEAD = Room(widths=(320, 480, 640, 960, 1280, 1664), sizes="(max-width: 36rem) 100vw, (max-width: 54.5rem) calc(100vw - 2.5rem), 52rem")
TOP = Room(
    widths=(320, 480, 640, 960, 1280, 1664), sizes="(max-width: 56rem) calc(100vw - 2.5rem), min(51rem, 66vw)", shape=Fraction(16, 10), moves=False
)
TEASERS = Room(
    widths=(128, 208, 320, 480, 768), sizes="(max-width: 36rem) 6.5rem, (max-width: 56rem) 45vw, min(24rem, 31vw)", shape=Fraction(3, 2), moves=False
)
LIST = Room(widths=(96, 192, 352), sizes="(max-width: 36rem) 6rem, 11rem", shape=Fraction(3, 2), moves=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """A picture ready for `<img>`: its address already rewritten, size only when both sides are known."""

    src: str
    width: int | None
    height: int | None
    alt: str
    caption: str | None
    credit: str | None
    srcset: str = ""
    sizes: str = ""
    placeholder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """What a page knows of its pictures, and where it gets them from."""

    links: Links
    known: Known = field(default_factory=dict)

    def picture(self, image: Picture | None, room: Room) -> ShownPicture | None:
        """*image* as it is drawn in *room*; its text alternative is empty when the caption under it already says what it shows."""
        if image is None or not is_http(image.url):
            return None
        size = self.size(image.url, (image.width_px, image.height_px))
        return ShownPicture(
            **self.addresses(image.url, size, room),
            width=size[0] if size else None, height=size[1] if size else None, alt=image.alt or "", caption=image.caption, credit=image.credit,
            placeholder=self.placeholder(image.url, size),
        )  # fmt: skip

    def size(self, url: str, stated: tuple[int | None, int | None]) -> Size | None:
        """Both sides to state, None where either is not known."""
        if (looked_at := known_sizes({url: self.known[url]}) if url in self.known else {}).get(url):
            return true_size(stated, looked_at[url])
        width, height = stated
        return (width, height) if width and height else None

    def addresses(self, url: str, size: Size | None, room: Room) -> dict[str, str]:
        """`src`, and `srcset` with `sizes` where there is something to choose from."""
        resized = self.links.site.pictures.resized
        if resized is None:
            return {"src": self.address(url)}
        drawn = min(size[0], self._true_width(url) or size[0]) if size else None
        if drawn is None and room.shape is None:
            return {"src": self._resized(url, UNMEASURED_PX, room)}
        if drawn is not None and drawn <= SMALLEST_PX and room.shape is None:
            return {"src": self._resized(url, min(2 * drawn, self._true_width(url) or drawn), room)}
        widths = _offered(room.widths, self._true_width(url) or drawn)
        candidates = [f"{self._resized(url, width, room)} {width}w" for width in widths]
        middle = candidates[len(candidates) // 2].partition(" ")[0]
        return {"src": middle, "srcset": ", ".join(candidates), "sizes": room.sizes} if len(candidates) > 1 else {"src": middle}

    def address(self, url: str) -> str:
        """Where the page loads a picture from, whole."""
        rewritten = self.links.site.pictures.of(self.known)
        return self._from_here(rewritten(url)) if rewritten else url

    def recording(self, url: str) -> str:
        """Where it loads a recording from."""
        media = self.links.site.pictures.media
        return self._from_here(media(url)) if media else url

    def candidates(self, srcset: str) -> str:
        """The publisher's own choice of sizes, each rewritten."""
        return rewritten_srcset(srcset, self.address)

    def placeholder(self, url: str, size: Size | None) -> str:
        """A tiny copy of the picture as a `data:` URL, to be drawn under it while it comes; "" where there is none.

        None for upright pictures either: those are fitted to the height of the window, and the copy would stand out beside them.
        """
        one = self.known.get(url)
        if one is None or one.state != "kept" or one.original is None or size is None or size[1] > size[0] or size[0] <= SMALLEST_PX:
            return ""
        return one.original.placeholder or ""

    def _resized(self, url: str, width: int, room: Room) -> str:
        resized = self.links.site.pictures.resized
        assert resized is not None
        height = round(width / room.shape) if room.shape else None
        return self._from_here(resized(url, width_px=width, height_px=height, moves=room.moves and _moves(url, self.known.get(url))))

    def _true_width(self, url: str) -> int | None:
        one = self.known.get(url)
        return one.original.width_px if one and one.original else None

    def _from_here(self, address: str) -> str:
        """An address of ours stands from the site's root; every other one has a scheme."""
        return address if address.startswith(("https:", "http:", "data:")) else f"{self.links.root}{address}"


def _offered(widths: tuple[int, ...], widest: int | None) -> list[int]:
    """Those of *widths* that a picture fills, and its own where that lies between them."""
    filled = [width for width in widths if widest is None or width <= widest]
    if widest is not None and widest < widths[-1] and widest not in filled:
        filled.append(widest)
    return filled


def _moves(url: str, known: KnownPicture | None) -> bool:
    """Whether a picture is an animation that a proxy can take: as it was looked at, else as its name says."""
    original = known.original if known else None
    if original is None:
        return urlsplit(url).path.lower().endswith(".gif")
    pixels = original.frames * (original.width_px or 0) * (original.height_px or 0)
    return 1 < original.frames <= MOST_FRAMES and pixels <= MOST_PIXELS
