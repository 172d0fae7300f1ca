"""The pictures of a body, read from its figures."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.markup.tree import Element, read_fragment
from broadsheet.model import Picture
from broadsheet.text.plain import collapse
from broadsheet.urls import is_http


def pictures_of(body: str) -> tuple[Picture, ...]:
    """Every picture of *body* in order, with the caption and credit of its figure. The poster of a player is none."""
    root = read_fragment(body)
    posters = {id(image) for figure in root.find("figure") if "embed" in figure.attributes.get("class", "").split() for image in figure.find("img")}
    figures = {id(image): figure for figure in root.find("figure") for image in figure.find("img")}
    images = (image for image in root.find("img") if id(image) not in posters and is_http(image.attributes.get("src", "")))
    return tuple(picture_of(image, figures.get(id(image))) for image in images)


def picture_of(image: Element, figure: Element | None) -> Picture:
    """An `img` as a picture; *figure* is what it stands in."""
    caption, credit = _words_of(figure) if figure is not None else (None, None)
    said = image.attributes
    return Picture(
        url=said["src"], width_px=_pixels(said.get("width")), height_px=_pixels(said.get("height")), alt=said.get("alt") or None,
        caption=caption, credit=credit,
    )  # fmt: skip


def _words_of(figure: Element) -> tuple[str | None, str | None]:
    """Caption and credit: the `figcaption` without its `cite`, and the `cite`."""
    caption = next(figure.find("figcaption"), None)
    if caption is None:
        return None, None
    credit = collapse(" ".join(cite.text() for cite in caption.find("cite")))
    return collapse("".join(_without_cite(caption))) or None, credit or None


def _without_cite(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag != "cite":
            yield from _without_cite(child)


def _pixels(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdecimal() and 0 < int(said) < 100_000 else None
