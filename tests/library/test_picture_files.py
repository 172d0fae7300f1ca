"""Copies of pictures in what is published: written once, named truly, and left out when they are gone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from broadsheet.archive import read_archive
from broadsheet.config import Settings
from broadsheet.library.archiving import archive_tree
from broadsheet.library.publishing import publish_tree
from broadsheet.markup.pictures import pictures_in
from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Original, Picture, PictureUse, PollState, Source
from broadsheet.publish.addresses import address_digest
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.store import Draft, Store, open_memory_store
from broadsheet.store.picture_port import KeepingRule

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEAD, INSIDE, DRAWING = "https://p.example/lead.jpg", "https://p.example/inside.png?x=1", "https://p.example/map.svg"
STORED = Settings(images=ImagesSettings(feeds="stored", site="stored", native="stored"), publish=PublishSettings(base_url="https://news.example/"))


class Clock:
    """Turns on by a second with every look."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def store() -> Iterator[Store]:
    with open_memory_store(now=Clock()) as made:
        source = Source(id="daily", kind="feed", url="https://daily.example/feed", title="Daily", home_url="https://daily.example/", added_at=NOW)
        made.add_source(source, PollState(next_due=NOW))
        body = sanitize(f'<p>The harbour.</p><figure><img src="{INSIDE}" alt="In"></figure><p><img src="{DRAWING}" alt="Map"></p>')
        article = Article(url="https://daily.example/a", title="Harbour", body=body, text="The harbour.", lead_image=Picture(url=LEAD))
        uses = tuple(PictureUse(url=url, role="body", keep=True) for url in (LEAD, INSIDE, DRAWING))
        made.keep_revision(Draft(source_id="daily", article=article, content_hash="1", fetched_at=NOW, url_keys=("a",), pictures=uses))
        yield made


def keep(store: Store, url: str, body: bytes, kind: str = "image/jpeg") -> None:
    size = (1600, 900)
    original = Original(hash=sha256(body).hexdigest(), media_type=kind, size_bytes=len(body), width_px=size[0], height_px=size[1])
    store.keep_original(url, original, body)


def file_of(url: str, suffix: str) -> str:
    return f"pictures/{address_digest(url)}.{suffix}"


def page(out: Path) -> str:
    return next(out.glob("articles/*/index.html")).read_text("utf-8")


def item(out: Path) -> dict[str, str]:
    (only,) = json.loads((out / "feeds" / "daily.json").read_text("utf-8"))["items"]
    return only


def test_copies_lie_beside_the_pages_that_show_them(store: Store, tmp_path: Path) -> None:
    keep(store, LEAD, b"lead")
    keep(store, INSIDE, b"inside", "image/png")
    publish_tree(store, STORED, tmp_path)
    assert (tmp_path / file_of(LEAD, "jpg")).read_bytes() == b"lead"
    assert f"../../{file_of(INSIDE, 'png')}" in page(tmp_path)


def test_a_picture_that_is_not_kept_stays_with_its_publisher(store: Store, tmp_path: Path) -> None:
    publish_tree(store, STORED, tmp_path)
    assert f'src="{LEAD}"' in page(tmp_path)
    assert not (tmp_path / "pictures").exists()


def test_a_drawing_is_not_put_where_its_scripts_would_run(store: Store, tmp_path: Path) -> None:
    keep(store, DRAWING, b"<svg/>", "image/svg+xml")
    publish_tree(store, STORED, tmp_path)
    assert f'src="{DRAWING}"' in page(tmp_path)


def test_a_feed_names_copies_by_their_public_address(store: Store, tmp_path: Path) -> None:
    keep(store, LEAD, b"lead")
    publish_tree(store, STORED, tmp_path)
    assert item(tmp_path)["image"] == f"https://news.example/{file_of(LEAD, 'jpg')}"


def test_a_feed_written_before_a_picture_was_kept_names_the_copy_afterwards(store: Store, tmp_path: Path) -> None:
    publish_tree(store, STORED, tmp_path)
    before = item(tmp_path)["image"]
    keep(store, LEAD, b"lead")
    publish_tree(store, STORED, tmp_path)
    assert (before, item(tmp_path)["image"]) == (LEAD, f"https://news.example/{file_of(LEAD, 'jpg')}")


def test_a_copy_that_was_dropped_is_neither_published_nor_named(store: Store, tmp_path: Path) -> None:
    keep(store, LEAD, b"lead")
    publish_tree(store, STORED, tmp_path)
    store.drop_originals(KeepingRule(max_bytes=0))
    publish_tree(store, STORED, tmp_path)
    assert (item(tmp_path)["image"], list(tmp_path.glob("pictures/*"))) == (LEAD, [])


def test_publishing_again_neither_writes_nor_reads_a_copy(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, LEAD, b"lead")
    publish_tree(store, STORED, tmp_path)
    read: list[str] = []
    monkeypatch.setattr(type(store), "original_bytes", lambda self, hash: read.append(hash))
    report = publish_tree(store, STORED, tmp_path)
    assert (report.written, report.removed, read) == (0, 0, [])


def test_a_copy_cut_short_on_the_disk_is_written_again(store: Store, tmp_path: Path) -> None:
    keep(store, LEAD, b"lead")
    publish_tree(store, STORED, tmp_path)
    (tmp_path / file_of(LEAD, "jpg")).write_bytes(b"le")
    publish_tree(store, STORED, tmp_path)
    assert (tmp_path / file_of(LEAD, "jpg")).read_bytes() == b"lead"


def test_a_picture_that_has_changed_at_its_address_takes_the_place_of_the_old_one(store: Store, tmp_path: Path) -> None:
    keep(store, LEAD, b"lead")
    publish_tree(store, STORED, tmp_path)
    long_ago = (NOW - timedelta(days=1)).timestamp()
    os.utime(tmp_path / file_of(LEAD, "jpg"), (long_ago, long_ago))
    keep(store, LEAD, b"LEAD")
    publish_tree(store, STORED, tmp_path)
    assert (tmp_path / file_of(LEAD, "jpg")).read_bytes() == b"LEAD"


def test_sizes_are_stated_in_feeds_as_soon_as_they_are_known(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    before = item(tmp_path)["content_html"]
    keep(store, INSIDE, b"inside", "image/png")
    publish_tree(store, Settings(), tmp_path)
    stated = 'width="1600" height="900"'
    assert (stated in before, stated in item(tmp_path)["content_html"]) == (False, True)


def test_a_native_archive_that_names_copies_gives_the_originals_back(store: Store, tmp_path: Path) -> None:
    keep(store, INSIDE, b"inside", "image/png")
    archive_tree(store, STORED, tmp_path, form="native")
    (file,) = tmp_path.glob("articles/**/*.md")
    assert f"https://news.example/{file_of(INSIDE, 'png')}" in file.read_text("utf-8")
    (read,) = read_archive(tmp_path)
    assert [url for url, _ in pictures_in(read.article.body)] == [INSIDE, DRAWING]


def test_a_native_archive_is_written_anew_once_a_picture_is_kept(store: Store, tmp_path: Path) -> None:
    archive_tree(store, STORED, tmp_path, form="native")
    keep(store, LEAD, b"lead")
    archive_tree(store, STORED, tmp_path, form="native")
    (file,) = tmp_path.glob("articles/**/*.md")
    assert f"https://news.example/{file_of(LEAD, 'jpg')}" in file.read_text("utf-8")


def test_a_compatible_archive_through_our_proxy_gives_the_originals_back(store: Store, tmp_path: Path) -> None:
    settings = Settings(images=ImagesSettings(compatible="proxy"), publish=PublishSettings(base_url="https://news.example/"))
    archive_tree(store, settings, tmp_path, form="compatible")
    (file,) = tmp_path.glob("articles/**/*.md")
    assert "https://news.example/images/?url=https%3A%2F%2Fp.example%2Finside.png%3Fx%3D1" in file.read_text("utf-8")
    (read,) = read_archive(tmp_path)
    assert read.article.lead_image is not None
    assert [read.article.lead_image.url, *(url for url, _ in pictures_in(read.article.body))] == [LEAD, INSIDE, DRAWING]
