"""The garbage collector while pages are read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from broadsheet.garbage import MAX_IN_A_ROW, collector_paused
from broadsheet.library.reading import read_page


@pytest.fixture(autouse=True)
def running() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def pause_and_resume(times: int) -> None:
    for _ in range(times):
        with collector_paused():
            pass


def test_the_collector_rests_within_and_runs_again_after() -> None:
    with collector_paused():
        within = gc.isenabled()
    assert (within, gc.isenabled()) == (False, True)


def test_a_pause_within_a_pause_ends_with_the_outer_one() -> None:
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_within_ends_the_pause() -> None:
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_was_switched_off_before_stays_off() -> None:
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_the_pause_lasts_until_the_last_thread_has_left() -> None:
    entered, leaving = Barrier(2), Barrier(2)

    def read() -> None:
        with collector_paused():
            entered.wait()
            leaving.wait()

    other = Thread(target=read)
    other.start()
    entered.wait()
    with collector_paused():
        pass
    assert not gc.isenabled()
    leaving.wait()
    other.join()
    assert gc.isenabled()


def test_readings_without_end_do_not_keep_the_collector_off() -> None:
    first = collector_paused()
    first.__enter__()
    pause_and_resume(MAX_IN_A_ROW)
    late = collector_paused()
    late.__enter__()
    first.__exit__(None, None, None)
    assert gc.isenabled()
    late.__exit__(None, None, None)


def test_reading_a_page_leaves_no_cycle_behind() -> None:
    html = "<h1>Tide</h1>" + "<p>The harbour wall fell in the storm, and the council met on Tuesday to decide who pays.</p>" * 20
    read_page(html, "https://gazette.example/a")  # word lists and caches are made once
    gc.collect()
    gc.disable()
    read_page(html, "https://gazette.example/a")
    assert gc.collect() == 0
