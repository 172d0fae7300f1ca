"""With BROADSHEET_CI set, a skipped test is a failed one: a green run must not mean that a browser or the test data were missing.

A test that rightly runs on some machines only says so in its reason: `pytest.skip("by design: …")`.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

BY_DESIGN = "by design"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if _is_unwanted(report):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if _is_unwanted(report):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {_reason(report)}"
    return report


def _is_unwanted(report: pytest.TestReport | pytest.CollectReport) -> bool:
    expected = hasattr(report, "wasxfail") or BY_DESIGN in _reason(report)
    return bool(os.environ.get("BROADSHEET_CI")) and report.skipped and not expected


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """What a skip says: pytest keeps it as (file, line, reason)."""
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
