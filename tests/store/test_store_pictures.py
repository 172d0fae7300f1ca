"""The pictures of articles: every address known, each original kept once, dropped only by rule."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.errors import StoreError
from broadsheet.model import Original, PictureUse
from broadsheet.store import KeepingRule

ONE, TWO = "https://cdn.example/one.jpg", "https://cdn.example/two.jpg"
BODY = b"the bytes of a picture"


def original(body: bytes = BODY, **changes: object) -> Original:
    made = Original(hash=hashlib.sha256(body).hexdigest(), media_type="image/jpeg", size_bytes=len(body), width_px=3, height_px=2)
    return replace(made, **changes)


def wanted(*urls: str, keep: bool = True) -> tuple[PictureUse, ...]:
    return tuple(PictureUse(url=url, role="body", keep=keep) for url in urls)


@pytest.fixture
def shown(desk):
    """An article that shows ONE."""
    desk.watch()
    return desk.collect(pictures=wanted(ONE))


def test_an_address_nobody_shows_is_unknown(desk):
    assert desk.store.picture(ONE) is None


def test_an_address_that_an_article_shows_is_known_and_due(desk, shown):
    assert desk.store.picture(ONE).state == "wanted"
    assert [one.url for one in desk.store.due_pictures(desk.clock(), limit=9)] == [ONE]


def test_an_address_that_is_only_shown_is_never_due(desk):
    desk.watch()
    desk.collect(pictures=wanted(ONE, keep=False))
    assert desk.store.picture(ONE).state == "seen"
    assert desk.store.next_picture_due() is None


def test_an_address_that_a_later_article_wants_is_wanted(desk):
    desk.watch()
    desk.collect("a", pictures=wanted(ONE, keep=False))
    desk.collect("b", "Another story.", pictures=wanted(ONE))
    assert desk.store.picture(ONE).state == "wanted"


def test_the_article_that_shows_a_picture_is_known(desk, shown):
    assert desk.store.shown_by(ONE) == shown.article.url


def test_a_picture_kept_is_there_with_its_facts(desk, shown):
    desk.store.keep_original(ONE, original(), BODY)
    assert desk.store.picture(ONE).original == original()
    assert desk.store.original_bytes(original().hash) == BODY
    assert desk.store.next_picture_due() is None


def test_equal_bytes_under_two_addresses_are_kept_once(desk):
    desk.watch()
    desk.collect(pictures=wanted(ONE, TWO))
    desk.store.keep_original(ONE, original(), BODY)
    desk.store.keep_original(TWO, original(), BODY)
    assert desk.store.picture_totals().originals == 1
    assert desk.store.picture(TWO).original == original()


def test_keeping_twice_changes_nothing(desk, shown):
    desk.store.keep_original(ONE, original(), BODY)
    before = desk.store.picture(ONE)
    desk.store.keep_original(ONE, original(), BODY)
    assert desk.store.picture(ONE) == before


def test_a_picture_is_found_by_the_digest_of_its_address(desk, shown):
    digest = hashlib.sha256(ONE.encode()).hexdigest()[:32]
    assert desk.store.picture_under(digest).url == ONE
    assert desk.store.picture_under("0" * 32) is None


def test_a_failure_puts_off_and_in_the_end_gives_up(desk, shown):
    later = desk.clock() + timedelta(hours=1)
    desk.store.picture_failed(ONE, "timed out", due=later)
    assert (desk.store.picture(ONE).tries, desk.store.next_picture_due()) == (1, later)
    desk.store.picture_failed(ONE, "404", due=None)
    assert (desk.store.picture(ONE).state, desk.store.picture(ONE).last_error) == ("gone", "404")


def test_what_was_given_up_can_be_wanted_again(desk, shown):
    desk.store.picture_failed(ONE, "404", due=None)
    assert desk.store.want_pictures([ONE], desk.clock()) == 1
    assert desk.store.picture(ONE).state == "wanted"


def test_what_a_revision_no_longer_shows_stays_known(desk, shown):
    desk.store.keep_revision(desk.make.draft("Edited.", pictures=wanted(TWO)), article_id=shown.id)
    assert desk.store.picture(ONE) is not None


def test_a_purged_source_takes_its_pictures_with_it(desk, shown):
    desk.store.keep_original(ONE, original(), BODY)
    desk.store.remove_source("harbour", purge=True)
    assert desk.store.drop_originals(KeepingRule()) == 1
    assert (desk.store.picture(ONE), desk.store.original_bytes(original().hash)) == (None, None)


def test_a_picture_that_is_shown_is_not_dropped_without_a_rule(desk, shown):
    desk.store.keep_original(ONE, original(), BODY)
    assert desk.store.drop_originals(KeepingRule()) == 0


def test_pictures_of_old_articles_are_dropped_by_rule(desk, shown):
    desk.store.keep_original(ONE, original(), BODY)
    assert desk.store.drop_originals(KeepingRule(before=desk.clock() + timedelta(days=1))) == 1
    assert desk.store.picture(ONE).state == "dropped"


def test_beyond_a_budget_the_oldest_go_first(desk):
    desk.watch()
    desk.collect(pictures=wanted(ONE, TWO))
    desk.store.keep_original(ONE, original(), BODY)
    desk.clock.pass_by(hours=1)
    desk.store.keep_original(TWO, original(b"other"), b"other")
    assert desk.store.drop_originals(KeepingRule(max_bytes=len(BODY))) == 1
    assert (desk.store.picture(ONE).state, desk.store.picture(TWO).state) == ("dropped", "kept")


@pytest.mark.parametrize(("other", "near"), [(0b0, True), (0b1111111, True), (0b11111111, False), (0xF0F0F0F0F0F0F0F0, False)])
def test_the_same_picture_is_found_by_a_fingerprint_that_differs_in_few_bits(desk, shown, other, near):
    desk.store.keep_original(ONE, original(fingerprint=0), BODY)
    assert bool(desk.store.same_pictures(other, distance=7)) == near


def test_bytes_that_were_altered_are_refused(open_folder, tmp_path, desk_at):
    desk = desk_at(open_folder())
    desk.watch()
    desk.collect(pictures=wanted(ONE))
    desk.store.keep_original(ONE, original(), BODY)
    (file,) = [file for file in (tmp_path / "store" / "pictures").rglob("*") if file.is_file()]
    file.write_bytes(b"something else")
    with pytest.raises(StoreError, match="have changed"):
        desk.store.original_bytes(original().hash)


def test_a_secret_is_the_same_ever_after_and_another_for_each_name(desk):
    assert desk.store.secret("a") == desk.store.secret("a")
    assert desk.store.secret("a") != desk.store.secret("b")
    assert len(desk.store.secret("a")) == 32


def test_another_mark_says_that_more_is_known_of_an_articles_pictures(desk, shown):
    before = desk.store.picture_marks([shown.id])
    desk.store.keep_original(ONE, original(), BODY)
    assert desk.store.picture_marks([shown.id]) != before
