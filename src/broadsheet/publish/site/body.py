"""An article's HTML as our pages show it: pictures through the proxy, loaded late, with nothing told to their hosts."""

from __future__ import annotations

from markupsafe import Markup

from broadsheet.markup.sanitize import rewrite
from broadsheet.markup.tree import Element, read_fragment, write_fragment
from broadsheet.model import SafeHtml
from broadsheet.publish.site.place import Site

_FOCUSABLE = {"tabindex": "0", "role": "group", "aria-label": "Scrollable table"}


def shown_html(site: Site, html: SafeHtml) -> Markup:
    """*html* for a page: picture addresses rewritten as the site says, pictures lazy, wide tables in a box that scrolls.

    Only constant attributes and boxes are added, so what was safe stays so.
    """
    html = rewrite(html, image=site.image)
    if not any(tag in html for tag in ("<img", "<table", "<audio", "<video")):
        return Markup(html)  # noqa: S704  SafeHtml has been through the sanitiser
    root = read_fragment(html)
    for image in root.find("img"):
        image.attributes |= {"loading": "lazy", "decoding": "async", "referrerpolicy": "no-referrer"}
    for player in root.find("audio", "video"):
        player.attributes |= {"preload": "none"}
    _box_tables(root)
    return Markup(write_fragment(root))  # noqa: S704


def _box_tables(element: Element) -> None:
    """Put each outermost table in a box: a table cannot scroll itself and keep its meaning for screen readers."""
    for index, child in enumerate(element.children):
        if isinstance(child, str):
            continue
        if child.tag == "table":
            element.children[index] = Element("div", {"class": "wide", **_FOCUSABLE}, [child])
        else:
            _box_tables(child)
