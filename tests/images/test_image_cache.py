"""The cache of pictures: what is kept comes back whole or not at all, and a budget is a budget."""

from __future__ import annotations

import multiprocessing
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.images.cache import Cached, PictureCache

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def cached(body: bytes = b"pixels") -> Cached:
    return Cached(body=body, headers={"type": "image/jpeg"}, kept_at=NOW)


@pytest.fixture
def cache(tmp_path: Path) -> PictureCache:
    return PictureCache(tmp_path / "cache", limit_bytes=100_000)


def files(cache: PictureCache) -> list[Path]:
    return sorted(file for file in cache._folder.rglob("*") if file.is_file())


def test_what_was_kept_comes_back_as_it_was(cache: PictureCache) -> None:
    cache.put("a", cached())
    assert cache.get("a") == cached()


def test_what_was_never_kept_is_not_there(cache: PictureCache) -> None:
    assert cache.get("a") is None


def test_the_later_takes_the_place_of_the_earlier(cache: PictureCache) -> None:
    cache.put("a", cached())
    cache.put("a", cached(b"others"))
    assert cache.get("a") == cached(b"others")
    assert len(files(cache)) == 1


@pytest.mark.parametrize("damage", [lambda raw: raw[:-1], lambda raw: raw[:-1] + b"?", lambda raw: b"", lambda raw: b"x" + raw])
def test_a_damaged_file_is_a_miss_and_is_gone(cache: PictureCache, damage) -> None:
    cache.put("a", cached())
    (file,) = files(cache)
    file.write_bytes(damage(file.read_bytes()))
    assert cache.get("a") is None
    assert files(cache) == []


def test_beyond_the_budget_what_was_longest_not_asked_for_goes(cache: PictureCache) -> None:
    for at in range(12):
        cache.put(str(at), cached(bytes(10_000)))
        os.utime(cache._file(str(at)), (at, at))
    cache.sweep()
    assert cache.get("0") is None
    assert cache.get("11") is not None
    assert sum(file.stat().st_size for file in files(cache)) <= 100_000


def test_a_disk_that_takes_nothing_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = PictureCache(tmp_path / "cache", limit_bytes=100_000)
    cache.put("a", cached())
    assert cache.get("a") is None


def test_what_a_dead_process_left_half_written_is_removed(cache: PictureCache) -> None:
    cache.put("a", cached())
    part = files(cache)[0].with_name("x.part")
    part.write_bytes(b"half")
    os.utime(part, (1, 1))
    cache.sweep()
    assert not part.exists()


def work(folder: str, start: int, wrong: multiprocessing.Queue[int]) -> None:
    cache = PictureCache(Path(folder), limit_bytes=200_000)
    bad = 0
    for at in range(start, start + 300):
        key = str(at % 40)
        cache.put(key, cached(key.encode() * 4_000))
        found = cache.get(str((at * 7) % 40))
        bad += found is not None and found.body != str((at * 7) % 40).encode() * 4_000
    wrong.put(bad + cache.counts.damaged)


def test_several_processes_share_a_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    wrong = context.Queue()
    workers = [context.Process(target=work, args=(str(tmp_path / "cache"), start, wrong)) for start in (0, 13, 29)]
    for worker in workers:
        worker.start()
    results = [wrong.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert results == [0, 0, 0]
    total = PictureCache(tmp_path / "cache", limit_bytes=200_000).sweep()
    assert total <= 200_000
