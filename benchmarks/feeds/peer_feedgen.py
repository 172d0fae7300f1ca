"""feedgen, which keeps the whole feed and writes it at once."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import IO

from feedgen.feed import FeedGenerator

from feeds.made import Story, stories

NAME = f"feedgen {version('feedgen')}"


def writer(form: str, way: str, count: int, size_bytes: int) -> Callable[[IO[bytes]], None]:
    written = list(stories(count, size_bytes=size_bytes))

    def write(file: IO[bytes]) -> None:
        feed = FeedGenerator()
        feed.load_extension("dc")
        feed.id("tag:paper.example,2026:feed")
        feed.title("Paper")
        feed.description("News")
        feed.link(href="https://paper.example/")
        for story in written:
            _add(feed, story)
        file.write(feed.rss_str() if form == "rss" else feed.atom_str())

    return write


def _add(feed: FeedGenerator, story: Story) -> None:
    entry = feed.add_entry(order="append")
    entry.id(f"tag:paper.example,2026:{story.number}")
    entry.title(story.title)
    entry.link(href=story.url)
    entry.description(story.summary, isSummary=True)
    entry.content(story.html, type="html")
    entry.author(name=story.author)
    entry.dc.dc_creator(story.author)
    entry.category(term="Harbour")
    entry.published(story.published)
    entry.updated(story.published)
