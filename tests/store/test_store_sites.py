"""The contract of every store: what is remembered of sites, and readings that take the place of earlier ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from broadsheet.model import PageTrace, SiteChange, SiteMemory

MOMENT = timedelta(seconds=1)


def trace(make, page: int = 2**64 - 1) -> PageTrace:
    return PageTrace(page=page, title=1, read_at=make.noon, path=("main", "article.story"), texts=(2**63,), source_id="harbour")


def with_page(one: PageTrace):
    return lambda memory: replace(memory, pages=(*memory.pages, one))


def test_a_host_never_met_has_an_empty_memory(store):
    assert store.site_memory("harbour.example") == SiteMemory(host="harbour.example")


def test_what_is_remembered_comes_back(store, make):
    kept = store.change_site_memory("harbour.example", with_page(trace(make)))
    assert store.site_memory("harbour.example") == kept
    assert kept.pages == (trace(make),)


def test_a_change_builds_on_what_is_there(store, make):
    store.change_site_memory("harbour.example", with_page(trace(make, 1)))
    store.change_site_memory("harbour.example", with_page(trace(make, 2)))
    assert [page.page for page in store.site_memory("harbour.example").pages] == [1, 2]


def test_hosts_are_remembered_apart(store, make):
    store.change_site_memory("harbour.example", with_page(trace(make)))
    assert store.site_memory("hill.example").pages == ()


def test_only_changed_sites_are_listed(store, make):
    change = SiteChange(kind="moved", since=make.noon, was="main", now="div")
    store.change_site_memory("harbour.example", with_page(trace(make)))
    store.change_site_memory("hill.example", lambda memory: replace(memory, change=change))
    assert [(memory.host, memory.change) for memory in store.changed_sites()] == [("hill.example", change)]


def test_a_site_that_is_as_usual_again_is_no_longer_listed(store, make):
    change = SiteChange(kind="moved", since=make.noon, was="main", now="div")
    store.change_site_memory("hill.example", lambda memory: replace(memory, change=change))
    store.change_site_memory("hill.example", lambda memory: replace(memory, change=None))
    assert store.changed_sites() == ()


def test_a_revision_says_which_extractor_read_it(desk):
    desk.watch()
    kept = desk.collect(extractor="7")
    revision = desk.store.latest_revision(kept.id)
    assert (revision.extractor, revision.made_by) == ("7", "visit")


def test_the_latest_revision_is_the_last_one_kept(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.keep_revision(make.draft("The ferry was early."), article_id=kept.id)
    assert desk.store.latest_revision(kept.id) == desk.store.revisions(kept.id)[-1]


def test_an_article_that_is_not_there_has_no_latest_revision(store):
    assert store.latest_revision("nothing") is None


def test_a_new_article_is_read_once_more_when_asked_for(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (page,) = desk.claim()
    desk.store.keep_revision(make.draft(), task=page, entry_id=entry_id, settle_due=make.noon)
    (task,) = desk.store.tasks("due")
    assert (task.kind, task.due, task.entry_id) == ("settle", make.noon, entry_id)


def test_a_reading_that_says_the_same_is_not_read_once_more(desk, make):
    desk.watch()
    kept = desk.collect()
    before = len(desk.store.tasks("due"))
    desk.store.keep_revision(make.draft(), entry_id=desk.store.entry_of(kept.id).id, settle_due=make.noon)
    assert len(desk.store.tasks("due")) == before


def test_settling_replaces_the_latest_revision_and_makes_no_new_one(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.settle(make.draft("The ferry was early."), article_id=kept.id, number=1)
    settled = desk.store.article(kept.id)
    assert (settled.revision, settled.article.text, settled.content_hash) == (1, "The ferry was early.", "hash of The ferry was early.")


def test_settling_twice_is_settling_once(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.settle(make.draft("The ferry was early."), article_id=kept.id, number=1)
    once = desk.store.article(kept.id)
    desk.store.settle(make.draft("The ferry was early."), article_id=kept.id, number=1)
    assert desk.store.article(kept.id) == once


def test_settling_keeps_the_pages_that_the_revision_rests_on(desk, make):
    desk.watch()
    desk.store.file_exchange(make.exchange("evidence"))
    kept = desk.collect(exchange_ids=("evidence",))
    desk.store.settle(make.draft("The ferry was early."), article_id=kept.id, number=1)
    assert desk.store.latest_revision(kept.id).exchange_ids == ("evidence",)


def test_a_revision_that_is_no_longer_the_latest_is_not_settled(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.keep_revision(make.draft("The ferry sank."), article_id=kept.id)
    desk.store.settle(make.draft("The ferry was early."), article_id=kept.id, number=1)
    assert [one.article.text for one in desk.store.revisions(kept.id)] == ["The ferry was late.", "The ferry sank."]


def test_settling_moves_no_time_that_readers_see_but_caches_learn_of_it(desk, make):
    desk.watch()
    kept = desk.collect()
    later = desk.clock.pass_by(minutes=1)
    desk.store.settle(make.draft("The ferry was early."), article_id=kept.id, number=1)
    assert (desk.store.article(kept.id).changed_at, desk.store.newest_change()) == (kept.changed_at, later)


def test_a_revision_made_by_re_extraction_leaves_times_and_place_alone(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.clock.pass_by(days=30)
    again = desk.store.keep_revision(make.draft("The ferry was early.", made_by="re-extraction"), article_id=kept.id)
    assert (again.revision, again.changed_at, again.sort_at, again.is_revised) == (2, kept.changed_at, kept.sort_at, False)
    assert desk.store.latest_revision(kept.id).made_by == "re-extraction"


def test_caches_learn_of_a_re_extraction(desk, make):
    desk.watch()
    kept = desk.collect()
    later = desk.clock.pass_by(days=30)
    desk.store.keep_revision(make.draft("The ferry was early.", made_by="re-extraction"), article_id=kept.id)
    assert desk.store.newest_change() == later


def test_what_the_publisher_changes_after_a_re_extraction_is_a_revision_of_theirs(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.keep_revision(make.draft("The ferry was early.", made_by="re-extraction"), article_id=kept.id)
    later = desk.clock.pass_by(hours=1)
    third = desk.store.keep_revision(make.draft("The ferry sank."), article_id=kept.id)
    assert (third.revision, third.changed_at, third.is_revised) == (3, later, True)


def test_the_last_page_of_a_host_that_is_soon_due_is_known(desk, make):
    desk.watch()
    soon, late = make.noon + timedelta(minutes=1), make.noon + timedelta(hours=1)
    desk.store.keep_poll("harbour", make.state(), new=[make.new("a", due=soon), make.new("b", due=late)])
    assert desk.store.last_page_due("harbour.example", make.noon + timedelta(minutes=2)) == soon


def test_a_host_without_pages_to_come_waits_for_none(desk, make):
    desk.watch()
    desk.see("a", host="hill.example")
    assert desk.store.last_page_due("harbour.example", make.noon) is None
