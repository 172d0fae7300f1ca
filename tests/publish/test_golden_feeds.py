"""One article in every format, word for word. `BROADSHEET_REWRITE_GOLDEN=1 pytest …` writes the files anew; review the difference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from broadsheet import __version__
from broadsheet.markup.pictures import image_template
from broadsheet.model import Collection
from broadsheet.publish import FORMATS, PublishOptions, render_opml
from broadsheet.publish.addresses import PictureAddresses

GOLDEN = Path(__file__).parent / "golden"


def check(name: str, rendered: bytes) -> None:
    text = rendered.decode().replace(f"Broadsheet {__version__}", "Broadsheet VERSION").replace(f'version="{__version__}"', 'version="VERSION"')
    if os.environ.get("BROADSHEET_REWRITE_GOLDEN"):
        (GOLDEN / name).write_text(text, "utf-8", newline="\n")
    assert text == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_bilingual_article_is_published_as_it_was(name: str, collection: Collection) -> None:
    form = FORMATS[name]
    options = PublishOptions(
        self_url=f"https://news.example/feeds/harbour-example{form.suffix}",
        pictures=PictureAddresses(image=image_template("https://images.weserv.nl/?url={bare_url}")),
        hub_url="https://hub.example/",
    )
    check(f"bilingual{form.suffix}", form.render(collection, options))


def test_the_list_of_feeds_is_published_as_it_was(collection: Collection) -> None:
    check("feeds.opml", render_opml([collection], title="All feeds", feed_url=lambda each: f"https://news.example/feeds/{each.slug}.rss"))
