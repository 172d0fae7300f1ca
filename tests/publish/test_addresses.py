"""Where readers load pictures from, and what is stated of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Enclosure, Entry, KnownPicture, Note, Original, Picture, StoredArticle
from broadsheet.publish.addresses import FROM_PUBLISHERS, PictureAddresses, address_digest, kept_file, known_sizes, shown_in
from broadsheet.publish.entry_html import entry_html
from broadsheet.publish.item import item_of
from broadsheet.publish.options import PublishOptions

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FERRY = "https://pictures.example/ferry.jpg"


def known(url: str = FERRY, *, state: str = "kept", kind: str = "image/jpeg", size: tuple[int | None, int | None] = (1600, 900)) -> KnownPicture:
    original = Original(hash="c0ffee", media_type=kind, size_bytes=9, width_px=size[0], height_px=size[1])
    return KnownPicture(url=url, state=state, original=original, fetched_at=NOON)  # type: ignore[arg-type]


def through(url: str) -> str:
    return f"https://news.example/images/?url={url}"


def stored(article: Article) -> StoredArticle:
    return StoredArticle(
        id="0195a1c2", source_id="harbour", first_seen=NOON, sort_at=NOON, changed_at=NOON, revision=1, content_hash="1", entry_guid=None,
        entry_published=None, article=article,
    )  # fmt: skip


def article(body: str = "<p>x</p>", **fields: object) -> Article:
    return Article(url="https://harbour.example/a", title="A", body=sanitize(body), text="x", **fields)  # type: ignore[arg-type]


def test_a_kept_picture_comes_from_our_copies() -> None:
    shown = PictureAddresses(kept_at="https://news.example/pictures/").of({FERRY: known()})
    assert shown is not None
    assert shown(FERRY) == f"https://news.example/pictures/{address_digest(FERRY)}.jpg"


@pytest.mark.parametrize("state", ["seen", "wanted", "gone", "dropped"])
def test_a_picture_that_is_not_kept_comes_from_where_all_others_do(state: str) -> None:
    shown = PictureAddresses(kept_at="pictures/", image=through).of({FERRY: known(state=state)})
    assert shown is not None
    assert shown(FERRY) == through(FERRY)


def test_a_kept_svg_is_never_given_away_as_it_is() -> None:
    assert kept_file(known(kind="image/svg+xml")) is None


def test_everything_an_article_shows_is_asked_after() -> None:
    body = f'<p><img src="{FERRY}" srcset="https://p.example/s.jpg 2x"></p><video src="https://p.example/v.mp4" poster="https://p.example/v.jpg"></video>'
    notes = (Note(kind="note", html=sanitize('<img src="https://p.example/n.png">')),)
    shown = shown_in(article(body, notes=notes, lead_image=Picture(url="https://p.example/lead.jpg")))
    assert {url.rpartition("/")[2] for url in shown} == {"ferry.jpg", "s.jpg", "v.mp4", "v.jpg", "n.png", "lead.jpg"}


def test_a_picture_that_nobody_could_look_at_has_no_size() -> None:
    assert known_sizes({FERRY: known(size=(None, None))}) == {}


def test_a_feeds_html_states_the_size_of_a_picture_that_was_looked_at() -> None:
    html = entry_html(article(f'<p><img src="{FERRY}" alt=""></p>'), known={FERRY: known()})
    assert html == f'<p><img src="{FERRY}" alt="" width="1600" height="900"></p>'


def test_the_lead_picture_of_an_entry_has_the_type_and_size_of_its_original() -> None:
    lead = article(lead_image=Picture(url=FERRY, width_px=800, height_px=800))
    image = item_of(stored(lead), None, PublishOptions(), known={FERRY: known(kind="image/webp")}).image
    assert image is not None
    assert (image.type, image.width_px, image.height_px) == ("image/webp", 1600, 900)


@pytest.mark.parametrize(("pictures", "kind"), [(FROM_PUBLISHERS, "image/svg+xml"), (PictureAddresses(image=through), "image/png")])
def test_a_drawing_is_announced_as_what_a_proxy_makes_of_it(pictures: PictureAddresses, kind: str) -> None:
    lead = article(lead_image=Picture(url="https://pictures.example/map.svg"))
    image = item_of(stored(lead), None, PublishOptions(pictures=pictures)).image
    assert image is not None
    assert image.type == kind


def test_recordings_go_through_the_proxy_only_where_it_takes_them() -> None:
    film = article('<video src="https://p.example/v.mp4" poster="https://p.example/v.jpg"></video>')
    entry = Entry(guid="1", enclosures=(Enclosure(url="https://p.example/s.mp3", type="audio/mpeg"),))
    item = item_of(stored(film), None, PublishOptions(pictures=PictureAddresses(image=through, media=through)), entry=entry)
    assert [file.url for file in item.files] == [through("https://p.example/s.mp3")]
    assert f'src="{through("https://p.example/v.mp4")}"' in item.html


def test_a_recording_that_stays_with_its_publisher_is_not_loaded_before_it_is_played() -> None:
    film = article('<audio src="https://p.example/s.mp3"></audio>')
    assert '<audio preload="none" src="https://p.example/s.mp3"' in entry_html(film, pictures=PictureAddresses(image=through))
    assert "preload" not in entry_html(film)
