"""An article's HTML as our pages show it: pictures in sizes to choose from, loaded late, with nothing told to their hosts."""

from __future__ import annotations

from markupsafe import Markup

from broadsheet.markup.tree import Element, read_fragment, write_fragment
from broadsheet.model import SafeHtml
from broadsheet.publish.site.album import BODY, Album

_FOCUSABLE = {"tabindex": "0", "role": "group", "aria-label": "Scrollable table"}
_LATE = {"loading": "lazy", "decoding": "async", "referrerpolicy": "no-referrer"}


def shown_html(album: Album, html: SafeHtml) -> Markup:
    """*html* for a page: addresses as the site says, pictures lazy and with their sizes, wide tables in a box that scrolls.

    Only addresses, numbers, constant attributes and boxes are added, so what was safe stays so.
    """
    if not any(tag in html for tag in ("<img", "<source", "<table", "<audio", "<video")):
        return Markup(html)  # noqa: S704  SafeHtml has been through the sanitiser
    root = read_fragment(html)
    for player in root.find("audio", "video"):
        _quiet(album, player)
    _dress(album, root)
    return Markup(write_fragment(root))  # noqa: S704


def _quiet(album: Album, player: Element) -> None:
    """A recording from where the site says, which loads nothing before it is played."""
    player.attributes["preload"] = "none"
    for one in (player, *player.find("source")):
        if "src" in one.attributes:
            one.attributes["src"] = album.recording(one.attributes["src"])
    if poster := player.attributes.get("poster"):
        player.attributes["poster"] = album.addresses(poster, None, BODY)["src"]


def _dress(album: Album, element: Element) -> None:
    for index, child in enumerate(element.children):
        if isinstance(child, str):
            continue
        if child.tag == "table":
            element.children[index] = _boxed(child)
        if child.tag == "picture" and album.links.site.pictures.resized is not None:
            element.children[index] = child = next(child.find("img"), child)  # ours are the sizes to choose from
        if child.tag == "img":
            element.children[index] = _picture(album, child)
        elif child.tag == "source":
            _choice(album, child, of=element)
        else:
            _dress(album, child)


def _choice(album: Album, source: Element, *, of: Element) -> None:
    """One of the things a browser may choose *of* a picture or a player; a `src` means something in players only, which have theirs by now."""
    if of.tag not in ("audio", "video"):
        source.attributes.pop("src", None)
    if "srcset" in source.attributes:
        source.attributes["srcset"] = album.candidates(source.attributes["srcset"])


def _boxed(table: Element) -> Element:
    """The outermost table in a box: a table cannot scroll itself and keep its meaning for screen readers."""
    return Element("div", {"class": "wide", **_FOCUSABLE}, [table])


def _picture(album: Album, image: Element) -> Element:
    """The picture, over a tiny copy of itself if there is one."""
    said = image.attributes
    url = said.get("src", "")
    size = album.size(url, (_pixels(said.get("width")), _pixels(said.get("height"))))
    chosen = album.addresses(url, size, BODY)
    if album.links.site.pictures.resized is not None:
        said.pop("srcset", None)
        said.pop("sizes", None)
    elif "srcset" in said:
        said["srcset"] = album.candidates(said["srcset"])
    said |= chosen | _LATE
    if size:
        said |= {"width": str(size[0]), "height": str(size[1])}
    under = album.placeholder(url, size) if "poster" not in said.get("class", "").split() else ""
    if not under:
        return image
    copy = Element("img", {"class": "placeholder", "src": under, "alt": "", "aria-hidden": "true"})
    return Element("span", {"class": "under"}, [copy, image])


def _pixels(said: str | None) -> int | None:
    return int(said) or None if said and said.isascii() and said.isdecimal() else None
