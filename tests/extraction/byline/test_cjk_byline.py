"""Bylines of Chinese, Japanese and Korean papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.byline import find_people
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]
ZH = (
    "<p>市议会星期二在老桥上开会，和每年春天一样，先数了数随潮水进港的渔船，然后才谈钱和港口的墙，大家都同意冬天以前必须重建，但是没有人知道由"
    "谁来付钱，也没有人愿意先开口。</p>"
)
JA = (
    "<p>市議会は火曜日、古い橋の上で開かれ、毎年の春と同じように、まず潮とともに港に入る船を数え、それから費用と防波堤の話に移ったが、誰が払う"
    "のかを知る者はなく、口を開く者もいなかった。</p>"
)
KO = (
    "<p>시의회는 화요일 오래된 다리 위에서 열렸고 해마다 봄이면 그랬듯 먼저 밀물과 함께 항구로 들어오는 배를 세고 나서야 돈과 방파제 이야기를 "
    "꺼냈지만 누가 낼지 아는 사람은 없었고 먼저 입을 여는 사람도 없었다.</p>"
)


def names(page: Page, role: str = "writer") -> list[str]:
    return [person.name for person in find_people(page).value or () if person.role == role]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026年7月3日 18:56 来源：港湾晚报 作者：休·佩洛 内尔·雷文斯卡 字号：大 中 小", ["休·佩洛", "内尔·雷文斯卡"]),
        ("记者 张三 李四", ["张三", "李四"]),
        ("本报记者 王小明 编辑 李红", ["王小明"]),
        ("文/张三", ["张三"]),
        ("（记者张三）", ["张三"]),
        ("2026年7月3日 20時56分　【水城千早記者】", ["水城千早"]),
        ("【水城千早記者、片桐蒼記者】", ["水城千早", "片桐蒼"]),
        ("（文・水城千早）", ["水城千早"]),
        ("記者・水城千早", ["水城千早"]),
        ("霧野支局 水城千早記者", ["水城千早"]),
        ("ジョン・スミス記者", ["ジョン・スミス"]),
        ("홍길동·김철수 기자", ["홍길동", "김철수"]),
        ("기자 = 홍길동", ["홍길동"]),
    ],
)
def test_a_line_under_the_headline_names_its_reporters(make_page: MakePage, line: str, expected: list[str]) -> None:
    assert names(make_page(f"<h1>港口的墙在风暴中倒塌</h1><div>{line}</div><div>{ZH * 3}</div>", lang="zh")) == expected


@pytest.mark.parametrize("line", ["多名记者现场直击", "北京记者站", "新闻记者协会召开会议", "本紙記者", "新华社记者张三摄"])
def test_a_line_that_only_mentions_reporters_names_nobody(make_page: MakePage, line: str) -> None:
    assert names(make_page(f"<h1>港口的墙在风暴中倒塌</h1><div>{line}</div><div>{ZH * 3}</div>", lang="zh")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ZH.replace("<p>", "<p>港湾市7月3日讯（记者张三、李四）") + ZH, ["张三", "李四"]),
        (ZH + ZH.replace("。</p>", "。（记者 张三）</p>"), ["张三"]),
        (JA + JA.replace("。</p>", "。【水城千早記者】</p>"), ["水城千早"]),
        (KO.replace("<p>", "<p>(항구=하버뉴스) 홍길동 기자 = ") + KO, ["홍길동"]),
        (KO + "<p>홍길동 기자 hong@harbour.example</p>", ["홍길동"]),
    ],
)
def test_reporters_are_named_where_the_text_opens_or_closes(make_page: MakePage, text: str, expected: list[str]) -> None:
    assert names(make_page(f"<h1>港口的墙在风暴中倒塌</h1><div>{text}</div>", lang="zh")) == expected


def test_the_editor_keeps_a_role_of_their_own(make_page: MakePage) -> None:
    page = make_page(f"<h1>港口的墙在风暴中倒塌</h1><div>本报记者 张三</div><div>{ZH * 3}</div><div>责任编辑：李红</div>", lang="zh")
    assert (names(page), names(page, "editor")) == (["张三"], ["李红"])
