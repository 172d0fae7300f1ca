"""What a store knows of the pictures of articles, for those who write the articles out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from broadsheet.publish.addresses import NOTHING_KNOWN, Known
from broadsheet.store import Store


def known_pictures(store: Store, urls: Collection[str]) -> Known:
    """What is known of these addresses; nothing is asked of the store for none."""
    return store.pictures(urls) if urls else NOTHING_KNOWN


def picture_marks(store: Store, article_ids: Collection[str]) -> Mapping[str, str]:
    """Of each article another one whenever something else is known of its pictures."""
    return store.picture_marks(article_ids) if article_ids else {}
