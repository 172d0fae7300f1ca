"""A writer that is killed, at any moment, and run again."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from broadsheet.archive import compatible, native
from broadsheet.archive.folder import ArchiveFolder

FORMS = pytest.mark.parametrize("form", [native, compatible])


class Killed(BaseException):
    """As from outside: nothing may catch it."""


@pytest.fixture
def articles(source, make):
    return [(source, make(id=f"a{n}", at=datetime(2024, 6, n, tzinfo=UTC), title=f"T{n}")) for n in range(1, 6)]


@FORMS
@pytest.mark.parametrize("steps", range(9))
def test_the_archive_is_as_if_nothing_had_happened(tmp_path, source, articles, now, monkeypatch, form, steps):
    form.write(tmp_path / "undisturbed", [source], articles, now=now)
    monkeypatch.setattr(ArchiveFolder, "place", dying_after(steps))
    with pytest.raises(Killed):
        form.write(tmp_path / "killed", [source], articles, now=now)
    monkeypatch.undo()
    form.write(tmp_path / "killed", [source], articles, now=now)
    assert contents(tmp_path / "killed") == contents(tmp_path / "undisturbed")


@pytest.mark.parametrize("steps", range(5))
def test_a_correction_is_filed_as_if_nothing_had_happened(tmp_path, source, make, now, monkeypatch, steps):
    first, second = make(), make(title="Corrected", revision=2, content_hash="h2")
    for name in ("undisturbed", "killed"):
        native.write(tmp_path / name, [source], [(source, first)], now=now)
    native.write(tmp_path / "undisturbed", [source], [(source, second)], now=now)
    monkeypatch.setattr(ArchiveFolder, "place", dying_after(steps))
    with suppress(Killed):
        native.write(tmp_path / "killed", [source], [(source, second)], now=now)
    monkeypatch.undo()
    native.write(tmp_path / "killed", [source], [(source, second)], now=now)
    assert contents(tmp_path / "killed") == contents(tmp_path / "undisturbed")


@FORMS
def test_no_file_of_a_killed_run_is_half_written(tmp_path, source, articles, now, monkeypatch, form):
    form.write(tmp_path / "undisturbed", [source], articles, now=now)
    monkeypatch.setattr(ArchiveFolder, "place", dying_after(5))
    with pytest.raises(Killed):
        form.write(tmp_path / "killed", [source], articles, now=now)
    there = {path: content for path, content in contents(tmp_path / "killed").items() if "staged" not in path}
    assert there.items() <= contents(tmp_path / "undisturbed").items()


def dying_after(steps):
    """`ArchiveFolder.place`, which does its work *steps* times and then ends the process."""
    place, left = ArchiveFolder.place, [steps]

    def dying(self, staged, path):
        if not left[0]:
            raise Killed
        left[0] -= 1
        place(self, staged, path)

    return dying


def contents(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
