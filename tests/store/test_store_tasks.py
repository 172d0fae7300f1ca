"""The contract of every store: tasks are claimed one host at a time, and none is lost."""

from __future__ import annotations

from datetime import timedelta

from broadsheet.model import Task


def test_a_claim_takes_one_task_of_each_host(desk):
    desk.watch()
    desk.see("a", "b", host="one.example")
    desk.see("c", host="two.example")
    assert sorted(task.host for task in desk.claim()) == ["one.example", "two.example"]


def test_a_host_with_a_live_lease_is_left_alone(desk):
    desk.watch()
    desk.see("a", "b")
    desk.claim()
    assert desk.claim() == ()


def test_a_host_is_free_again_when_its_task_is_finished(desk):
    desk.watch()
    first, second = desk.see("a", "b")
    (task,) = desk.claim()
    desk.store.finish(task)
    assert [task.entry_id for task in desk.claim()] == [second]
    assert task.entry_id == first


def test_hosts_to_skip_are_skipped(desk):
    desk.watch()
    desk.see("a", host="one.example")
    desk.see("b", host="two.example")
    assert [task.host for task in desk.claim(skip_hosts={"one.example"})] == ["two.example"]


def test_a_claim_takes_no_more_than_its_limit_longest_due_first(desk, make):
    desk.watch()
    later = make.new("a", "one.example", due=make.noon - timedelta(minutes=1))
    longest = make.new("b", "two.example", due=make.noon - timedelta(minutes=2))
    desk.store.keep_poll("harbour", make.state(), new=[later, longest])
    assert [task.host for task in desk.claim(limit=1)] == ["two.example"]


def test_a_task_is_not_claimed_before_it_is_due(desk, make):
    desk.watch()
    desk.store.keep_poll("harbour", make.state(), new=[make.new(due=make.noon + timedelta(seconds=1))])
    assert desk.claim() == ()
    desk.clock.pass_by(seconds=1)
    assert len(desk.claim()) == 1


def test_a_lease_that_has_run_out_can_be_claimed_and_counts_as_a_try(desk):
    desk.watch()
    desk.see("a")
    assert [task.tries for task in desk.claim()] == [1]
    desk.clock.pass_by(minutes=6)
    assert [task.tries for task in desk.claim()] == [2]


def test_a_task_to_retry_waits_until_it_is_due_and_keeps_its_error(desk, make):
    desk.watch()
    desk.see("a")
    (task,) = desk.claim()
    desk.store.retry(task, make.noon + timedelta(hours=1), "HTTP 503")
    assert desk.claim() == ()
    assert [(task.last_error, task.tries) for task in desk.store.tasks("due")] == [("HTTP 503", 1)]


def test_a_buried_task_is_kept_with_its_reason(desk):
    desk.watch()
    desk.see("a")
    (task,) = desk.claim()
    desk.store.bury(task, "HTTP 410: gone")
    assert [dead.last_error for dead in desk.store.tasks("dead", source_id="harbour")] == ["HTTP 410: gone"]
    assert desk.claim() == ()


def test_a_dead_task_can_be_revived(desk, make):
    desk.watch()
    desk.see("a")
    (task,) = desk.claim()
    desk.store.bury(task, "HTTP 410: gone")
    desk.store.revive(task.id, make.noon)
    assert [task.tries for task in desk.claim()] == [1]


def test_a_released_task_is_as_if_never_claimed(desk):
    desk.watch()
    desk.see("a")
    (before,) = desk.store.tasks("due")
    desk.store.release(desk.claim()[0])
    assert desk.store.tasks("due") == (before,)


def test_an_entry_changed_while_its_task_is_leased_is_due_again_when_that_is_finished(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    desk.clock.pass_by(seconds=10)
    desk.store.keep_poll("harbour", make.state(), changed=[make.changed(entry_id, make.new("a"))])
    desk.store.finish(task)
    assert [(task.entry_id, task.tries) for task in desk.claim()] == [(entry_id, 1)]


def test_an_entry_changed_while_its_task_is_leased_is_not_buried_with_it(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    desk.clock.pass_by(seconds=10)
    desk.store.keep_poll("harbour", make.state(), changed=[make.changed(entry_id, make.new("a"))])
    desk.store.bury(task, "HTTP 404")
    assert desk.store.task_counts()["due"] == 1


def test_a_worker_that_lost_its_lease_cannot_end_its_successors(desk, make):
    desk.watch()
    desk.see("a")
    (slow,) = desk.claim()
    desk.clock.pass_by(minutes=6)
    desk.claim()
    desk.store.retry(slow, make.noon, "too late to tell")
    assert desk.store.task_counts() == {"due": 0, "leased": 1, "done": 0, "dead": 0}


def test_a_renewed_lease_lasts_longer(desk, make):
    desk.watch()
    desk.see("a")
    (task,) = desk.claim()
    assert desk.store.renew(task, make.noon + timedelta(hours=1))
    desk.clock.pass_by(minutes=30)
    assert desk.claim() == ()


def test_a_lost_lease_cannot_be_renewed(desk, make):
    desk.watch()
    desk.see("a")
    (slow,) = desk.claim()
    desk.clock.pass_by(minutes=6)
    desk.claim()
    assert not desk.store.renew(slow, make.noon + timedelta(hours=1))


def test_a_late_finish_never_touches_a_task_made_afterwards(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    desk.store.finish(task)
    desk.clock.pass_by(minutes=1)
    desk.store.add_task("page", entry_id, desk.clock())
    desk.store.finish(task)
    assert desk.store.task_counts()["due"] == 1


def test_an_entry_has_one_task_of_a_kind_and_the_earlier_due_counts(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    desk.store.add_task("page", entry_id, make.noon + timedelta(hours=1))
    desk.store.add_task("page", entry_id, make.noon - timedelta(hours=1))
    assert [task.due for task in desk.store.tasks("due")] == [make.noon - timedelta(hours=1)]


def test_work_ends_the_leases_that_a_dead_worker_left(desk):
    desk.watch()
    desk.see("a")
    desk.claim()
    with desk.store.work():
        assert len(desk.claim()) == 1


def test_tasks_of_another_source_are_not_listed(desk):
    desk.watch()
    desk.watch("valley")
    desk.see("a", source_id="valley", host="valley.example")
    assert desk.store.tasks("due", source_id="harbour") == ()


def test_a_task_carries_what_its_worker_needs(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    expected = Task(id=task.id, kind="page", host="harbour.example", due=make.noon, source_id="harbour", entry_id=entry_id, tries=1, state="leased")
    assert task == expected
