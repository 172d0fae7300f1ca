"""Scripts do not get through, however they are written."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from broadsheet.markup.sanitize import sanitize

HARMLESS = frozenset(
    "href hreflang rel src srcset sizes alt width height class lang dir title cite datetime controls poster span colspan rowspan scope "
    "value start reversed type media id alttext display mathvariant stretchy linethickness accent accentunder".split()
)


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def read(html: str) -> _Marks:
    marks = _Marks()
    marks.feed(html)
    marks.close()
    return marks


ATTACKS = [
    '<img src="x:y" onerror="CANARY(1)">',
    '<a href="javascript:CANARY(2)">x</a>',
    '<a href=" jav&#x09;ascript:CANARY(3)">x</a>',
    '<a href="\x01javascript:CANARY(3)">x</a>',
    '<a href="JaVaScRiPt&colon;CANARY(3)">x</a>',
    '<a href="vbscript:CANARY(3)">x</a>',
    '<svg onload="CANARY(4)"></svg>',
    '<svg><a xlink:href="javascript:CANARY(4)"><text>x</text></a></svg>',
    '<svg><animate attributeName="href" values="javascript:CANARY(4)"/></svg>',
    '<iframe srcdoc="&lt;script&gt;CANARY(5)&lt;/script&gt;"></iframe>',
    "<script>CANARY(6)</script>",
    "<scr<script>ipt>CANARY(6)</script>",
    '<a href="data:text/html,<script>CANARY(7)</script>">x</a>',
    '<span style="background:url(javascript:CANARY(8))" onmouseover="CANARY(9)">x</span>',
    '<math><mtext><style><img title="--></style><img src=1 onerror=CANARY(10)>"></style></mtext></math>',
    '<form action="javascript:CANARY(11)"><button formaction="javascript:CANARY(12)">x</button></form>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=CANARY(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=CANARY(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=CANARY(1)>">',
    '<textarea><img title="</textarea><img src=x onerror=CANARY(1)>"></textarea>',
    '<template><img src=x onerror=CANARY(1)></template>',
    '<xmp><img title="</xmp><img src=x onerror=CANARY(1)>"></xmp>',
    '<listing>&lt;img src=x onerror=CANARY(1)&gt;</listing>',
    '<select><style></select><img src=x onerror=CANARY(1)></style></select>',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=CANARY(1)></style></mglyph></form>',
    '<p><![CDATA[<img src=x onerror=CANARY(1)>]]></p>',
    '<svg><![CDATA[</svg><img src=x onerror=CANARY(1)>]]></svg>',
    '<!--><img src=x onerror=CANARY(1)>-->',
    '<img src=x:y alt="`><img src=x onerror=CANARY(1)>">',
    '<base href="javascript:CANARY(1)//"><a href="/x">x</a>',
    '<meta http-equiv="refresh" content="0;url=javascript:CANARY(1)">',
    '<link rel="stylesheet" href="javascript:CANARY(1)">',
    '<object data="javascript:CANARY(1)"></object><embed src="javascript:CANARY(1)">',
    '<video poster="javascript:CANARY(1)" src="javascript:CANARY(2)"><source src="javascript:CANARY(3)"></video>',
    '<blockquote cite="javascript:CANARY(1)">x</blockquote>',
    '<img src="https://p.example/a.jpg" srcset="javascript:CANARY(1) 2x">',
    '<a href="https://x.example/" onclick="CANARY(1)" ping="javascript:CANARY(1)">x</a>',
    '<details ontoggle="CANARY(1)" open><summary>x</summary></details>',
    '<portal src="javascript:CANARY(1)"></portal>',
    '<math href="javascript:CANARY(1)"><mi xlink:href="javascript:CANARY(2)">x</mi></math>',
    '<math><mi><table><mi><style><!--</style><img title="--&gt;&lt;img src=1 onerror=CANARY(1)&gt;"></mi></table></mi></math>',
    '<math><annotation-xml encoding="text/html"><img src=x onerror=CANARY(1)></annotation-xml></math>',
    '<math><mtext></p><img src=x onerror=CANARY(1)></mtext></math>',
    '<math alttext="</math><img src=x onerror=CANARY(1)>"><mi>x</mi></math>',
    '<math><![CDATA[</math><img src=x onerror=CANARY(1)>]]></math>',
    '<p id="fn-a-1" onclick="CANARY(1)"><a href="#fn-a-1" onclick="CANARY(1)">x</a></p>',
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_payload_ends_where_a_browser_would_run_it(attack: str) -> None:
    marks = read(sanitize(f"<p>before {attack} after</p>", base_url="https://paper.example/"))
    assert "script" not in marks.tags
    assert {name for name, _ in marks.attributes} <= HARMLESS
    assert not [value for name, value in marks.attributes if name not in ("alt", "alttext") and "CANARY" in value]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_text_before_a_payload_survives_it(attack: str) -> None:
    assert "before" in sanitize(f"<p>before</p>{attack}")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_sanitised_attack_is_sanitised_for_good(attack: str) -> None:
    once = sanitize(attack)
    assert sanitize(once) == once
