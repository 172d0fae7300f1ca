"""The contract of every store: articles, and all their revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.errors import StoreError
from broadsheet.model import Fingerprint, Person, Picture, StatedTime
from broadsheet.store import Place, Selection


def test_an_article_comes_back_as_it_was_kept(desk, make):
    desk.watch()
    article = replace(
        make.article("渡轮晚点了。"),
        people=(Person(name="Amara Diallo", role="photographer"),),
        lead_image=Picture(url="https://harbour.example/a.jpg", width_px=640),
        published=StatedTime(raw="1 March", at=make.noon, has_time=False),
    )
    kept = desk.collect(article=article)
    assert desk.store.article(kept.id) == kept
    assert kept.article == article


def test_keeping_finishes_the_task_and_links_the_entry(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    kept = desk.store.keep_revision(make.draft(), task=task, entry_id=entry_id)
    assert desk.store.entry(entry_id).article_id == kept.id
    assert desk.store.task_counts()["leased"] == 0
    assert desk.store.entry_of(kept.id).id == entry_id


def test_the_first_revision_is_number_one(desk):
    desk.watch()
    assert desk.collect().revision == 1


def test_keeping_the_same_reading_twice_changes_nothing(desk, make):
    desk.watch()
    first = desk.collect()
    desk.clock.pass_by(hours=1)
    again = desk.store.keep_revision(make.draft(), entry_id=desk.store.entry_of(first.id).id)
    assert again == first
    assert len(desk.store.revisions(first.id)) == 1


def test_a_changed_story_becomes_a_second_revision_and_the_first_stays(desk, make):
    desk.watch()
    first = desk.collect(text="Ten were hurt.")
    desk.clock.pass_by(hours=1)
    second = desk.store.keep_revision(make.draft("Twelve were hurt."), article_id=first.id)
    assert (second.id, second.revision, second.changed_at) == (first.id, 2, desk.clock())
    assert [revision.article.text for revision in desk.store.revisions(first.id)] == ["Ten were hurt.", "Twelve were hurt."]


def test_a_revision_names_the_exchanges_it_rests_on_in_order(desk):
    desk.watch()
    kept = desk.collect(exchange_ids=("page-2", "page-1"))
    (revision,) = desk.store.revisions(kept.id)
    assert revision.exchange_ids == ("page-2", "page-1")


def test_two_entries_that_lead_to_one_address_are_one_article(desk, make):
    desk.watch()
    first = desk.collect("a")
    (other_entry,) = desk.see("b")
    again = desk.store.keep_revision(make.draft(name="a"), entry_id=other_entry)
    assert again.id == first.id
    assert desk.store.entry(other_entry).article_id == first.id


def test_one_address_in_two_sources_is_two_articles(desk, make):
    desk.watch("harbour")
    desk.watch("valley")
    first = desk.collect("a")
    other = desk.store.keep_revision(make.draft(source_id="valley"))
    assert other.id != first.id


def test_an_article_is_found_under_every_address_it_was_kept_with(desk):
    desk.watch()
    kept = desk.collect(url_keys=("harbour.example/a", "harbour.example/canonical"))
    assert desk.store.find_article("harbour", ["nowhere.example/", "harbour.example/canonical"]) == kept
    assert desk.store.find_article("valley", ["harbour.example/a"]) is None


def test_an_address_stays_with_the_article_that_had_it_first(desk, make):
    desk.watch()
    first = desk.collect("a")
    desk.collect("b", url_keys=("harbour.example/b",))
    second = desk.store.find_article("harbour", ["harbour.example/b"])
    desk.store.keep_revision(make.draft("New text.", "b", url_keys=("harbour.example/b", "harbour.example/a")), article_id=second.id)
    assert desk.store.find_article("harbour", ["harbour.example/a"]) == first


def test_a_new_article_takes_first_seen_guid_and_date_from_its_entry(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    desk.clock.pass_by(days=1)
    kept = desk.store.keep_revision(make.draft(), entry_id=entry_id)
    assert (kept.first_seen, kept.entry_guid, kept.entry_published) == (make.noon, "a", make.new("a").entry.published)


def test_a_story_keeps_its_place_in_the_list_when_it_is_revised(desk, make):
    desk.watch()
    first = desk.collect(sort_at=make.noon - timedelta(days=2))
    again = desk.store.keep_revision(make.draft("Edited.", sort_at=make.noon), article_id=first.id)
    assert again.sort_at == first.sort_at


def test_a_revisit_is_planned_and_leads_back_to_the_article(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    kept = desk.store.keep_revision(make.draft(), task=task, entry_id=entry_id, revisit_due=make.noon + timedelta(hours=1))
    (revisit,) = desk.store.tasks("due")
    assert (revisit.kind, revisit.article_id, revisit.due) == ("revisit", kept.id, make.noon + timedelta(hours=1))


def test_an_unchanged_revisit_plans_the_next_and_adds_no_revision(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.finish(desk.claim()[0])
    desk.store.add_task("revisit", desk.store.entry_of(kept.id).id, make.noon)
    (revisit,) = desk.claim()
    desk.store.keep_unchanged(kept.id, make.noon, task=revisit, revisit_due=make.noon + timedelta(hours=3))
    assert [task.due for task in desk.store.tasks("due")] == [make.noon + timedelta(hours=3)]
    assert desk.store.article(kept.id) == kept


def test_keeping_a_revision_of_an_article_that_is_not_there_says_so(desk, make):
    desk.watch()
    with pytest.raises(StoreError, match="is not in the store"):
        desk.store.keep_revision(make.draft(), article_id="0" * 26)


def test_articles_come_newest_first(desk, make):
    desk.watch()
    desk.collect("old", sort_at=make.noon - timedelta(days=1))
    desk.collect("new", sort_at=make.noon)
    desk.collect("older", sort_at=make.noon - timedelta(days=2))
    assert [kept.article.title for kept in desk.store.articles()] == ["Story new", "Story old", "Story older"]


def test_a_list_goes_on_after_its_last_place_without_gap_or_repeat(desk, make):
    desk.watch()
    kept = {desk.collect(name, sort_at=make.noon).id for name in "abcde"}  # all of one moment: only the id orders them
    first = desk.store.articles(Selection(limit=2))
    rest = desk.store.articles(Selection(before=Place.of(first[-1])))
    assert [*(each.id for each in first), *(each.id for each in rest)] == sorted(kept, reverse=True)


def test_each_article_reads_a_long_list_in_batches(desk, monkeypatch):
    monkeypatch.setattr("broadsheet.store.sql.articles.BATCH", 2)
    desk.watch()
    kept = {desk.collect(name).id for name in "abcde"}
    assert [each.id for each in desk.store.each_article()] == sorted(kept, reverse=True)
    assert len(list(desk.store.each_article(Selection(limit=3)))) == 3


def test_articles_can_be_chosen_by_source_and_category(desk, make):
    desk.watch("harbour", category="Sea")
    desk.watch("valley", category="Land")
    at_sea = desk.collect("a")
    on_land = desk.store.keep_revision(make.draft(source_id="valley"))
    assert [kept.id for kept in desk.store.articles(Selection(source_id="valley"))] == [on_land.id]
    assert [kept.id for kept in desk.store.articles(Selection(category="Sea"))] == [at_sea.id]


def test_articles_can_be_chosen_by_their_last_change(desk, make):
    desk.watch()
    first, _ = desk.collect("a"), desk.collect("b")
    later = desk.clock.pass_by(hours=1)
    desk.store.keep_revision(make.draft("Edited."), article_id=first.id)
    assert [kept.id for kept in desk.store.articles(Selection(changed_since=later))] == [first.id]
    assert desk.store.newest_change() == later


def test_an_empty_selection_has_no_newest_change(store):
    assert store.newest_change(Selection(source_id="nobody")) is None


def test_near_duplicates_can_be_left_out(desk):
    desk.watch()
    first = desk.collect("a")
    copy = desk.collect("b", near_duplicate_of=first.id)
    assert copy.near_duplicate_of == first.id
    assert desk.store.articles(Selection(near_duplicates=False)) == (first,)


def test_texts_that_share_a_band_are_candidates_for_near_duplicates(desk):
    desk.watch()
    sketch = Fingerprint(scheme="s", signature=b"1234", bands=("one", "two"))
    first = desk.collect("a", fingerprint=sketch)
    desk.collect("b", fingerprint=replace(sketch, bands=("three",)))
    found = desk.store.near_candidates(replace(sketch, bands=("two", "four")))
    assert [(each.article_id, each.fingerprint.signature) for each in found] == [(first.id, b"1234")]


def test_fingerprints_of_another_scheme_are_no_candidates(desk):
    desk.watch()
    sketch = Fingerprint(scheme="s", signature=b"1234", bands=("one",))
    desk.collect("a", fingerprint=sketch)
    assert desk.store.near_candidates(replace(sketch, scheme="t")) == ()


def test_a_revision_replaces_the_fingerprint(desk, make):
    desk.watch()
    sketch = Fingerprint(scheme="s", signature=b"1234", bands=("one",))
    kept = desk.collect("a", fingerprint=sketch)
    desk.store.keep_revision(make.draft("Other.", fingerprint=replace(sketch, bands=("two",))), article_id=kept.id)
    assert desk.store.near_candidates(sketch) == ()


def test_counts_tell_entries_articles_and_what_is_left_to_do(desk, make):
    desk.watch()
    desk.watch("valley")
    desk.see("a", "b", "c")
    (task,) = desk.claim()
    desk.store.keep_revision(make.draft(), task=task, entry_id=task.entry_id)
    desk.store.bury(desk.claim()[0], "HTTP 404")
    counts = desk.store.counts()
    assert (counts["harbour"].entries, counts["harbour"].articles, counts["harbour"].due, counts["harbour"].dead) == (3, 1, 1, 1)
    assert (counts["valley"].entries, counts["valley"].newest) == (0, None)


def test_recent_articles_that_nobody_looked_at_lately_are_offered_for_a_revisit(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.finish(desk.claim()[0])
    desk.clock.pass_by(hours=2)
    offered = desk.store.recent_for_revisit(desk.clock(), within=timedelta(days=1), unchecked_for=timedelta(hours=1))
    assert offered == (kept,)
    assert desk.store.recent_for_revisit(desk.clock(), within=timedelta(hours=1), unchecked_for=timedelta(hours=1)) == ()


def test_an_article_with_a_task_is_not_offered_for_a_revisit(desk, make):
    desk.watch()
    kept = desk.collect()
    desk.store.add_task("revisit", desk.store.entry_of(kept.id).id, make.noon + timedelta(days=1), article_id=kept.id)
    assert desk.store.recent_for_revisit(make.noon, within=timedelta(days=1), unchecked_for=timedelta(0)) == ()


def test_an_imported_article_is_adopted_once(desk, make):
    desk.watch()
    draft = make.draft(first_seen=make.noon - timedelta(days=900), entry_published=StatedTime(raw="2023", at=make.noon - timedelta(days=901)))
    first = desk.store.adopt(draft)
    again = desk.store.adopt(replace(draft, content_hash="read differently"))
    assert (first.new, again.new) == (True, False)
    assert again.article == first.article
    assert first.article.sort_at == draft.first_seen


def test_an_adopted_story_that_the_feed_brings_later_stays_one_article(desk):
    desk.watch()
    adopted = desk.store.adopt(desk.make.draft("As archived.")).article
    kept = desk.collect(text="As it is today.")
    assert (kept.id, kept.revision) == (adopted.id, 2)


def test_an_imported_article_does_not_overwrite_what_we_collected(desk, make):
    desk.watch()
    kept = desk.collect(text="Ours.")
    adoption = desk.store.adopt(make.draft("Theirs."))
    assert (adoption.new, adoption.article) == (False, kept)


def test_keeping_an_article_of_an_unknown_source_is_refused(store, make):
    with pytest.raises(StoreError):
        store.keep_revision(make.draft())
