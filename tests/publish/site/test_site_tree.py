"""The static tree: every file there, every link leading somewhere, nothing asked of strangers."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urldefrag

from selectolax.lexbor import LexborHTMLParser

from broadsheet.publish.formats import FORMATS
from broadsheet.publish.site import Edition, Site, feed_file, render_site

OWN = re.compile(r"(?![a-z]+:|//)")


def html_files(tree: dict[str, bytes]) -> list[str]:
    return [name for name in tree if name.endswith(".html")]


def links(tree: dict[str, bytes], name: str) -> list[str]:
    """The files that a page of the tree points to, as paths from the root."""
    page = LexborHTMLParser(tree[name].decode())
    found = [node.attributes.get(key) or "" for key in ("href", "src") for node in page.css(f"[{key}]")]
    own = [urldefrag(address).url for address in found if OWN.match(address) and not address.startswith("#")]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address))) for address in own]


def test_every_source_article_and_category_has_its_page(tree: dict[str, bytes]) -> None:
    assert {"index.html", "404.html", "style.css", "icon.svg", "sources/harbour/index.html", "merged/all/index.html"} <= tree.keys()
    assert {"merged/coast/index.html", "articles/01harbour0001/index.html", "articles/01harbour0010/index.html"} <= tree.keys()


def test_every_link_between_our_own_files_leads_to_a_file(tree: dict[str, bytes], edition: Edition) -> None:
    feeds = {feed_file(each.slug, form.suffix) for each in (*edition.sources, *edition.merged) for form in FORMATS.values()}
    relative = [name for name in html_files(tree) if name != "404.html"]  # that one does not know how deep it is shown
    assert {target for name in relative for target in links(tree, name)} - tree.keys() - feeds == {"feeds.opml"}


def test_every_page_can_be_reached_from_the_front_page(tree: dict[str, bytes]) -> None:
    seen, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in tree and name not in seen:
            seen.add(name)
            waiting += links(tree, name) if name.endswith(".html") else []
    assert set(html_files(tree)) - seen == {"404.html"}


def test_nothing_but_published_feeds_may_lie_in_the_folder_of_feeds(tree: dict[str, bytes]) -> None:
    assert [name for name in tree if name.startswith("feeds/")] == []


def test_pages_hold_no_script_no_style_and_no_form(tree: dict[str, bytes]) -> None:
    together = b"".join(tree[name] for name in html_files(tree))
    assert re.findall(rb"<(?:script|style|form|iframe|object|embed)\b| style=| on[a-z]+=", together) == []


def test_the_style_sheet_asks_for_no_other_file(tree: dict[str, bytes]) -> None:
    assert re.findall(rb"url\(|@import|@font-face", tree["style.css"]) == []


def test_files_are_made_one_at_a_time(edition: Edition) -> None:
    asked: list[str] = []
    lazy = Edition(sources=edition.sources, merged=edition.merged, revisions=lambda article: asked.append(article) or ())
    files = render_site(Site(), lazy)
    assert next(files)[0] == "style.css"
    assert asked == []


def test_articles_of_sources_given_up_keep_their_pages(edition: Edition) -> None:
    left = Edition(sources=edition.sources[:1], merged=edition.merged[:1])
    assert "articles/01harbour0002/index.html" in dict(render_site(Site(), left))


def test_rendering_twice_gives_the_same_bytes(edition: Edition) -> None:
    assert list(render_site(Site(), edition)) == list(render_site(Site(), edition))


def test_a_server_links_to_folders_where_a_tree_links_to_files(edition: Edition) -> None:
    served = dict(render_site(Site(leaf=""), edition))
    assert b'href="./sources/harbour/"' in served["index.html"]
    assert b"index.html" not in served["index.html"]


def test_error_pages_link_from_the_sites_own_root(edition: Edition) -> None:
    page = dict(render_site(Site(base_path="/news/"), edition))["404.html"]
    assert b'href="/news/style.css"' in page


def test_an_empty_site_says_how_to_begin() -> None:
    assert b"broadsheet add" in dict(render_site(Site(), Edition()))["index.html"]
