"""The pictures of articles: every address known, each original kept once, dropped only by rule."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.errors import StoreError
from broadsheet.model import Original, PictureUse
from broadsheet.store import KeepingRule, open_memory_store

ONE, TWO = "https://cdn.example/one.jpg", "https://cdn.example/two.jpg"
BODY = b"the bytes of a picture"
a_few_times = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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


def test_due_pictures_are_told_by_host(desk):
    desk.watch()
    desk.collect(pictures=wanted(ONE, TWO, "https://img.example/three.jpg"))
    hosts = desk.store.hosts_with_due_pictures(desk.clock(), limit=9)
    assert hosts == ("cdn.example", "img.example")
    assert {one.url for one in desk.store.due_pictures(desk.clock(), limit=9, host="cdn.example")} == {ONE, TWO}


def test_busy_hosts_are_left_out(desk, shown):
    assert desk.store.hosts_with_due_pictures(desk.clock(), limit=9, skip_hosts=["cdn.example"]) == ()


def test_pictures_of_newer_articles_come_first(desk, shown):
    desk.clock.pass_by(hours=1)
    desk.collect("b", "Another story.", pictures=wanted(TWO))
    assert [one.url for one in desk.store.due_pictures(desk.clock(), limit=9)] == [TWO, ONE]


def test_a_picture_is_postponed_without_counting_as_tried(desk, shown):
    later = desk.clock() + timedelta(hours=1)
    desk.store.postpone_pictures([ONE], later)
    assert (desk.store.picture(ONE).tries, desk.store.next_picture_due()) == (0, later)


def test_what_was_dropped_is_wanted_again_by_another_article_only(desk, shown):
    desk.store.keep_original(ONE, original(), BODY)
    desk.store.drop_originals(KeepingRule(max_bytes=0))
    desk.store.show_pictures(shown.id, wanted(ONE))
    assert desk.store.picture(ONE).state == "dropped"
    desk.collect("b", "Another story.", pictures=wanted(ONE))
    assert desk.store.picture(ONE).state == "wanted"


def test_an_article_from_before_pictures_were_noted_is_given_its_pictures(desk):
    desk.watch()
    kept = desk.collect()
    desk.store.show_pictures(kept.id, wanted(ONE), due=kept.first_seen - timedelta(days=1))
    assert desk.store.picture(ONE).due == kept.first_seen - timedelta(days=1)


def test_an_article_that_is_not_there_shows_nothing(desk):
    desk.store.show_pictures("nobody", wanted(ONE))
    assert desk.store.picture(ONE) is None


def test_an_original_knows_its_addresses_and_who_shows_them(desk, shown):
    desk.clock.pass_by(hours=1)
    other = desk.collect("b", "Another story.", pictures=wanted(ONE, TWO))
    desk.store.keep_original(ONE, original(), BODY)
    desk.store.keep_original(TWO, original(), BODY)
    assert desk.store.showing(original().hash) == {ONE: (other.id, shown.id), TWO: (other.id,)}


def test_a_picture_of_a_purged_source_is_not_kept(desk, shown):
    desk.store.remove_source("harbour", purge=True)
    desk.store.drop_originals(KeepingRule())
    desk.store.keep_original(ONE, original(), BODY)
    assert desk.store.picture_totals().originals == 0


def test_an_original_that_another_article_still_shows_outlives_a_purge(desk, shown):
    desk.watch("other")
    desk.store.keep_revision(desk.make.draft("Another story.", "b", "other", pictures=wanted(ONE)))
    desk.store.keep_original(ONE, original(), BODY)
    desk.store.remove_source("harbour", purge=True)
    assert desk.store.drop_originals(KeepingRule()) == 0


@pytest.fixture
def on_disk(open_folder, desk_at, tmp_path):
    """A store in a folder, with an article that shows ONE."""
    desk = desk_at(open_folder())
    desk.watch()
    desk.collect(pictures=wanted(ONE))
    return desk


def files(tmp_path):
    return [file for file in (tmp_path / "store" / "pictures").rglob("*") if file.is_file()]


def long_ago(file, desk):
    then = (desk.clock() - timedelta(days=1)).timestamp()
    os.utime(file, (then, then))


def test_bytes_that_a_kill_left_without_a_row_are_deleted(on_disk, tmp_path):
    on_disk.store.blobs.put(b"nobody's")
    long_ago(files(tmp_path)[0], on_disk)
    on_disk.store.drop_originals(KeepingRule())
    assert files(tmp_path) == []


def test_bytes_that_may_be_about_to_be_named_are_left_alone(on_disk, tmp_path):
    on_disk.store.blobs.put(b"somebody's, soon")
    on_disk.store.drop_originals(KeepingRule())
    assert len(files(tmp_path)) == 1


DIES_BETWEEN_FILE_AND_ROW = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from broadsheet.model import Original
from broadsheet.store import open_store
store = open_store(Path(sys.argv[1]), now=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
put = store.blobs.put
store.blobs.put = lambda body: (put(body), os._exit(9))
store.keep_original(sys.argv[2], Original(hash="x", media_type="image/png", size_bytes=4), b"body")
"""


def test_killed_between_file_and_row_a_picture_is_still_wanted(on_disk, tmp_path):
    done = subprocess.run([sys.executable, "-c", DIES_BETWEEN_FILE_AND_ROW, str(tmp_path / "store"), ONE], check=False)
    assert (done.returncode, len(files(tmp_path))) == (9, 1)
    assert [one.url for one in on_disk.store.due_pictures(on_disk.clock(), limit=9)] == [ONE]


def test_half_a_file_that_a_kill_left_is_deleted(on_disk, tmp_path):
    half = tmp_path / "store" / "pictures" / "ab" / "cd.1-2.part"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"hal")
    long_ago(half, on_disk)
    on_disk.store.drop_originals(KeepingRule())
    assert files(tmp_path) == []


def test_the_bytes_of_kept_pictures_are_never_swept(on_disk, tmp_path):
    on_disk.store.keep_original(ONE, original(), BODY)
    long_ago(files(tmp_path)[0], on_disk)
    on_disk.store.drop_originals(KeepingRule())
    assert on_disk.store.original_bytes(original().hash) == BODY


def test_bytes_deleted_just_before_they_are_named_are_written_again(on_disk, monkeypatch):
    blobs, puts = on_disk.store.blobs, []

    def put_and_lose_the_first(body):
        name = type(blobs).put(blobs, body)
        puts.append(name)
        if len(puts) == 1:
            blobs.delete(name)
        return name

    monkeypatch.setattr(blobs, "put", put_and_lose_the_first)
    on_disk.store.keep_original(ONE, original(), BODY)
    assert on_disk.store.original_bytes(original().hash) == BODY


def test_a_damaged_file_is_mended_when_the_picture_comes_again(on_disk, tmp_path):
    on_disk.store.keep_original(ONE, original(), BODY)
    files(tmp_path)[0].write_bytes(b"x" * len(BODY))
    on_disk.store.keep_original(ONE, original(), BODY)
    assert on_disk.store.original_bytes(original().hash) == BODY


def test_what_one_process_keeps_another_finds(on_disk, open_folder):
    other = open_folder()
    on_disk.store.keep_original(ONE, original(), BODY)
    assert other.original_bytes(other.picture(ONE).original.hash) == BODY
    assert other.secret("links") == on_disk.store.secret("links")


@a_few_times
@given(mark=st.integers(0, 2**64 - 1), flipped=st.sets(st.integers(0, 63), max_size=10))
def test_neighbours_are_found_up_to_the_distance_and_no_further(desk_at, clock, mark, flipped):
    with open_memory_store(now=clock) as store:
        desk_at(store).watch()
        desk_at(store).collect(pictures=wanted(ONE))
        store.keep_original(ONE, original(fingerprint=mark), BODY)
        other = mark ^ sum(1 << bit for bit in flipped)
        assert bool(store.same_pictures(other, distance=7)) == (len(flipped) <= 7)


@a_few_times
@given(bodies=st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=8, unique=True), limit=st.integers(0, 200))
def test_a_budget_lets_the_oldest_go_and_no_more_than_it_must(desk_at, clock, bodies, limit):
    urls = [f"https://cdn.example/{at}" for at in range(len(bodies))]
    with open_memory_store(now=clock) as store:
        desk_at(store).watch()
        desk_at(store).collect(pictures=wanted(*urls))
        for url, body in zip(urls, bodies, strict=True):
            clock.pass_by(seconds=1)
            store.keep_original(url, original(body), body)
        dropped = store.drop_originals(KeepingRule(max_bytes=limit))
        assert [store.picture(url).state for url in urls] == ["dropped"] * dropped + ["kept"] * (len(urls) - dropped)
    sizes = list(map(len, bodies))
    assert sum(sizes[dropped:]) <= limit
    assert dropped == 0 or sum(sizes[dropped - 1 :]) > limit
