"""Several processes and threads at one store: one works, all read and write short things, a killed one leaves no trace but its work."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from broadsheet.errors import StoreInUse
from broadsheet.store import Selection

PRELUDE = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from broadsheet.model import *
from broadsheet.store import Draft, open_store
now = lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)
store = open_store(Path(sys.argv[1]), now=now)
"""

WORKS_UNTIL_KILLED = """
with store.work():
    print("working", flush=True)
    time.sleep(60)
"""

WORKS_WITH_A_POOL_UNTIL_KILLED = """
import os
with store.work():
    if os.fork() == 0:
        os.close(1)
        time.sleep(3)
        os._exit(0)
    print("working", flush=True)
    time.sleep(60)
"""

COLLECTS_UNTIL_KILLED = """
store.add_source(Source(id="s", kind="feed", url="https://s.example/", title="", home_url="", added_at=now()), PollState(next_due=now()))
number = 0
while True:
    number += 1
    name = f"{number}"
    new = NewEntry(entry=Entry(guid=name, link=f"https://s.example/{name}"), keys=EntryKeys(guid=name), digest=name)
    exchange = Exchange(id=name, url="u", final_url="u", status=200, headers=Headers(), body=name.encode() * 900, fetched_at=now())
    state = PollState(next_due=now(), validators=Validators(etag=name))
    store.keep_poll("s", state, new=[new], exchange=exchange)
    (entry,) = store.known_entries("s", [new.keys])
    article = Article(url=f"https://s.example/{name}", title=name, text=name)
    draft = Draft(source_id="s", article=article, content_hash=name, fetched_at=now(), url_keys=(f"s.example/{name}",), exchange_ids=(name,))
    store.keep_revision(draft, entry_id=entry.id)
    print(number, flush=True)
"""

ADDS_ONE_SOURCE = """
store.add_source(Source(id="other", kind="feed", url="https://o.example/", title="", home_url="", added_at=now()), PollState(next_due=now()))
store.close()
"""


@pytest.fixture
def run(tmp_path):
    """Starts a process at the store of this test; whatever still runs is killed at the end."""
    started = []

    def start(script):
        process = subprocess.Popen([sys.executable, "-c", PRELUDE + script, str(tmp_path / "store")], stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_second_worker_is_refused_and_told_who_works(run, open_folder):
    process = run(WORKS_UNTIL_KILLED)
    process.stdout.readline()
    with pytest.raises(StoreInUse, match=f"process {process.pid}"), open_folder().work():
        pass


def test_a_killed_worker_frees_the_store_at_once(run, open_folder):
    process = run(WORKS_UNTIL_KILLED)
    process.stdout.readline()
    process.kill()
    process.wait()
    open_folder().work().__enter__()  # raises StoreInUse as long as anybody holds it


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows does not fork")
def test_a_killed_workers_orphans_do_not_hold_the_store(run, open_folder):
    process = run(WORKS_WITH_A_POOL_UNTIL_KILLED)
    process.stdout.readline()
    process.kill()
    process.wait()
    open_folder().work().__enter__()  # raises StoreInUse as long as anybody holds it


def test_two_workers_in_one_process_are_refused_as_well(open_folder):
    with open_folder().work(), pytest.raises(StoreInUse), open_folder().work():
        pass


def test_a_worker_that_ended_lets_the_next_one_in(store):
    with store.work():
        pass
    store.work().__enter__()  # raises StoreInUse as long as anybody holds it


def test_a_short_command_may_write_while_another_process_works(run, open_folder, desk_at):
    desk = desk_at(open_folder())
    desk.watch()
    with desk.store.work():
        assert run(ADDS_ONE_SOURCE).wait() == 0
        assert [source.id for source in desk.store.sources()] == ["harbour", "other"]


@pytest.mark.parametrize("lines", [1, 7, 23])
def test_a_kill_at_any_moment_leaves_whole_polls_and_whole_articles(run, open_folder, lines):
    process = run(COLLECTS_UNTIL_KILLED)
    done = [process.stdout.readline() for _ in range(lines)][-1]
    process.kill()
    process.wait()
    store = open_folder()
    entries = store.entries("s", limit=10_000)
    articles = store.articles(Selection(source_id="s"))
    assert len(entries) in {int(done) + more for more in range(1000)}
    assert store.poll_state("s").validators.etag == entries[0].entry.guid  # validators moved with the entries, never before
    assert store.exchange(entries[0].entry.guid) is not None
    assert len(entries) - len(articles) in {0, 1}
    assert [len(store.revisions(each.id)) for each in articles] == [1] * len(articles)
    assert store.task_counts()["due"] == len(entries)


def test_threads_that_write_at_once_all_succeed(store, desk, make):
    desk.watch()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: store.keep_poll("harbour", make.state(), new=[make.new(f"{name}")]), range(40)))
    assert len(store.entries("harbour")) == 40


def test_no_task_is_claimed_by_two_threads(store, desk, make):
    desk.watch()
    store.keep_poll("harbour", make.state(), new=[make.new(f"{n}", host=f"h{n}.example") for n in range(40)])
    with ThreadPoolExecutor(8) as pool:
        claimed = [task.id for tasks in pool.map(lambda _: desk.claim(limit=5), range(12)) for task in tasks]
    assert sorted(claimed) == sorted(set(claimed))
    assert len(claimed) == 40


def test_two_threads_that_keep_one_story_make_one_article(store, desk, make):
    desk.watch()
    start = threading.Barrier(8)

    def keep(_):
        start.wait()
        return store.keep_revision(make.draft()).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(keep, range(8)))) == 1
    assert len(store.articles()) == 1


def test_a_reader_sees_one_state_while_a_writer_writes(store, desk, make):
    desk.watch()
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            store.keep_poll("harbour", make.state(), new=[make.new(f"{number}a"), make.new(f"{number}b")])

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        seen = [len(store.entries("harbour", limit=10_000)) for _ in range(20)]
        stop.set()
        writing.result()
    assert [count % 2 for count in seen] == [0] * 20
