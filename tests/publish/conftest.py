"""A made-up article in two languages, and the collection it stands in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Article, Collection, LanguageEdition, Note, Person, Picture, Source, StatedTime, StoredArticle

PUBLISHED = datetime(2026, 3, 14, 6, 30, tzinfo=UTC)
SEEN = datetime(2026, 3, 14, 7, 2, 11, tzinfo=UTC)
CHANGED = datetime(2026, 3, 15, 9, 0, 5, tzinfo=UTC)
BODY = sanitize(
    '<p>渡轮在清晨六点离开码头，比<a href="https://harbour.example/zh/timetable?line=2&amp;day=1">时刻表</a>早了四分钟。</p>'
    "<h2>“没有人等过它”</h2><p>船长说：“<em>我看了看表</em>，没有人。”</p>"
    '<figure><img src="https://pictures.example/deck.jpg?w=900&amp;q=80" srcset="https://pictures.example/deck.jpg?w=450 450w, '
    'https://pictures.example/deck.jpg?w=900 900w" alt="甲板"><figcaption>空无一人的甲板。 <cite>林可</cite></figcaption></figure>'
    "<p>港务局 &amp; 渡轮公司都没有回应 ]]&gt; 的问题。</p>"
)


@pytest.fixture
def source() -> Source:
    return Source(
        id="harbour-example", kind="feed", url="https://harbour.example/zh/feed.xml", title="港口日报", home_url="https://harbour.example/zh/",
        language="zh-Hans", category="World", added_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def article() -> Article:
    return Article(
        url="https://harbour.example/zh/2026/ferry?utm_source=feed", canonical_url="https://harbour.example/zh/2026/ferry",
        title="没有乘客的渡轮 & 一次 <实验>", kicker="交通", standfirst="一艘渡轮每天清晨空船出港，谁也说不清是为什么。",
        people=(
            Person(name="Ada Okonkwo", url="https://harbour.example/people/ada-okonkwo"), Person(name="林可", role="photographer"),
            Person(name="陈一", role="translator"),
        ),
        published=StatedTime(raw="2026-03-14T14:30:00+08:00", at=PUBLISHED, offset_minutes=480), section="国际", tags=("渡轮", "国际"),
        language="zh-Hans", body=BODY, text=to_text(BODY), access="open",
        lead_image=Picture(
            url="https://pictures.example/ferry.jpg?w=1200", width_px=1200, height_px=800, alt="港口里的渡轮",
            caption="渡轮离开二号码头。", credit="林可",
        ),
        notes=(
            Note(kind="contributor", html=sanitize("Ben Ruiz 自马尼拉对本文有报道贡献。")),
            Note(kind="translator", html=sanitize("翻译：陈一")),
            Note(kind="original-edition", html=sanitize('<a href="https://harbour.example/en/2026/ferry">点击查看本文英文版。</a>')),
        ),
        editions=(
            LanguageEdition(url="https://harbour.example/en/2026/ferry", language="en", relation="original"),
            LanguageEdition(url="https://harbour.example/ar/2026/ferry", language="ar"),
        ),
    )  # fmt: skip


@pytest.fixture
def stored(article: Article) -> StoredArticle:
    return StoredArticle(
        id="0195a1c2-7f00-7000-8000-00000000beef", source_id="harbour-example", first_seen=SEEN, sort_at=PUBLISHED, changed_at=CHANGED, revision=2,
        content_hash="c0ffee", entry_guid="https://harbour.example/?p=77", entry_published=None, article=article,
    )  # fmt: skip


@pytest.fixture
def collection(source: Source, stored: StoredArticle) -> Collection:
    return Collection(
        slug="harbour-example", title="港口日报", home_url="https://harbour.example/zh/", description="Ferries & tides", language="zh-Hans",
        articles=(stored,), sources=(source,), updated=CHANGED,
    )  # fmt: skip
