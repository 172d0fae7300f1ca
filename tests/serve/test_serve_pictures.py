"""Pages and feeds that the server gives: where their pictures come from, and that they change when more is known of those."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, cast

import pytest

from broadsheet.config import ServeSettings, Settings
from broadsheet.errors import ConfigError
from broadsheet.images.config import ImageProxySettings
from broadsheet.model import Article, Original, Picture, PictureUse, PollState, SafeHtml, Source
from broadsheet.pipeline.proxy import ImageProxy
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.serve import build_app
from broadsheet.serve.published import Within, ask_within
from broadsheet.store import Draft, Store, open_memory_store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEAD, INSIDE = "https://p.example/lead.jpg", "https://p.example/inside.jpg"
A_PROXY = cast(ImageProxy, object())  # pages only need to know that there is one
HERE = "http://127.0.0.1:8000/"


@pytest.fixture
def store() -> Iterator[Store]:
    times = (NOON + timedelta(seconds=second) for second in range(10_000))
    with open_memory_store(now=lambda: next(times)) as made:
        made.add_source(
            Source(id="daily", kind="feed", url="https://d.example/f", title="Daily", home_url="https://d.example/", added_at=NOON), _due()
        )
        body = SafeHtml(f'<p>The harbour.</p><p><img src="{INSIDE}" alt=""></p>')
        article = Article(url="https://d.example/a", title="Harbour", body=body, text="The harbour.", lead_image=Picture(url=LEAD))
        uses = tuple(PictureUse(url=url, role="body", keep=True) for url in (LEAD, INSIDE))
        made.keep_revision(Draft(source_id="daily", article=article, content_hash="1", fetched_at=NOON, url_keys=("a",), pictures=uses))
        yield made


def _due() -> PollState:
    return PollState(next_due=NOON)


def keep(store: Store, url: str) -> None:
    body = url.encode()
    original = Original(hash=sha256(body).hexdigest(), media_type="image/jpeg", size_bytes=len(body), width_px=1600, height_px=900)
    store.keep_original(url, original, body)


def ask(store: Store, path: str, settings: Settings | None = None, *, home: str = HERE, images: ImageProxy | None = A_PROXY) -> Within:
    app = build_app(store, settings or Settings(), images=images)
    return asyncio.run(ask_within(app, path, base_url=home))


def article_path(store: Store) -> str:
    (state,) = store.article_states()
    return f"/articles/{state.id}/"


def item(answer: Within) -> dict[str, Any]:
    (only,) = json.loads(answer.body)["items"]
    return only


def test_pages_take_pictures_from_where_they_are_themselves(store: Store) -> None:
    page = ask(store, article_path(store))
    assert 'src="../../images/?url=https%3A%2F%2Fp.example%2Flead.jpg' in page.body.decode()
    assert "img-src 'self' data:" in (page.header("content-security-policy") or "")


def test_a_server_that_cannot_make_pictures_leaves_them_with_their_publishers(store: Store) -> None:
    assert f'src="{LEAD}"' in ask(store, article_path(store), images=None).body.decode()


def test_a_proxy_that_is_off_is_not_named_on_pages(store: Store) -> None:
    off = Settings(image_proxy=ImageProxySettings(access="off"))
    assert f'src="{LEAD}"' in ask(store, article_path(store), off).body.decode()


@pytest.mark.parametrize("path", ["/", "/merged/all/", "/sources/daily/"])
def test_lists_show_small_pictures(store: Store, path: str) -> None:
    assert "&amp;fit=cover&amp;we=1" in ask(store, path).body.decode()


def test_an_article_page_states_the_size_of_a_picture_as_soon_as_it_is_known(store: Store) -> None:
    before = ask(store, article_path(store)).body.decode()
    keep(store, INSIDE)
    stated = 'width="1600" height="900"'
    assert (stated in before, stated in ask(store, article_path(store)).body.decode()) == (False, True)


def test_the_front_page_that_is_kept_ready_is_made_again_when_a_picture_is_known(store: Store) -> None:
    app = build_app(store, Settings(), images=A_PROXY)
    before = asyncio.run(ask_within(app, "/", base_url=HERE)).header("etag")
    keep(store, LEAD)
    assert asyncio.run(ask_within(app, "/", base_url=HERE)).header("etag") != before


def test_feeds_keep_the_publishers_addresses_unless_told_otherwise(store: Store) -> None:
    assert item(ask(store, "/feeds/daily.json"))["image"] == LEAD


def test_a_feed_through_the_proxy_names_the_address_that_it_was_asked_at(store: Store) -> None:
    proxied = Settings(images=ImagesSettings(feeds="proxy"))
    image = item(ask(store, "/feeds/daily.json", proxied))["image"]
    assert image.startswith(f"{HERE}images/?url=https%3A%2F%2Fp.example%2Flead.jpg&sig=")


def test_a_public_feed_names_the_public_address(store: Store) -> None:
    proxied = Settings(images=ImagesSettings(json="proxy"), publish=PublishSettings(base_url="https://news.example/"))
    assert item(ask(store, "/feeds/daily.json", proxied, home="https://news.example/"))["image"].startswith("https://news.example/images/?url=")


def test_entries_written_for_addresses_that_anybody_makes_up_are_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(type(store), "keep_renderings", lambda self, shape, written: kept.append(shape))
    public = Settings(images=ImagesSettings(feeds="proxy"), serve=ServeSettings(host="0.0.0.0"))
    assert "made-up.example/images/" in item(ask(store, "/feeds/daily.json", public, home="http://made-up.example/"))["image"]
    assert kept == []


def test_a_feeds_tag_changes_when_a_picture_is_kept(store: Store) -> None:
    stored = Settings(images=ImagesSettings(feeds="stored"))
    before = ask(store, "/feeds/daily.json", stored)
    keep(store, LEAD)
    after = ask(store, "/feeds/daily.json", stored)
    assert before.header("etag") != after.header("etag")
    assert item(after)["image"].startswith(f"{HERE}pictures/")


def test_a_choice_of_which_nothing_can_be_made_keeps_the_server_from_starting(store: Store) -> None:
    with pytest.raises(ConfigError, match=r"images\.site = proxy"):
        build_app(store, Settings(images=ImagesSettings(site="proxy"), image_proxy=ImageProxySettings(access="off")))


def test_a_choice_for_feeds_of_which_nothing_can_be_made_does_too(store: Store) -> None:
    with pytest.raises(ConfigError, match=r"images\.feeds = proxy"):
        build_app(store, Settings(images=ImagesSettings(feeds="proxy"), image_proxy=ImageProxySettings(access="off")))
