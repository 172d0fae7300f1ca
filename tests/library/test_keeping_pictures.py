"""Pictures outlive their source: from the publisher's server into the store, over a real socket; and what an operator can ask about them."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from loopback import Site, serving
from PIL import Image

from broadsheet.config import Settings
from broadsheet.errors import ImageError
from broadsheet.fetch.config import FetchSettings
from broadsheet.images.config import PicturesSettings
from broadsheet.library.jobs import poll_once
from broadsheet.library.keeping_pictures import keep_of_source, same_as, want_again
from broadsheet.model import PollState, Source
from broadsheet.store import KeepingRule, Store, open_store
from broadsheet.text.moments import utc_now

SENTENCES = (
    "The harbour office will close at noon on Friday, the council said.",
    "Fishing boats may still land their catch at the north pier until the evening.",
    "The harbour master told reporters that they had waited for these repairs for eleven years.",
    "The work will cost some four million crowns and is to last until the autumn.",
)


def drawn(form: str = "PNG", size: tuple[int, int] = (96, 64)) -> bytes:
    """A picture with light and dark in it: a slope, and a block in its corner."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.paste((200, 40, 40), (size[0] // 2, 0, size[0], size[1] // 3))
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


PICTURE = drawn()


class Paper(Site):
    """One story with four pictures: one for readers of the story only, one that has moved, one that is gone, one that is none."""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        match self.path:
            case "/feed":
                item = f"<item><title>The harbour</title><link>{base}/story</link><guid>1</guid></item>"
                self._says(f"<rss version='2.0'><channel><title>Paper</title><link>{base}/</link>{item}</channel></rss>", "application/rss+xml")
            case "/story":
                shown = "".join(f"<figure><img src='/{name}.png' width=600 height=400></figure>" for name in ("hot", "moved", "gone", "page"))
                text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
                self._says(f"<html lang=en><title>The harbour</title><article><h1>The harbour</h1>{text}{shown}</article></html>", "text/html")
            case "/hot.png" if self.headers["Referer"] != f"{base}/story":
                self.send_error(403)
            case "/hot.png" | "/here.png":
                self._says(PICTURE, "image/png")
            case "/moved.png":
                self.send_response(302)
                self.send_header("Location", "/here.png")
                self.send_header("Content-Length", "0")
                self.end_headers()
            case "/page.png":
                self._says("<html>Sorry</html>", "image/png")
            case _:
                self.send_error(404)

    def _says(self, what: str | bytes, media_type: str) -> None:
        body = what.encode() if isinstance(what, str) else what
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def settings(**pictures: object) -> Settings:
    fetch = FetchSettings(private_hosts=("127.0.0.1",), host_delay=0)
    return Settings(fetch=fetch, pictures=PicturesSettings(host_delay=0, **pictures))  # type: ignore[arg-type]


def collect(store: Store, address: str, chosen: Settings) -> None:
    source = Source(id="paper", kind="feed", url=f"{address}/feed", title="Paper", home_url=f"{address}/", added_at=utc_now())
    store.add_source(source, PollState(next_due=utc_now()))
    asyncio.run(poll_once(store, chosen, wait=timedelta(0)))


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The data folder after a poll, and the address of a paper that is gone by now."""
    data = tmp_path_factory.mktemp("kept") / "data"
    with serving(Paper) as address, open_store(data, now=utc_now) as store:
        collect(store, address, settings())
    return data, address


@pytest.fixture
def store(left_behind: tuple[Path, str]) -> Iterator[Store]:
    with open_store(left_behind[0], now=utc_now) as opened:
        yield opened


@pytest.fixture
def state(store: Store, left_behind: tuple[Path, str]) -> Callable[[str], str]:
    def of(name: str) -> str:
        known = store.picture(f"{left_behind[1]}/{name}.png")
        return known.state if known else "unknown"

    return of


def test_the_bytes_of_a_picture_are_there_when_the_paper_is_gone(store: Store) -> None:
    assert store.original_bytes(hashlib.sha256(PICTURE).hexdigest()) == PICTURE


def test_a_picture_for_readers_of_the_story_only_is_kept(state: Callable[[str], str]) -> None:
    assert state("hot") == "kept"


def test_a_picture_that_has_moved_is_kept_under_the_address_that_the_story_shows(state: Callable[[str], str]) -> None:
    assert (state("moved"), state("here")) == ("kept", "unknown")


def test_what_is_gone_or_no_picture_is_given_up(state: Callable[[str], str]) -> None:
    assert (state("gone"), state("page")) == ("gone", "gone")


def test_equal_bytes_take_room_once(store: Store) -> None:
    totals = store.picture_totals()
    assert (totals.states["kept"], totals.originals, totals.size_bytes) == (2, 1, len(PICTURE))


def test_size_placeholder_and_fingerprint_are_known(store: Store) -> None:
    pytest.importorskip("pyvips")
    original = store.original(hashlib.sha256(PICTURE).hexdigest())
    assert original is not None
    assert (original.width_px, original.height_px, original.media_type) == (96, 64, "image/png")
    assert (original.placeholder or "").startswith("data:image/")
    assert original.fingerprint is not None


def test_the_same_picture_is_found_in_another_size_and_format(store: Store, tmp_path: Path) -> None:
    pytest.importorskip("pyvips")
    (tmp_path / "large.jpg").write_bytes(drawn("JPEG", (900, 600)))
    (found,) = same_as(store, settings(), tmp_path / "large.jpg", bits=7)
    assert found.original.hash == hashlib.sha256(PICTURE).hexdigest()
    assert {article.article.title for those in found.shown.values() for article in those} == {"The harbour"}


def test_another_picture_is_not_the_same(store: Store, tmp_path: Path) -> None:
    pytest.importorskip("pyvips")
    Image.linear_gradient("L").rotate(90).save(tmp_path / "other.png")
    assert same_as(store, settings(), tmp_path / "other.png", bits=7) == ()


def test_a_file_that_is_no_picture_is_refused(store: Store, tmp_path: Path) -> None:
    pytest.importorskip("pyvips")
    (tmp_path / "page.png").write_bytes(b"<html>")
    with pytest.raises(ImageError):
        same_as(store, settings(), tmp_path / "page.png", bits=7)


def test_pictures_of_a_store_from_before_they_were_kept_are_fetched_when_asked_for(tmp_path: Path) -> None:
    with serving(Paper) as address, open_store(tmp_path / "data", now=utc_now) as store:
        collect(store, address, settings(keep="none"))
        assert store.next_picture_due() is None
        assert want_again(store, settings(), None) == 4
        asyncio.run(poll_once(store, settings(), wait=timedelta(0)))
        assert dict(store.picture_totals().states) == {"kept": 2, "gone": 2}


def test_what_was_deleted_is_fetched_again_only_when_asked_for(tmp_path: Path) -> None:
    with serving(Paper) as address, open_store(tmp_path / "data", now=utc_now) as store:
        collect(store, address, settings())
        store.drop_originals(KeepingRule(max_bytes=0))
        asyncio.run(poll_once(store, settings(), wait=timedelta(0), everything=True))
        assert store.picture_totals().originals == 0
        want_again(store, settings(), "paper")
        asyncio.run(poll_once(store, settings(), wait=timedelta(0)))
        assert store.picture_totals().originals == 1


def test_a_source_of_which_none_are_kept_is_not_asked_for_again(store: Store) -> None:
    keep_of_source(store, "paper", "none")
    assert want_again(store, settings(), "paper") == 0
    keep_of_source(store, "paper", None)
