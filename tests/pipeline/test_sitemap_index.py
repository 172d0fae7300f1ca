"""A source that is an index of sitemaps: its newest part holds the news, and a part is succeeded by the next."""

from __future__ import annotations

from dataclasses import replace

from web import Web

from broadsheet.model import Failed

INDEX = "https://paper.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(*months: int) -> bytes:
    parts = "".join(f"<sitemap><loc>https://paper.example/map-2026-{n:02}.xml</loc><lastmod>2026-{n:02}-01</lastmod></sitemap>" for n in months)
    return f"<sitemapindex {SPACE}>{parts}</sitemapindex>".encode()


def part(*names: str) -> bytes:
    return f"<urlset {SPACE}>{''.join(f'<url><loc>https://paper.example/{name}</loc></url>' for name in names)}</urlset>".encode()


def watching_an_index(web: Web) -> None:
    web.store.replace_source(replace(web.store.source("paper"), kind="sitemap", url=INDEX))
    web.pages |= {INDEX: index(1, 2), "https://paper.example/map-2026-01.xml": part("c"), "https://paper.example/map-2026-02.xml": part("a")}


def test_the_stories_of_the_newest_part_are_collected(web: Web) -> None:
    watching_an_index(web)
    web.run(everything=True)
    assert web.titles() == ["Story a"]


def test_the_next_part_takes_over(web: Web) -> None:
    watching_an_index(web)
    web.run(everything=True)
    web.pages |= {INDEX: index(1, 2, 3), "https://paper.example/map-2026-03.xml": part("b")}
    web.run(everything=True)
    assert web.titles() == ["Story a", "Story b"]


def test_an_index_that_has_not_changed_costs_one_request(web: Web) -> None:
    watching_an_index(web)
    web.run(everything=True)
    web.run(everything=True)
    assert web.asked_for("https://paper.example/map-2026-02.xml") == 1


def test_a_part_that_cannot_be_had_is_a_failed_poll_and_asked_for_again(web: Web) -> None:
    watching_an_index(web)
    web.pages["https://paper.example/map-2026-02.xml"] = Failed(url="x", reason="answered 503", status=503)
    web.run(everything=True)
    assert "503" in (web.store.poll_state("paper").last_error or "")
    web.pages["https://paper.example/map-2026-02.xml"] = part("a")
    web.run(everything=True)
    assert web.titles() == ["Story a"]
