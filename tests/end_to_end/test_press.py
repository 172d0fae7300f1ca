"""The whole system against the press: sites named by their home pages, good and misbehaving, end as clean feeds.

Floors are what was measured (see docs/explanation/measurements.md) less what a page's own quirks may cost; lowering one is a decision.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from press_run import broadsheet, control, environment, press, score

CALM = "de/Heise,jp/AsahiShimbun,cn/People,uk/BBC,fr/LeMonde,dk/JyllandsPosten"
WILD = "redirect-loopback redirect-metadata xss xml-external gzip-bomb html-bomb duplicate-guids no-guids reset-once redirect-press".split()


@dataclass(frozen=True)
class Run:
    """What a run against the press left behind."""

    overall: dict[str, Any]
    stats: dict[str, Any]
    out: Path
    second_poll: str


def run(data: Path, work: Path, *, faults: str, sites: str) -> Run:
    with press(data, work, faults=faults, sites=sites) as (port, ca):
        env, store, out = environment(port, ca), work / "data", work / "out"
        broadsheet(store, "add", "--yes", "--no-preview", *(site["home"] for site in control(port, "sites")), env=env)
        broadsheet(store, "poll", "--once", "--wait", "20", "--json", env=env)
        command = [sys.executable, "-m", "broadsheet", "--data", str(store), "poll", "--once", "--now", "--wait", "0"]
        second = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        broadsheet(store, "publish", str(out), env=env, check=True)
        result = score(data, control(port, "truth"), sorted((out / "feeds").glob("*.rss")), work)
        return Run(overall=result["overall"], stats=control(port, "stats"), out=out, second_poll=second.stdout)


@pytest.fixture(scope="module")
def calm(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(test_data, tmp_path_factory.mktemp("calm"), faults="none", sites=CALM)


@pytest.fixture(scope="module")
def wild(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    work = tmp_path_factory.mktemp("wild")
    named = "jp/AsahiShimbun,uk/BBC,de/Heise,fr/LeMonde,us/CNBC,de/Taz,es/ABC,ca/CBCNews,dk/JyllandsPosten,at/ORF".split(",")
    rows = [f'[[fault]]\nsite = "{site}"\nkind = "{kind}"\n' for site, kind in zip(named, WILD, strict=True)]
    (work / "faults.toml").write_text('level = "none"\n' + "\n".join(rows))
    return run(test_data, work, faults=str(work / "faults.toml"), sites=",".join(named))


def test_every_article_of_every_site_is_published(calm: Run) -> None:
    assert calm.overall["articles_published"] == calm.overall["articles_expected"]


def test_no_article_is_doubled(calm: Run) -> None:
    assert calm.overall["duplicates"] == 0


def test_most_articles_are_full_and_clean(calm: Run) -> None:
    assert calm.overall["articles_full_and_clean"] >= 0.75


def test_asking_again_at_once_finds_nothing_changed(calm: Run) -> None:
    assert "revised" not in calm.second_poll
    assert "new articles" not in calm.second_poll


def test_no_host_sees_two_requests_at_once(calm: Run) -> None:
    assert max(host["max_concurrent"] for host in calm.stats["hosts"].values()) == 1


def test_robots_txt_is_obeyed(calm: Run) -> None:
    assert calm.stats["robots_violations"] == []


def test_no_bait_leads_us_to_a_special_address(wild: Run) -> None:
    assert wild.stats["ssrf_hits"] == []


def test_no_script_leaks_into_a_feed_and_no_secret_file(wild: Run) -> None:
    assert (wild.overall["leaks"], wild.overall["secrets"]) == (0, 0)


def test_what_misbehaving_sites_can_deliver_is_delivered_once(wild: Run) -> None:
    assert wild.overall["articles_published"] == wild.overall["articles_expected"]
    assert wild.overall["duplicates"] == 0
