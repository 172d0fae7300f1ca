"""In CI nothing is skipped for want of a tool."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[1] / "plugins"
TESTS = """
import pytest

def test_wants_a_tool():
    pytest.skip("no browser here")

def test_is_for_another_system():
    pytest.skip("by design: only on Windows")

@pytest.mark.xfail(reason="known")
def test_is_known_to_fail():
    assert False
"""


def run(folder, monkeypatch, *, ci):
    (folder / "test_some.py").write_text(TESTS)
    monkeypatch.setenv("PYTHONPATH", str(PLUGINS))
    monkeypatch.setenv("BROADSHEET_CI", ci)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "strict_skips",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


@pytest.mark.parametrize(("ci", "closing"), [("", "2 skipped, 1 xfailed"), ("1", "1 failed, 1 skipped, 1 xfailed")])
def test_a_skip_fails_in_ci_unless_it_is_by_design(tmp_path, monkeypatch, ci, closing):
    assert closing in run(tmp_path, monkeypatch, ci=ci)


def test_the_reason_is_told(tmp_path, monkeypatch):
    assert "skipped, which CI does not allow: Skipped: no browser here" in run(tmp_path, monkeypatch, ci="1")
