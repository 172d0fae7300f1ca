"""The copies of pictures in a published folder."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime

from broadsheet.errors import StoreError
from broadsheet.library.files import Tree
from broadsheet.library.known_pictures import known_pictures
from broadsheet.library.picture_links import KEPT_AT
from broadsheet.observe import log
from broadsheet.publish.addresses import Known, kept_file
from broadsheet.store import Store


class Copies:
    """Answers what is known of pictures, and remembers which copies are shown by that."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shown: dict[str, tuple[str, int, datetime | None]] = {}  # file -> hash, size, since when

    def known(self, urls: AbstractSet[str]) -> Known:
        """What is known of these addresses."""
        known = known_pictures(self._store, urls)
        for picture in known.values():
            if (name := kept_file(picture)) is not None and picture.original is not None:
                self._shown[name] = (picture.original.hash, picture.original.size_bytes, picture.fetched_at)
        return known

    def write(self, tree: Tree) -> None:
        """Put the copies shown in their places; those that are there already are not even read."""
        for name, (digest, size_bytes, since) in self._shown.items():
            if tree.keep(f"{KEPT_AT}{name}", size_bytes=size_bytes, since=since):
                continue
            try:
                body = self._store.original_bytes(digest)
            except StoreError as error:  # one damaged picture must not keep the paper from appearing
                log("publish").warning("A picture is left out: %s", error)
                continue
            if body is not None:
                tree.write(f"{KEPT_AT}{name}", body)
