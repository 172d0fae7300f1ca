"""What the package holds, and that it needs nothing of what development needs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "broadsheet"

# Runs the given code as if only what requirements/run.txt names were installed.
BARE = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(f"{{name}} is not in the core", name=name)

sys.meta_path.insert(0, Missing())
{code}
"""


def files_beside_the_code():
    return [file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")]


def absent_modules():
    lock = (ROOT / "requirements/run.txt").read_text()
    core = {canonicalize_name(line.partition("==")[0]) for line in lock.splitlines() if "==" in line} | {"broadsheet"}
    return {module for module, owners in packages_distributions().items() if core.isdisjoint(map(canonicalize_name, owners))}


def run_bare(code):
    script = BARE.format(absent=absent_modules(), code=code)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("file", files_beside_the_code())
def test_every_file_beside_the_code_is_declared_as_package_data(file):
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["broadsheet"]
    assert any(fnmatch(file, pattern) or fnmatch(f"./{file}", pattern.replace("**/", "*/")) for pattern in patterns)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    import setuptools

    if Version(setuptools.__version__) < Version("77"):
        pytest.skip("setuptools here is older than what builds the package: pip install -r requirements/build.txt")
    out = tmp_path_factory.mktemp("wheel")
    build = "from setuptools import build_meta; import sys; build_meta.build_wheel(sys.argv[1])"
    source = tmp_path_factory.mktemp("source")
    subprocess.run(["cp", "-r", *(str(ROOT / name) for name in ("src", "pyproject.toml", "README.md", "LICENSE")), str(source)], check=True)
    subprocess.run([sys.executable, "-c", build, str(out)], cwd=source, check=True, capture_output=True, timeout=120)
    (built,) = out.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_every_file_of_the_package(wheel):
    wanted = {f"broadsheet/{path.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert wanted - wheel == set()


def test_the_wheel_holds_no_tests(wheel):
    assert not any(name.startswith("tests/") for name in wheel)


def test_help_works_with_the_core_alone():
    done = run_bare("sys.argv = ['broadsheet', '--help']\nfrom broadsheet.cli.main import main\nmain()")
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


NEEDS_LIBVIPS = ("vips", "loading", "making", "probing")  # modules of `images` for the processes that work on pixels


def test_every_module_but_those_for_pixels_can_be_imported_with_the_core_alone():
    walk = (
        "import importlib, pkgutil, broadsheet\n"
        "names = [m.name for m in pkgutil.walk_packages(broadsheet.__path__, 'broadsheet.')]\n"
        "names = [name for name in names if not name.endswith('__main__') and '.migrations' not in name]\n"  # these run when imported
        f"names = [name for name in names if name not in {[f'broadsheet.images.{one}' for one in NEEDS_LIBVIPS]}]\n"
        "for name in names: importlib.import_module(name)\nprint(len(names))"
    )
    done = run_bare(walk)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50
