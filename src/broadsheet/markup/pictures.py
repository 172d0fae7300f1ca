"""The pictures and recordings inside clean HTML: naming them, and sending readers to a proxy or a copy instead of the publisher's host.

All that a browser loads by itself is rewritten: as pictures `src` and `srcset` of `img`, `srcset` of `source`, `poster` of `video`; as
recordings `src` of `audio`, `video` and `source`. A `srcset` left alone would bring back the blocked or spying host that `src` was rewritten
to avoid. What else could load something (styles, frames, `data-src` and its cousins) does not get past the sanitiser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, unquote

from broadsheet.errors import ConfigError
from broadsheet.markup.tree import attribute_text
from broadsheet.model import PictureRole, SafeHtml

PictureMap = Callable[[str], str]
"""Takes a picture's own URL, gives the one readers are to load."""

Size = tuple[int, int]
"""Width and height in pixels."""

SHORTEST_NAME = 6
"""Characters of a file's name that can be a picture's own; "image" or "0x0" are not."""

# Sanitised HTML escapes `<`, `>` and `"` in every attribute, so these read it exactly.
_TAG = re.compile(r"<(img|source|video|audio)( [^<>]*)>")
_ATTRIBUTE = re.compile(r' (src|srcset|poster|class)="([^"]*)"')
_SIDE = re.compile(r' (width|height)="(\d{1,5})"')
_FIRST = re.compile(r'<img(?: [^<>]*?)? src="([^"]*)"')
# What newsrooms number pictures by: a UUID, a hash, a number of six digits or more.
_NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}|(?<![0-9a-z])(?=[0-9a-f]*\d)[0-9a-f]{9,}(?![0-9a-z])|(?<!\d)\d{6,}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d")  # all pictures of one day would have it
_SIZE_IN_NAME = re.compile(
    r"(?:[_-]|^)(?:\d{2,4}x\d{2,4}|[wh]\d{2,4}|\d{2,4}w|large|small|medium|thumb(?:nail)?|big|scaled|original|full|master\d*|\d{3,4})(?=[_.-]|$)",
    re.I,
)
_PLACE = re.compile(r"\{([^{}]*)\}")
# Every character that could end the address inside another's query, or be decoded away by the proxy; all else stays readable.
_BARE_ESCAPES = str.maketrans({"%": "%25", "?": "%3F", "&": "%26", "#": "%23", "+": "%2B", " ": "%20"})


@dataclass(frozen=True, slots=True)
class ImageTemplate:
    """The address of a proxied picture, as the setting `images.url_template` states it. A `PictureMap`.

    `{url}` is the picture's URL, wholly percent-encoded; `{bare_url}` the same without its scheme and as readable as a query allows
    (`https://images.weserv.nl/?url={bare_url}`). A URL that has been through the template already comes out as it is.
    """

    before: str
    place: str
    after: str

    def __call__(self, url: str) -> str:
        scheme, _, bare = url.partition("://")
        if scheme not in ("http", "https") or self.made(url):
            return url
        inside = quote(url, safe="", errors="replace") if self.place == "url" else bare.translate(_BARE_ESCAPES)
        return f"{self.before}{inside}{self.after}"

    def made(self, url: str) -> bool:
        """Whether *url* is one that this template gives."""
        return url.startswith(self.before) and url.endswith(self.after)


def image_template(text: str, *, key: str = "images.url_template") -> ImageTemplate | None:
    """The template in the *text* of the setting *key*, None where it is empty: pictures stay at the publisher's.

    Raises ConfigError where it is no http(s) URL with exactly one of `{url}` and `{bare_url}` behind its host.
    """
    if not text.strip():
        return None
    places = _PLACE.findall(text)
    before, _, after = text.strip().partition(f"{{{places[0]}}}") if len(places) == 1 else ("", "", "")
    if not re.match(r"https?://[^/?#\s\"<>]+[/?]", before) or places[0] not in ("url", "bare_url") or re.search(r'[\s"<>{}]', before + after):
        raise ConfigError(
            key,
            f"{text!r} is no address of an image proxy",
            do="Give an http(s) URL with exactly one {url} or {bare_url} after its host, e.g. https://images.example/?url={bare_url}",
        )
    return ImageTemplate(before, places[0], after)


def rewrite(html: SafeHtml, *, image: PictureMap | None = None, media: PictureMap | None = None, sizes: Mapping[str, Size] | None = None) -> SafeHtml:
    """*html* with every picture loaded from where *image* says and every recording from where *media* says; the same object where nothing is
    said. *sizes* are those of pictures, by their own address: they are stated where the publisher did not, or wrongly.
    """
    if image is None and media is None and not sizes:
        return html

    def tag(found: re.Match[str]) -> str:
        size = sizes.get(_source(found[2])) if sizes and found[1] == "img" else None
        said = _sized(found[2], size) if size else found[2]
        return f"<{found[1]}{_ATTRIBUTE.sub(lambda one: _rewritten(one, found[1], image, media), said)}>"

    return SafeHtml(_TAG.sub(tag, html))


def true_size(stated: tuple[int | None, int | None], size: Size) -> Size:
    """The sides to state for a picture of *size* that the publisher draws at *stated*: as wide as there, in its own proportions.

    A stated width may be meant (an icon of a large file), the height beside it is often wrong: of another crop, or of all pictures alike.
    """
    (width, height), (true_width, true_height) = stated, size
    if width:
        return width, max(1, round(width * true_height / true_width))
    if height:
        return max(1, round(height * true_width / true_height)), height
    return size


def pictures_in(html: SafeHtml) -> tuple[tuple[str, PictureRole], ...]:
    """Each address that a browser would load to show *html*, once, with what it is there, in document order.

    Roles are "body", "poster" (of a film, or of a foreign player that has become a link), "media" for recordings, and "candidate" for the
    sizes and formats in a `srcset`; an address that is both a candidate and something else is the latter.
    """
    found: dict[str, PictureRole] = {}
    for url, role in _named(html):
        if found.get(url, "candidate") == "candidate":
            found[url] = role
    return tuple(found.items())


def _named(html: SafeHtml) -> Iterator[tuple[str, PictureRole]]:
    """The addresses as they stand, with repetitions."""
    for tag in _TAG.finditer(html):
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[2])}
        shown: PictureRole = "media" if tag[1] != "img" else "poster" if "poster" in said.get("class", "").split() else "body"
        if src := said.get("src"):
            yield src, shown
        if poster := said.get("poster"):
            yield poster, "poster"
        for candidate in said.get("srcset", "").split(", "):
            if url := candidate.partition(" ")[0]:
                yield url, "candidate"


def address_key(url: str) -> str:
    """What the same picture in two sizes and crops has in common: the number in its file's name, else the name without its sizes."""
    path = unquote(url.partition("?")[0].partition("#")[0])
    segments = [segment for segment in path.split("/")[3:] if segment]
    name = (segments[-1] if segments else path).rsplit(".", 1)[0].lower()
    if numbers := [found[0] for found in _NUMBER.finditer(name) if not _DATE.fullmatch(found[0])]:
        return max(numbers, key=len)
    bare = _SIZE_IN_NAME.sub("", name).strip("_-")
    # Names that say nothing: the folder does.
    return bare if len(bare) >= SHORTEST_NAME else "/".join(segments[-3:]).lower()


def first_image(html: SafeHtml) -> str | None:
    """The address of the first picture, or None."""
    found = _FIRST.search(html)
    return unescape(found[1]) if found else None


def _rewritten(found: re.Match[str], tag: str, image: PictureMap | None, media: PictureMap | None) -> str:
    name, value = found[1], unescape(found[2])
    if name == "class":
        return found[0]
    if name == "src" and tag != "img":
        return attribute_text({name: media(value)}) if media else found[0]
    if image is None:
        return found[0]
    return attribute_text({name: rewritten_srcset(value, image) if name == "srcset" else image(value)})


def rewritten_srcset(srcset: str, image: PictureMap) -> str:
    """A sanitised srcset with every address as *image* says: candidates divided by a comma and a space, each a URL and perhaps a descriptor."""
    candidates = (candidate.partition(" ") for candidate in srcset.split(", "))
    return ", ".join(f"{image(url).replace(' ', '%20')} {descriptor}".strip() for url, _, descriptor in candidates)


def _source(attributes: str) -> str:
    return next((unescape(value) for name, value in _ATTRIBUTE.findall(attributes) if name == "src"), "")


def _sized(attributes: str, size: Size) -> str:
    stated = {name: int(value) for name, value in _SIDE.findall(attributes)}
    width, height = true_size((stated.get("width"), stated.get("height")), size)
    return f'{_SIDE.sub("", attributes)} width="{width}" height="{height}"'
