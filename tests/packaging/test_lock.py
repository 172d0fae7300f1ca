"""The locked dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+) \\$", re.MULTILINE)

each_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)


def pins(name):
    return {canonicalize_name(package): version for package, version in _PIN.findall((ROOT / "requirements" / name).read_text())}


def test_there_is_a_lock_for_running_developing_and_building():
    assert [lock.name for lock in LOCKS] == ["build.txt", "dev.txt", "run.txt"]


@each_lock
def test_a_lock_names_packages_and_no_place_to_get_them(lock):
    assert re.findall(r".*(?:://|--index|--find-links|--trusted).*", lock.read_text()) == []


@each_lock
def test_a_lock_names_no_folder_of_the_machine_it_was_made_on(lock):
    assert re.findall(r".*(?:/home/|/root/|/tmp/|/opt/|/srv/|[A-Z]:\\).*", lock.read_text()) == []


@each_lock
def test_every_package_is_pinned_with_hashes(lock):
    text = lock.read_text()
    packages = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert len(packages) == len(_PIN.findall(text)) > 0
    assert text.count("\n    --hash=sha256:") >= len(packages)


@pytest.mark.parametrize("stated", PROJECT["dependencies"])
def test_a_dependency_is_locked_in_a_version_we_accept(stated):
    wanted = Requirement(stated)
    assert pins("run.txt")[canonicalize_name(wanted.name)] in wanted.specifier


@pytest.mark.parametrize("stated", PROJECT["optional-dependencies"]["dev"])
def test_a_tool_is_locked_in_a_version_we_accept(stated):
    wanted = Requirement(stated)
    assert pins("dev.txt")[canonicalize_name(wanted.name)] in wanted.specifier


def test_development_runs_on_the_same_versions():
    assert pins("run.txt").items() <= pins("dev.txt").items()


@pytest.mark.parametrize("stated", PROJECT["dependencies"])
def test_every_dependency_has_its_reason(stated):
    assert Requirement(stated).name in (ROOT / "docs/dependencies.md").read_text().lower()
