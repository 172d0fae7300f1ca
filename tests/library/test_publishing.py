"""The folder of published files: complete, stable, and swept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from broadsheet.compare import content_hash
from broadsheet.config import Settings
from broadsheet.errors import UsageError
from broadsheet.library.publishing import publish_tree
from broadsheet.model import Article, ArticleFilter, Picture, PollState, Publication, SafeHtml, Source
from broadsheet.publish.config import ImagesSettings, PublishSettings
from broadsheet.store import Draft, Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def source(name: str, category: str | None = None) -> Source:
    home = f"https://{name}.example/"
    return Source(id=name, kind="feed", url=f"{home}feed", title=name.title(), home_url=home, category=category, added_at=NOW)


def article(url: str, title: str, text: str = "The harbour office closes at noon.") -> Article:
    picture = Picture(url="https://pictures.example/harbour.jpg?w=800", caption="The harbour")
    return Article(url=url, canonical_url=url, title=title, body=SafeHtml(f"<p>{text}</p>"), text=text, lead_image=picture, language="en")


def kept(store: Store, name: str, shown: Article) -> str:
    draft = Draft(source_id=name, article=shown, content_hash=content_hash(shown), fetched_at=NOW, url_keys=(shown.url,))
    return store.keep_revision(draft).id


@pytest.fixture
def store() -> Iterator[Store]:
    with open_memory_store(now=lambda: NOW) as made:
        made.add_source(source("daily", "World"), PollState(next_due=NOW))
        made.add_source(source("weekly"), PollState(next_due=NOW))
        kept(made, "daily", article("https://daily.example/a", "Harbour closes"))
        kept(made, "weekly", article("https://weekly.example/b", "Harbour opens"))
        yield made


def test_the_feeds_folder_holds_three_formats_of_each_source_and_nothing_else(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    names = {"daily.rss", "daily.atom", "daily.json", "weekly.rss", "weekly.atom", "weekly.json"}
    assert {file.name for file in (tmp_path / "feeds").iterdir()} == names


def test_everything_together_and_each_category_are_under_merged(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    assert {file.stem for file in (tmp_path / "merged").glob("*.rss")} == {"all", "world"}


def test_the_opml_lists_every_feed(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    listed = [outline.get("xmlUrl") for outline in ElementTree.parse(tmp_path / "feeds.opml").iter("outline") if outline.get("xmlUrl")]
    assert set(listed) >= {"feeds/daily.rss", "feeds/weekly.rss", "merged/all.rss"}


def test_a_base_url_makes_self_links_absolute(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(publish=PublishSettings(base_url="https://news.example/paper/")), tmp_path)
    links = ElementTree.parse(tmp_path / "feeds" / "daily.rss").iter("{http://www.w3.org/2005/Atom}link")
    assert {link.get("href") for link in links if link.get("rel") == "self"} == {"https://news.example/paper/feeds/daily.rss"}


def test_the_picture_template_rewrites_every_picture_of_the_feeds(store: Store, tmp_path: Path) -> None:
    template = ImagesSettings(url_template="https://images.weserv.nl/?url={bare_url}")
    publish_tree(store, Settings(images=template), tmp_path)
    for format in ("rss", "atom", "json"):
        assert "https://pictures.example" not in (tmp_path / "feeds" / f"daily.{format}").read_text()
    (item,) = json.loads((tmp_path / "feeds" / "daily.json").read_text())["items"]
    assert item["image"].startswith("https://images.weserv.nl/?url=pictures.example/harbour.jpg")


def test_publishing_again_writes_nothing(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    assert publish_tree(store, Settings(), tmp_path).written == 0


def test_a_new_article_changes_only_the_pages_that_show_it(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    before = (tmp_path / "feeds" / "weekly.rss").stat().st_mtime_ns
    kept(store, "daily", article("https://daily.example/c", "Pier repaired", "The north pier is repaired."))
    publish_tree(store, Settings(), tmp_path)
    assert (tmp_path / "feeds" / "weekly.rss").stat().st_mtime_ns == before
    assert "Pier repaired" in (tmp_path / "feeds" / "daily.rss").read_text()


def test_what_is_published_no_longer_is_removed(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    store.remove_source("weekly", purge=True)
    assert publish_tree(store, Settings(), tmp_path).removed > 0
    assert not (tmp_path / "feeds" / "weekly.rss").exists()


def test_articles_of_a_source_given_up_stay_published_where_they_were(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path)
    before = {file.relative_to(tmp_path) for file in tmp_path.rglob("*.*")}
    store.remove_source("weekly")
    publish_tree(store, Settings(), tmp_path)
    assert before == {file.relative_to(tmp_path) for file in tmp_path.rglob("*.*")}
    assert "Harbour opens" in (tmp_path / "merged" / "all" / "index.html").read_text()


def test_the_feed_of_a_source_given_up_says_so_once_and_keeps_its_articles(store: Store, tmp_path: Path) -> None:
    store.remove_source("weekly")
    publish_tree(store, Settings(), tmp_path)
    items = json.loads((tmp_path / "feeds" / "weekly.json").read_text())["items"]
    assert [item["title"] for item in items] == ["Weekly is not followed here any more", "Harbour opens"]
    assert publish_tree(store, Settings(), tmp_path, now=NOW + timedelta(days=400)).written == 0


def test_nothing_leads_to_a_source_given_up(store: Store, tmp_path: Path) -> None:
    store.remove_source("weekly")
    publish_tree(store, Settings(), tmp_path)
    assert "weekly" not in (tmp_path / "feeds.opml").read_text()
    assert "sources/weekly" not in (tmp_path / "index.html").read_text()
    assert "not followed here any more" in (tmp_path / "sources" / "weekly" / "index.html").read_text()


@pytest.fixture
def closing(store: Store) -> Store:
    """The store with a feed of the operator's own: what closes."""
    wanted = ArticleFilter(words=("harbour closes",), sources=("daily", "weekly"))
    store.keep_publication(Publication(name="closing", title="What closes", filter=wanted, prefix_titles=True, added_at=NOW))
    return store


def test_a_feed_of_ones_own_is_published_in_every_format_with_its_pages(closing: Store, tmp_path: Path) -> None:
    publish_tree(closing, Settings(), tmp_path)
    (item,) = json.loads((tmp_path / "merged" / "closing.json").read_text())["items"]
    assert item["title"] == "Daily: Harbour closes"
    assert {file.suffix for file in (tmp_path / "merged").glob("closing.*")} == {".rss", ".atom", ".json"}
    page = (tmp_path / "merged" / "closing" / "index.html").read_text()
    assert ("Harbour closes" in page, "Harbour opens" in page) == (True, False)


def test_a_feed_of_ones_own_is_listed_like_a_category(closing: Store, tmp_path: Path) -> None:
    publish_tree(closing, Settings(), tmp_path)
    assert 'xmlUrl="merged/closing.rss"' in (tmp_path / "feeds.opml").read_text()
    assert "What closes" in (tmp_path / "index.html").read_text()


def test_a_category_added_later_makes_room_for_a_feed_of_ones_own(closing: Store, tmp_path: Path) -> None:
    closing.replace_source(source("daily", "Closing"))
    publish_tree(closing, Settings(), tmp_path)
    assert "What closes" in (tmp_path / "merged" / "closing" / "index.html").read_text()
    assert len(list((tmp_path / "merged").glob("closing-*.rss"))) == 1


def test_archives_of_sources_are_published_once_readers_can_be_told_where(store: Store, tmp_path: Path) -> None:
    publish_tree(store, Settings(), tmp_path, now=NOW)
    assert not (tmp_path / "archives").exists()
    publish_tree(store, Settings(publish=PublishSettings(base_url="https://news.example/")), tmp_path, now=NOW + timedelta(days=31))
    assert "Harbour closes" in (tmp_path / "archives" / "daily" / "2026-03-1.rss").read_text()
    assert "https://news.example/archives/daily/2026-03-1.rss" in (tmp_path / "feeds" / "daily.rss").read_text()


def test_no_more_articles_are_in_memory_than_a_batch(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.library.edition.BATCH", 2)
    asked: list[int] = []
    reading = store.articles_by_id
    monkeypatch.setattr(store, "articles_by_id", lambda ids: (asked.append(len(ids)), reading(ids))[1])
    monkeypatch.setattr(store, "articles", None)
    for number in range(9):
        kept(store, "daily", article(f"https://daily.example/{number}", f"Number {number}"))
    publish_tree(store, Settings(publish=PublishSettings(entries=1)), tmp_path)
    assert max(asked) == 2


def test_files_of_others_in_the_folder_are_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_text("mine")
    publish_tree(store, Settings(), tmp_path)
    publish_tree(store, Settings(), tmp_path)
    assert (tmp_path / "robots.txt").read_text() == "mine"


def test_a_site_of_somebody_else_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(UsageError, match="did not write"):
        publish_tree(store, Settings(), tmp_path)


def test_a_manifest_that_names_files_outside_deletes_nothing(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish_tree(store, Settings(), out)
    (tmp_path / "precious").write_text("mine")
    (out / ".broadsheet.json").write_text(json.dumps(["../precious"]))
    publish_tree(store, Settings(), out)
    assert (tmp_path / "precious").exists()


def test_a_revised_article_keeps_its_identity_in_the_feeds(store: Store, tmp_path: Path) -> None:
    first = article("https://daily.example/a", "Harbour closes")
    publish_tree(store, Settings(), tmp_path)
    (before,) = json.loads((tmp_path / "feeds" / "daily.json").read_text())["items"]
    kept(store, "daily", replace(first, text="It stays open.", body=SafeHtml("<p>It stays open.</p>")))
    publish_tree(store, Settings(), tmp_path)
    (after,) = json.loads((tmp_path / "feeds" / "daily.json").read_text())["items"]
    assert after["id"] == before["id"]
    assert "It stays open." in after["content_html"]
