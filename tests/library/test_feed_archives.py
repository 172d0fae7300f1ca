"""Archives of feeds: what is closed stays as it is, and all together hold everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.library.feed_archives import PART, Part, archive_file, chain_of_feed, chain_of_part, part_named, parts_of

MONTHS = ["2026-08", "2026-09", "2026-10", "2026-11"]
arrivals = st.dictionaries(st.sampled_from(MONTHS), st.integers(1, 3 * PART))


def address(part: Part) -> str:
    return f"https://n.example/{part.name}"


@given(arrivals)
def test_the_parts_hold_every_article_once(counts: dict[str, int]) -> None:
    assert sum(part.articles for part in parts_of(counts, month="2026-11")) == sum(counts.values())


@given(arrivals)
def test_no_part_holds_more_than_readers_take(counts: dict[str, int]) -> None:
    assert all(1 <= part.articles <= PART for part in parts_of(counts, month="2026-11"))


@given(arrivals, st.integers(1, 500))
def test_what_is_closed_stays_as_it_is_when_more_arrives(counts: dict[str, int], more: int) -> None:
    now = parts_of(counts, month="2026-11")
    later = parts_of({**counts, "2026-11": counts.get("2026-11", 0) + more}, month="2026-11")
    closed = [part for part in now if part.closed]
    assert [part for part in later if part.closed][: len(closed)] == closed


@given(arrivals)
def test_only_the_last_part_of_this_month_is_open(counts: dict[str, int]) -> None:
    parts = parts_of(counts, month="2026-11")
    assert [part for part in parts if not part.closed] == [part for part in parts[-1:] if part.month == "2026-11"]


@given(arrivals)
def test_the_way_back_passes_every_closed_part(counts: dict[str, int]) -> None:
    parts = parts_of(counts, month="2026-11")
    chains = {address(part): chain_of_part(part, parts, address, current=None) for part in parts}
    at, passed = chain_of_feed(parts, address, shown=0).prev_archive, []
    while at is not None:
        passed.append(at)
        at = chains[at].prev_archive
    assert passed == [address(part) for part in reversed(parts) if part.closed]


def test_neighbours_point_to_one_another_but_not_to_the_open_part() -> None:
    parts = parts_of({"2026-09": 1, "2026-10": 1, "2026-11": 1}, month="2026-11")
    chains = [chain_of_part(part, parts, address, current="https://n.example/") for part in parts]
    assert [chain.next_archive for chain in chains] == [address(parts[1]), None, None]
    assert [chain.archive for chain in chains] == [True, True, False]


def test_a_feed_that_shows_everything_leads_nowhere() -> None:
    parts = parts_of({"2026-11": 3}, month="2026-11")
    assert chain_of_feed(parts, address, shown=3).older is None
    assert chain_of_feed(parts, address, shown=2).older == address(parts[0])


def test_a_part_is_found_by_its_name() -> None:
    parts = parts_of({"2026-10": PART + 1}, month="2026-11")
    assert part_named("2026-10-2", parts) == parts[1]
    assert [part_named(name, parts) for name in ("2026-10-3", "2026-10-02", "2026-10", "x", "2026-10-²")] == [None] * 5


def test_archives_lie_beside_the_feeds() -> None:
    (part,) = parts_of({"2026-10": 1}, month="2026-11")
    assert archive_file("merged/world", part, ".atom") == "archives/merged/world/2026-10-1.atom"
