"""The reference of the image proxy: each rule is shown by tests, and they exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "image-proxy.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+)`", PAGE)))
RULES = [
    row for row in re.findall(r"^\| .+ \|$", PAGE, re.MULTILINE) if " --- " not in row and not row.endswith("| test |") and row != "| rule | test |"
]


@cache
def defined() -> frozenset[str]:
    return frozenset(
        name for file in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_shows_a_rule_of_the_proxy_exists(name: str) -> None:
    assert name in defined()


@pytest.mark.parametrize("rule", RULES, ids=lambda row: row[2:40])
def test_a_rule_of_the_proxy_names_what_shows_it(rule: str) -> None:
    assert re.search(r"`test_\w+`|\]\(", rule.rpartition(" | ")[2])
