"""`make bench-images` and the loads put on the image proxy: what they make, what they count. Neither Pillow nor nginx is needed."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyvips", reason="the extra `images` is not installed")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


def test_the_photographs_are_the_same_every_time_and_differ_from_each_other(benchmarks: None, tmp_path: Path) -> None:
    from images.photos import made_photos  # type: ignore[import-not-found]

    (tmp_path / "again").mkdir()
    first, second = (photo.read_bytes() for photo in made_photos(tmp_path, 2, width=90, height=60))
    assert made_photos(tmp_path / "again", 1, width=90, height=60)[0].read_bytes() == first
    assert first != second


def test_a_folder_without_jpegs_is_refused(benchmarks: None, tmp_path: Path) -> None:
    from images.photos import given_photos

    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(SystemExit, match="no JPEG there"):
        given_photos(tmp_path)


def test_likeness_is_one_for_the_picture_itself_and_falls_with_quality(benchmarks: None, tmp_path: Path) -> None:
    import pyvips

    from images.likeness import likeness  # type: ignore[import-not-found]
    from images.photos import made_photos

    [photo] = made_photos(tmp_path, 1, width=300, height=200)
    pyvips.Image.new_from_file(str(photo)).write_to_file(str(tmp_path / "good.jpg[Q=90]"))
    pyvips.Image.new_from_file(str(photo)).write_to_file(str(tmp_path / "poor.jpg[Q=10]"))
    assert likeness(photo, photo) == pytest.approx(1.0)
    good = likeness(photo, tmp_path / "good.jpg")
    assert likeness(photo, tmp_path / "poor.jpg") < 0.9 < good < 1


def test_the_cpu_clock_of_another_process_goes_on_while_it_works(benchmarks: None) -> None:
    from images.cpu import cpu_s_of  # type: ignore[import-not-found]

    with subprocess.Popen([sys.executable, "-c", "input(sum(range(3_000_000)))"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as busy:
        assert busy.stdout is not None
        busy.stdout.read(1)
        assert 0.001 < cpu_s_of(busy.pid) < 60
        busy.kill()
    assert cpu_s_of(2**22 + 1) == 0.0  # Linux gives no process such a number


def test_without_pillow_our_figures_are_printed_beside_libvips_alone() -> None:
    command = [sys.executable, "-m", "images", "--parts", "making", "--count", "1", "--passes", "1", "--size", "300", "200", "--width", "80"]
    done = subprocess.run(command, cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True, timeout=60)
    assert "Pillow's environment is not there" in done.stdout
    assert "JPEG: pictures a CPU second" in done.stdout
    assert "WebP: pictures a CPU second" in done.stdout
    assert "libvips" in done.stdout


def test_the_real_server_is_measured_from_another_process() -> None:
    command = [sys.executable, "-m", "images", "--parts", "cached", "--count", "1", "--size", "300", "200", "--width", "80", "--seconds", "0.2"]
    done = subprocess.run(command, cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True, timeout=60)
    assert "1,500 a second" in done.stdout
    assert "304, as fast as they come" in done.stdout
    assert "unexpected" not in done.stdout


def test_latency_is_counted_from_when_a_request_was_due(benchmarks: None) -> None:
    from images.load import Tally  # type: ignore[import-not-found]

    tally = Tally(from_s=0.0, until_s=1e12)
    tally.add(1.0, 200, 10)
    tally.add(-1.0, 200, 10)  # due before anything was to be counted
    assert tally.statuses == {200: 1}
    assert tally.summary(0.0)["max_ms"] == pytest.approx(1000 * tally.latencies[0])


def test_the_bomb_claims_and_holds_the_pixels_it_is_named_for(benchmarks: None) -> None:
    import pyvips

    from hostile_pictures import png  # type: ignore[import-not-found]

    bomb = png(2_000, 1_000, depth=1, colour=0)
    assert struct.unpack(">II", bomb[16:24]) == (2_000, 1_000)
    assert pyvips.Image.new_from_buffer(bomb, "").max() == 0
    assert len(bomb) < 2_000 * 1_000 / 8 / 100


def test_the_animation_has_as_many_frames_as_it_says(benchmarks: None) -> None:
    import pyvips

    from hostile_pictures import gif

    assert pyvips.Image.new_from_buffer(gif(12), "", n=-1).get("n-pages") == 12


def test_pillow_is_pinned_with_hashes_and_comes_from_no_named_place() -> None:
    lock = (ROOT / "benchmarks" / "images" / "peer.txt").read_text("utf-8")
    pins = [line for line in lock.splitlines() if "==" in line]
    assert [pin for pin in pins if not pin.endswith(" \\")] == []
    assert {"pillow"} == {pin.partition("==")[0] for pin in pins}
    assert "://" not in lock
