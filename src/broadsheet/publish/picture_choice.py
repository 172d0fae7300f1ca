"""Which address of a picture each output gives its readers, as the operator chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from broadsheet.markup.pictures import ImageTemplate, image_template
from broadsheet.publish.config import ImagesSettings

Place = Literal["original", "proxy", "stored", "template"]

_GROUP = {"native": "archive", "compatible": "archive", "site": ""}  # all others are formats of feeds
_WORDS: Mapping[str, Place] = {"original": "original", "proxy": "proxy", "stored": "stored"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChoice:
    """Where the pictures of an output come from, and the setting that says so ("" where none does: then from their publisher)."""

    place: Place
    key: str
    template: ImageTemplate | None = None


def picture_choice(images: ImagesSettings, output: str) -> PictureChoice:
    """What the nearest setting says for *output* (site, native, compatible, or the name of a feed's format): its own, that of its group,
    `url_template`.

    Raises ConfigError for one that is neither a word of ours nor a template.
    """
    for name in (output, _GROUP.get(output, "feeds")):
        if said := getattr(images, name, "").strip():
            word = _WORDS.get(said.lower())
            return PictureChoice(place=word, key=f"images.{name}") if word else _template(said, f"images.{name}")
    return _template(images.url_template, "images.url_template") if images.url_template.strip() else PictureChoice(place="original", key="")


def check_choices(images: ImagesSettings) -> None:
    """Raises ConfigError for the first setting of which nothing can be made."""
    for field in fields(images):
        picture_choice(images, field.name)


def _template(text: str, key: str) -> PictureChoice:
    return PictureChoice(place="template", key=key, template=image_template(text, key=key))
