"""Which address of the lead picture is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.lead_image import find_lead_image
from broadsheet.extraction.lead_image.sizes import is_same_file, largest
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]
H1 = "<h1>Harbour wall gives way in spring flood</h1>"
SITE = "https://www.harbour-gazette.example"
WALL = f"{SITE}/img/wall.jpg"


def url_of(page: Page) -> str | None:
    found = find_lead_image(page).value
    return found.url if found else None


def og(path: str, width_px: int | None = None) -> str:
    width = f'<meta property="og:image:width" content="{width_px}">' if width_px else ""
    return f'<meta property="og:image" content="{SITE}{path}">{width}'


def test_the_head_may_offer_the_picture_without_its_limits(make_page: MakePage, prose: str) -> None:
    assert url_of(make_page(f'{H1}<figure><img src="/img/wall.jpg?w=640"></figure>{prose}', head=og("/img/wall.jpg"))) == WALL


def test_a_source_element_may_offer_it_larger(make_page: MakePage, prose: str) -> None:
    picture = '<picture><source srcset="/img/wall.jpg?w=1200 1200w, /img/wall.jpg?w=600 600w"><img src="/img/wall.jpg?w=600"></picture>'
    assert url_of(make_page(f"{H1}<figure>{picture}</figure>{prose}")) == f"{WALL}?w=1200"


def test_the_link_around_it_may_lead_to_the_whole_picture(make_page: MakePage, prose: str) -> None:
    assert url_of(make_page(f'{H1}<figure><a href="/img/wall.jpg"><img src="/img/wall.jpg?width=150"></a></figure>{prose}')) == WALL


def test_a_link_around_it_to_a_story_is_no_picture(make_page: MakePage, prose: str) -> None:
    assert url_of(make_page(f'{H1}<figure><a href="/news/flood"><img src="data:image/gif;base64,R0"></a></figure>{prose}')) is None


def test_a_smaller_one_in_the_head_is_left(make_page: MakePage, prose: str) -> None:
    page = make_page(f'{H1}<figure><img src="/img/wall.jpg?w=1200"></figure>{prose}', head=og("/img/wall.jpg?w=300"))
    assert url_of(page) == f"{WALL}?w=1200"


def test_another_picture_in_the_head_is_left(make_page: MakePage, prose: str) -> None:
    assert url_of(make_page(f'{H1}<figure><img src="/img/wall.jpg?w=640"></figure>{prose}', head=og("/img/card.jpg", 1600))) == f"{WALL}?w=640"


@pytest.mark.parametrize(
    "other", [f"{WALL}?w=5000", f"{WALL}?impolicy=logo-overlay", f"{WALL}?w=200", f"{SITE}/thumbs/wall.jpg", f"{SITE}/img/mill.jpg"]
)
def test_too_large_written_over_or_smaller_ones_are_left(other: str) -> None:
    assert largest(f"{WALL}?w=640", [(other, None)]) == f"{WALL}?w=640"


def test_a_width_stated_beside_the_address_counts() -> None:
    assert largest(f"{WALL}?v=1", [(f"{WALL}?v=1", 320), (f"{WALL}?v=2", 1024)]) == f"{WALL}?v=2"


def test_a_program_that_serves_any_picture_is_no_file() -> None:
    assert not is_same_file(f"{SITE}/_next/image?url=%2Fa.jpg&w=640", f"{SITE}/_next/image?url=%2Fb.jpg&w=1200")


def test_a_common_name_in_another_folder_is_another_picture() -> None:
    assert not is_same_file(f"{SITE}/a/image.jpg", f"{SITE}/b/image.jpg")
