"""`broadsheet pictures`: what is kept, of which sources, and letting go."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image
from typer.testing import CliRunner

from broadsheet.cli.main import app
from broadsheet.errors import UnknownSource, UsageError
from broadsheet.images.limits import Limits
from broadsheet.images.magic import unprobed
from broadsheet.model import Article, PictureUse, PollState, SafeHtml, Source
from broadsheet.store import Draft, open_store
from broadsheet.text.moments import utc_now

THEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEPT, GONE, NEW = (f"https://paper.example/{name}.png" for name in ("kept", "gone", "new"))
Call = Callable[..., Result]


def drawn() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store with one article that shows three pictures; one of them is kept, one given up, one not noted yet."""
    body = SafeHtml("".join(f'<img src="{url}">' for url in (KEPT, GONE, NEW)))
    article = Article(url="https://paper.example/a", title="The bridge", body=body, text="")
    source = Source(id="paper", kind="feed", url="https://paper.example/feed", title="Paper", home_url="https://paper.example/", added_at=THEN)
    with open_store(tmp_path / "data", now=lambda: THEN) as store:
        store.add_source(source, PollState(next_due=THEN))
        uses = tuple(PictureUse(url=url, role="body", keep=True) for url in (KEPT, GONE))
        store.keep_revision(Draft(source_id="paper", article=article, content_hash="1", fetched_at=THEN, pictures=uses))
        store.keep_original(KEPT, unprobed(drawn()), drawn())
        store.picture_failed(GONE, "404", due=None)
    return tmp_path / "data"


@pytest.fixture
def call(data: Path) -> Call:
    return lambda *words: CliRunner().invoke(app, ["--data", str(data), "pictures", *words])


def state(data: Path, url: str) -> str:
    with open_store(data, now=utc_now) as store:
        known = store.picture(url)
    return known.state if known else "unknown"


def test_status_counts_what_is_kept_and_what_is_not(call: Call) -> None:
    assert call("status").output == f"1 pictures kept, {len(drawn()) / 1e6:.1f} MB. Addresses: 1 gone, 1 kept.\n"


def test_status_as_json_is_one_document(call: Call) -> None:
    assert json.loads(call("status", "--json").output) == {"originals": 1, "bytes": len(drawn()), "addresses": {"gone": 1, "kept": 1}}


def test_a_source_can_be_told_otherwise_and_back(call: Call, data: Path) -> None:
    call("keep", "paper", "lead")
    with open_store(data, now=utc_now) as store:
        assert store.source("paper").keep_pictures == "lead"
    call("keep", "paper", "default")
    with open_store(data, now=utc_now) as store:
        assert store.source("paper").keep_pictures is None


def test_a_word_that_is_none_is_refused(call: Call) -> None:
    assert isinstance(call("keep", "paper", "some").exception, UsageError)


def test_a_source_that_is_not_there_is_refused(call: Call) -> None:
    assert isinstance(call("keep", "nobody", "all").exception, UnknownSource)
    assert isinstance(call("fetch", "nobody").exception, UnknownSource)


def test_fetch_wants_what_was_given_up_and_what_was_never_noted(call: Call, data: Path) -> None:
    assert call("fetch").output.startswith("2 pictures will be fetched.")
    assert (state(data, GONE), state(data, NEW), state(data, KEPT)) == ("wanted", "wanted", "kept")


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """The file of a picture that shows what the kept one does."""
    pytest.importorskip("pyvips")
    (tmp_path / "same.png").write_bytes(drawn())
    return str(tmp_path / "same.png")


def test_same_says_when_nothing_is_alike(call: Call, photo: str) -> None:
    assert call("same", photo).output == "None of the pictures that are kept is alike.\n"  # that one was kept without libvips


def test_same_names_addresses_and_articles(call: Call, photo: str, data: Path) -> None:
    from broadsheet.images.probing import probe

    with open_store(data, now=utc_now) as store:
        store.show_pictures(store.articles()[0].id, [PictureUse(url=NEW, role="body", keep=True)])
        body = drawn() + b" "  # other bytes, the same picture
        store.keep_original(NEW, probe(body, limits=Limits(max_pixels=10**6, max_pages=1)), body)
    said = call("same", photo).output
    assert f"image/png  256 x 256, 0 bits differ\n  {NEW}\n    2026-03-01  " in said
    assert said.endswith("The bridge\n")


def test_drop_deletes_what_belongs_to_old_articles(call: Call, data: Path) -> None:
    assert call("drop", "--older-than", "1").output == "1 pictures deleted; 0 are kept, 0.0 MB.\n"
    assert state(data, KEPT) == "dropped"
    assert not (data / "pictures" / hashlib.sha256(drawn()).hexdigest()[:2] / hashlib.sha256(drawn()).hexdigest()[2:]).exists()


def test_drop_keeps_what_fits_the_budget(call: Call) -> None:
    assert call("drop", "--beyond", "1000000").output.startswith("0 pictures deleted; 1 are kept")


def test_drop_without_a_rule_deletes_nothing(call: Call, data: Path) -> None:
    assert isinstance(call("drop").exception, UsageError)
    assert state(data, KEPT) == "kept"
