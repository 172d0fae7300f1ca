"""`read_url`, on loopback: a page is fetched, and what continues it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from loopback import Site, serving

from broadsheet.config import Settings
from broadsheet.errors import FetchError
from broadsheet.fetch.config import FetchSettings
from broadsheet.library.visiting import read_url
from broadsheet.model import Extraction

LINE = "<p>The harbour office closes at {} on day {}, the council said, and opens again on the day after.</p>"
FIRST = "".join(LINE.format("noon", n) for n in range(6))
SECOND = "".join(LINE.format("midnight", n) for n in range(6))
NEXT = "<a rel=next href='{}'>Next page</a>"


class Paper(Site):
    """A story on two pages, one whose second page is gone, and one that lies elsewhere."""

    def do_GET(self) -> None:
        pages = {
            "/split": f"<html><body><article><h1>Harbour</h1>{FIRST}</article>{NEXT.format('/split?page=2')}</body></html>",
            "/split?page=2": f"<html><body><article><h1>Harbour</h1>{SECOND}</article></body></html>",
            "/torn": f"<html><body><article><h1>Harbour</h1>{FIRST}</article>{NEXT.format('/torn?page=2')}</body></html>",
            "/moved": "<html><head><meta http-equiv=refresh content='0; url=/split'></head><body><p>Moved.</p></body></html>",
        }
        body = pages.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    with serving(Paper) as address:
        yield address


def read(url: str) -> Extraction:
    return asyncio.run(read_url(url, Settings(fetch=FetchSettings(private_hosts=("127.0.0.1",), host_delay=0))))


def test_the_next_page_is_fetched_and_joined(home: str) -> None:
    article = read(f"{home}/split").article
    assert article.completeness == "full"
    assert "midnight on day 5" in article.text


def test_a_next_page_that_is_gone_leaves_the_article_partial(home: str) -> None:
    article = read(f"{home}/torn").article
    assert article.completeness == "partial"
    assert "noon on day 5" in article.text


def test_a_redirect_in_the_mark_up_is_followed(home: str) -> None:
    assert read(f"{home}/moved").article.url == f"{home}/split"


def test_a_page_that_is_gone_is_an_error(home: str) -> None:
    with pytest.raises(FetchError, match="404"):
        read(f"{home}/nowhere")
