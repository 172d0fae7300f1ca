"""Where the operator says so, neither a feed's item nor a page makes its reader's browser ask anybody but us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.library.picture_links import PictureLinks
from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Enclosure, Entry, Note, Picture, StoredArticle
from broadsheet.publish import FORMATS
from broadsheet.publish.addresses import PictureAddresses
from broadsheet.publish.item import item_of
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.site import Site, article_page

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
HOME = "https://news.example/"
LINKS = PictureLinks(HOME, lambda: (b"key",))
OURS = PictureAddresses(image=LINKS, media=LINKS, resized=LINKS.resized, origins=(HOME,), media_origins=(HOME,))

# What only says where something is, or is followed by a click.
HARMLESS = {("a", "href"), ("blockquote", "cite"), ("q", "cite"), ("del", "cite"), ("ins", "cite"), ("math", "alttext")}
TEXT_ONLY = {"alt", "title", "aria-label", "datetime", "content"}

SPY = "https://spy.example/"
ZOO = [
    f'<img src="{SPY}a.jpg">',
    f"<IMG SRC='{SPY}a.jpg' LOWSRC='{SPY}b.jpg' DYNSRC={SPY}c.avi>",
    f'<img src="//spy.example/a.jpg" srcset="{SPY}b.jpg 1x, //spy.example/c.jpg 2x">',
    f'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="{SPY}a.jpg" data-lazy-src="{SPY}b.jpg" data-srcset="{SPY}c.jpg 2x">',
    f'<img srcset="{SPY}a,b.jpg 320w,{SPY}c.jpg 640w" sizes="100vw">',
    f'<img src=" \t{SPY}a.jpg\n" loading=eager longdesc="{SPY}b" usemap="{SPY}#m">',
    f'<img src="{SPY}&quot; onerror=&quot;x" alt="<img src={SPY}b.jpg>">',
    f'<picture><source media="(min-width: 1px)" srcset="{SPY}a.avif 1x, {SPY}b.avif 2x"><source src="{SPY}c.jpg"><img src="{SPY}d.jpg"></picture>',
    f'<picture><source srcset="{SPY}a.avif 1x, {SPY}b.avif 2x"><source src="{SPY}c.jpg"></picture><p>No picture in it.</p>',
    f'<video src="{SPY}a.mp4" poster="{SPY}b.jpg" autoplay preload=auto></video>',
    f'<video poster="{SPY}b.jpg" autoplay><source src="{SPY}a.mp4"><track src="{SPY}c.vtt" default><img src="{SPY}d.jpg"></video>',
    f'<audio src="{SPY}a.mp3" autoplay></audio><audio controls><source src="{SPY}b.ogg" srcset="{SPY}c.jpg"></audio>',
    f'<p style="background:url({SPY}a.jpg)">x</p><p style="background-image:image-set(&quot;{SPY}b.jpg&quot; 1x)">x</p>',
    f'<style>@import "{SPY}a.css"; p {{ background: url({SPY}b.jpg) }}</style><p>x</p>',
    f'<link rel=stylesheet href="{SPY}a.css"><link rel=preload as=image imagesrcset="{SPY}b.jpg 1x" href="{SPY}c.jpg"><p>x</p>',
    f'<table background="{SPY}a.jpg"><tr background="{SPY}b.jpg"><td background="{SPY}c.jpg">x</td></tr></table><body background="{SPY}d.jpg">',
    f'<svg><image href="{SPY}a.jpg"/><image xlink:href="{SPY}b.jpg"/><use href="{SPY}c.svg#x"/><feImage href="{SPY}d.jpg"/></svg><p>x</p>',
    f'<math><mi xlink:href="{SPY}a" href="{SPY}b">x</mi><mglyph src="{SPY}c.jpg"/></math>',
    f'<input type=image src="{SPY}a.jpg"><button formaction="{SPY}b">x</button><isindex action="{SPY}c">',
    f'<iframe src="{SPY}a"></iframe><iframe srcdoc="<img src={SPY}b.jpg>"></iframe><frame src="{SPY}c"><portal src="{SPY}d"></portal>',
    f'<object data="{SPY}a.swf"><param name=movie value="{SPY}b.swf"><img src="{SPY}c.jpg"></object><embed src="{SPY}d.swf"><applet code="{SPY}e">',
    f'<meta http-equiv=refresh content="0; url={SPY}a"><base href="{SPY}"><img src="b.jpg"><p>x</p>',
    f'<a href="{SPY}a" ping="{SPY}b">x</a><a href="{SPY}c"><img src="{SPY}d.jpg"></a>',
    f'<figure class="embed"><a href="{SPY}film"><img class="poster" src="{SPY}film.jpg">Film</a></figure>',
    f'<noscript><img src="{SPY}a.jpg"></noscript><template><img src="{SPY}b.jpg"></template><xmp><img src="{SPY}c.jpg"></xmp>',
    f'<blockquote cite="{SPY}a"><p>x</p></blockquote><q cite="{SPY}b">x</q><bgsound src="{SPY}c.mid"><html manifest="{SPY}d">',
    '<img src="https:spy.example/a.jpg"><img src="https:\\\\spy.example\\b.jpg"><img src="HTTPS://SPY.EXAMPLE/c.jpg">',
    f'<img/src="{SPY}a.jpg"/class="poster"><img src={SPY}b.jpg><img\nsrc\n=\n"{SPY}c.jpg">',
    f'<script>new Image().src="{SPY}a.jpg"</script><p onmouseover="fetch(\'{SPY}b\')">x</p>',
]  # fmt: skip


def foreign(html: str) -> Iterator[str]:
    """Every address in mark-up that a browser might load by itself, and that is not below HOME."""
    for node in LexborHTMLParser(html).css("*"):
        for name, value in node.attributes.items():
            said = (value or "").lower()
            loads = ("//" in said or "http" in said or "url(" in said) and (node.tag, name) not in HARMLESS and name not in TEXT_ONLY
            if loads and not all(word.startswith(HOME) or "//" not in word for word in said.split()):
                yield f"{node.tag} {name}={value}"


def stored(body: str) -> StoredArticle:
    article = Article(
        url="https://harbour.example/a", title="A", body=sanitize(body, base_url=SPY), text="x", lead_image=Picture(url=f"{SPY}lead.jpg"),
        notes=(Note(kind="note", html=sanitize(body, base_url=SPY)),),
    )  # fmt: skip
    return StoredArticle(
        id="0195a1c2", source_id="harbour", first_seen=NOON, sort_at=NOON, changed_at=NOON, revision=1, content_hash="1", entry_guid=None,
        entry_published=None, article=article,
    )  # fmt: skip


ENTRY = Entry(
    guid="1",
    enclosures=(
        Enclosure(url=f"{SPY}pod.mp3", type="audio/mpeg"), Enclosure(url=f"{SPY}film.mp4", medium="video", type="video/mp4"),
        Enclosure(url=f"{SPY}pic.jpg", type="image/jpeg", medium="image"),
    ),
)  # fmt: skip


def in_feed(body: str) -> str:
    return item_of(stored(body), None, PublishOptions(pictures=OURS), entry=ENTRY).html


def in_page(body: str) -> str:
    """What is inside the page's body; its head is looked at in the tests of the site."""
    return article_page(Site(pictures=OURS), stored(body), None).partition("<main")[2]


@pytest.mark.parametrize("body", ZOO)
def test_an_items_html_loads_nothing_from_others(body: str) -> None:
    assert list(foreign(in_feed(body))) == []


@pytest.mark.parametrize("body", ZOO)
def test_a_page_loads_nothing_from_others(body: str) -> None:
    assert list(foreign(in_page(body))) == []


def test_the_look_for_foreign_addresses_finds_those_that_nobody_rewrote() -> None:
    seen = list(foreign(item_of(stored(ZOO[9]), None, PublishOptions()).html))
    assert [found.partition("=")[0] for found in seen] == ["img src", "video src", "video poster", "video src", "video poster"]


@given(st.lists(st.sampled_from(ZOO), min_size=1, max_size=3).map("".join).flatmap(lambda html: st.integers(0, len(html)).map(lambda at: html[:at])))
def test_mark_up_that_is_cut_short_loads_nothing_from_others_either(body: str) -> None:
    assert list(foreign(in_feed(body))) == []
    assert list(foreign(in_page(body))) == []


@given(st.text(st.sampled_from("<>\"'= /imgsrcsetposterviduo,:hp.\\&#;\n"), max_size=60))
def test_scribbled_mark_up_loads_nothing_from_others(scribble: str) -> None:
    body = f'<img {scribble} src="{SPY}a.jpg" {scribble}><video {scribble} poster="{SPY}b.jpg">{scribble}'
    assert list(foreign(in_feed(body))) == []
    assert list(foreign(in_page(body))) == []


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_a_reader_loads_by_itself_is_at_the_publishers(form: str) -> None:
    item = item_of(stored(ZOO[7] + ZOO[9]), None, PublishOptions(pictures=OURS), entry=ENTRY)
    written = FORMATS[form].entry(item).decode()
    assert SPY not in written
    assert written.count("images/?url=") >= 6


def test_a_json_feeds_picture_and_attachments_are_ours() -> None:
    item = json.loads(FORMATS["json"].entry(item_of(stored("<p>x</p>"), None, PublishOptions(pictures=OURS), entry=ENTRY)))
    addresses = [item["image"], *(one["url"] for one in item["attachments"])]
    assert [address.startswith(f"{HOME}images/?url=https%3A%2F%2Fspy.example%2F") for address in addresses] == [True] * 3
