"""The picture that stands for a story."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.lead_image import find_lead_image
from broadsheet.extraction.lead_image.signals import is_stand_in, picture_key
from broadsheet.markup.page import Page
from broadsheet.model import Hints, Picture

MakePage = Callable[..., Page]
H1 = "<h1>Harbour wall gives way in spring flood</h1>"
SITE = "https://www.harbour-gazette.example"


def url_of(picture: Picture | None) -> str | None:
    return picture.url if picture else None


def og(name: str) -> str:
    return f'<meta property="og:image" content="{SITE}/img/{name}">'


def test_the_figure_under_the_headline_is_the_lead_image(make_page: MakePage, prose: str) -> None:
    found = find_lead_image(make_page(f'{H1}<figure><img src="/img/wall-8812345.jpg"></figure>{prose}', head=og("share-card-of-the-week.jpg"))).value
    assert url_of(found) == f"{SITE}/img/wall-8812345.jpg"


def test_caption_credit_text_and_size_come_with_it(make_page: MakePage, prose: str) -> None:
    figure = (
        '<figure><img src="/img/wall.jpg" width="1200" height="800" alt="A broken wall">'
        '<figcaption>The wall at noon. <span class="credit"><div class="credit">Photo: Mara Lind</div></span></figcaption></figure>'
    )
    assert find_lead_image(make_page(H1 + figure + prose)).value == Picture(
        url=f"{SITE}/img/wall.jpg", width_px=1200, height_px=800, alt="A broken wall", caption="The wall at noon.", credit="Photo: Mara Lind"
    )


def test_a_credit_at_the_end_of_the_caption_is_told_apart(make_page: MakePage, prose: str) -> None:
    figure = '<figure><img src="/img/wall.jpg"><figcaption>The wall at noon. (Foto: Mara Lind)</figcaption></figure>'
    found = find_lead_image(make_page(H1 + figure + prose)).value or Picture(url="")
    assert [found.caption, found.credit] == ["The wall at noon.", "Foto: Mara Lind"]


def test_a_credit_in_a_cite_element_is_told_apart(make_page: MakePage, prose: str) -> None:
    figure = '<figure><img src="/img/wall.jpg"><figcaption>The wall at noon. <cite>Mara Lind/Agency</cite></figcaption></figure>'
    found = find_lead_image(make_page(H1 + figure + prose)).value or Picture(url="")
    assert [found.caption, found.credit] == ["The wall at noon.", "Mara Lind/Agency"]


def test_without_a_figure_the_head_of_the_page_says_it(make_page: MakePage, prose: str) -> None:
    found = find_lead_image(make_page(H1 + prose, head=og("wall.jpg") + '<meta property="og:image:width" content="1200">')).value
    assert found == Picture(url=f"{SITE}/img/wall.jpg", width_px=1200)


def test_a_lazy_picture_is_resolved(make_page: MakePage, prose: str) -> None:
    image = '<img src="data:image/gif;base64,R0lGOD" data-srcset="/img/wall-400.jpg 400w, /img/wall-1600.jpg 1600w">'
    found = find_lead_image(make_page(f"{H1}<figure>{image}</figure>{prose}")).value
    assert url_of(found) == f"{SITE}/img/wall-1600.jpg"


def test_the_portrait_of_the_author_is_refused(make_page: MakePage, prose: str) -> None:
    portrait = '<div class="author"><img src="/img/diallo.jpg" width="400" height="400"> Amara Diallo</div>'
    found = find_lead_image(make_page(f'{H1}{portrait}<figure><img src="/img/wall.jpg"></figure>{prose}')).value
    assert url_of(found) == f"{SITE}/img/wall.jpg"


def test_icons_are_refused_by_their_size(make_page: MakePage, prose: str) -> None:
    assert find_lead_image(make_page(f'{H1}<img src="/img/flag.png" width="24" height="16">{prose}')).value is None


def test_the_publishers_logo_is_refused(make_page: MakePage) -> None:
    logo = {"@type": "ImageObject", "url": f"{SITE}/img/gazette.png"}
    page = make_page(ld={"@type": "NewsArticle", "image": f"{SITE}/img/gazette.png", "publisher": {"@type": "Organization", "logo": logo}})
    assert find_lead_image(page).value is None


def test_json_ld_says_caption_and_size(make_page: MakePage) -> None:
    image = {"@type": "ImageObject", "url": "/img/wall.jpg", "width": {"@type": "QuantitativeValue", "value": 1200}, "caption": "The wall at noon."}
    assert find_lead_image(make_page(ld={"@type": "NewsArticle", "image": [image]})).value == Picture(
        url=f"{SITE}/img/wall.jpg", width_px=1200, caption="The wall at noon."
    )


def test_the_feeds_picture_is_heard(make_page: MakePage, prose: str) -> None:
    found = find_lead_image(make_page(H1 + prose), Hints(image_url=f"{SITE}/img/wall.jpg")).value
    assert url_of(found) == f"{SITE}/img/wall.jpg"


@pytest.mark.parametrize(
    "path",
    [
        "/img/logo.png",
        "/static/placeholder.jpg",
        "/a/default-image.jpg",
        "/u/avatar/12.jpg",
        "/i/spacer.gif",
        "/og-default.png",
        "/x/icon-192.png",
        "/a.svg",
    ],
)
def test_stand_ins_are_known_by_their_address(path: str) -> None:
    assert is_stand_in(SITE + path)


@pytest.mark.parametrize("path", ["/img/logotherapy-session.jpg", "/2024/iconic-bridge.jpg", "/clip/wall_default_0.jpg", "/photos/authority.jpg"])
def test_pictures_with_such_letters_in_their_names_are_none(path: str) -> None:
    assert not is_stand_in(SITE + path)


def test_two_sizes_of_a_picture_are_the_same_picture() -> None:
    one, other = Picture(url=f"{SITE}/2024/harbour-wall-1200x800.jpg"), Picture(url=f"{SITE}/small/harbour-wall-300x200.webp?v=2")
    assert picture_key(one) == picture_key(other)


def test_two_pictures_of_one_folder_are_two() -> None:
    assert picture_key(Picture(url=f"{SITE}/a/one.jpg")) != picture_key(Picture(url=f"{SITE}/a/two.jpg"))


def test_the_head_shot_of_the_author_is_no_lead_image(make_page: MakePage, prose: str) -> None:
    face = '<div><img src="/faces/3.jpg" width="400" height="500" alt="Picture of Amara Diallo"></div>'
    page = make_page(f"{H1}{face}{prose}", ld={"@type": "NewsArticle", "author": {"@type": "Person", "name": "Amara Diallo"}})
    assert find_lead_image(page).value is None


def test_a_picture_of_whom_the_story_is_about_may_be_the_lead_image(make_page: MakePage, prose: str) -> None:
    face = '<figure><img src="/faces/3.jpg" width="800" height="900" alt="Jonas Vogt"></figure>'
    page = make_page(f"{H1}{face}{prose}", ld={"@type": "NewsArticle", "author": {"@type": "Person", "name": "Amara Diallo"}})
    assert url_of(find_lead_image(page).value) == f"{SITE}/faces/3.jpg"


def test_a_picture_that_links_to_an_authors_page_is_none(make_page: MakePage, prose: str) -> None:
    page = make_page(f'{H1}<a href="/author/amara-diallo"><img src="/faces/large-one.jpg"></a>{prose}')
    assert find_lead_image(page).value is None


@pytest.mark.parametrize("picture", ['src="/a/boat-150x150.jpg"', 'src="/a/boat.jpg" width="200" height="200"'])
def test_a_small_square_is_none(make_page: MakePage, prose: str, picture: str) -> None:
    assert find_lead_image(make_page(f"{H1}<img {picture}>{prose}")).value is None
