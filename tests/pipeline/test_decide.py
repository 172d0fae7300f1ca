"""What a reading means for what we have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from broadsheet.compare import content_hash
from broadsheet.model import Article, SafeHtml, StoredArticle
from broadsheet.pipeline.decide import NearDuplicate, New, Revised, Unchanged, decide, retry_due, revisit_due

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "The harbour office closes at noon today. " * 30
ARTICLE = Article(url="https://paper.example/a", title="Harbour closes", body=SafeHtml(f"<p>{TEXT}</p>"), text=TEXT, word_count=210)


def stored(article: Article) -> StoredArticle:
    return StoredArticle(
        id="1", source_id="paper", first_seen=NOW, sort_at=NOW, changed_at=NOW, revision=1, content_hash=content_hash(article),
        entry_guid=None, entry_published=None, article=article,
    )  # fmt: skip


def test_a_story_we_do_not_have_is_new() -> None:
    assert decide(ARTICLE, have=None) == New(article=ARTICLE)


def test_a_story_that_another_article_tells_is_kept_as_its_near_duplicate() -> None:
    twin = stored(ARTICLE)
    assert decide(ARTICLE, have=None, twin=twin) == NearDuplicate(article=ARTICLE, of=twin)


def test_the_same_story_again_changes_nothing() -> None:
    assert isinstance(decide(ARTICLE, have=stored(ARTICLE)), Unchanged)


def test_a_changed_paragraph_is_a_revision_that_says_what_changed() -> None:
    changed = replace(ARTICLE, body=SafeHtml(f"<p>{TEXT} It opens again on Monday.</p>"), text=TEXT + " It opens again on Monday.")
    intent = decide(changed, have=stored(ARTICLE))
    assert isinstance(intent, Revised)
    assert intent.why == "text"


def test_a_paywall_put_in_front_later_does_not_replace_the_full_text() -> None:
    cut = replace(
        ARTICLE, body=SafeHtml("<p>Subscribe to read.</p>"), text="Subscribe to read.", word_count=3, completeness="partial", access="paywalled"
    )
    assert isinstance(decide(cut, have=stored(ARTICLE)), Unchanged)


def test_a_teaser_is_replaced_by_the_full_text() -> None:
    teaser = replace(ARTICLE, body=SafeHtml("<p>The harbour office …</p>"), text="The harbour office …", word_count=3, completeness="teaser")
    assert isinstance(decide(ARTICLE, have=stored(teaser)), Revised)


def test_a_fresh_article_is_looked_at_again_within_the_hour() -> None:
    assert revisit_due(first_seen=NOW, now=NOW, days=7) == NOW + timedelta(hours=1)


def test_an_article_comes_to_rest_after_the_days_the_operator_gives() -> None:
    assert revisit_due(first_seen=NOW - timedelta(days=4), now=NOW, days=3) is None


def test_a_failed_page_is_tried_again_after_a_growing_pause() -> None:
    first, second = (retry_due(tries=tries, now=NOW, retry_after=None, limit=6) for tries in (1, 2))
    assert first is not None
    assert second is not None
    assert NOW < first < second


def test_a_server_that_names_a_longer_pause_is_obeyed() -> None:
    assert retry_due(tries=1, now=NOW, retry_after=timedelta(hours=3), limit=6) == NOW + timedelta(hours=3)


def test_after_the_last_try_there_is_no_other() -> None:
    assert retry_due(tries=6, now=NOW, retry_after=None, limit=6) is None
