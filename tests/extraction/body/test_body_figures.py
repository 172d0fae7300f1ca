"""Pictures in the body: the address a script would load, with caption and credit, and only those of the article."""

from __future__ import annotations

from broadsheet.extraction.body import Head, find_body

CAPTION = "<figcaption>The ferry at dawn. <span class='credit'>Photo: A. Diallo</span></figcaption>"


def test_a_lazy_picture_has_its_real_address_size_caption_and_credit(page_of, prose):
    figure = f"<figure><img data-src='/pic/ferry.jpg' src='data:image/gif;base64,R0' width=800 height=600 alt='A ferry'>{CAPTION}</figure>"
    (picture,) = find_body(page_of(prose.replace("</p>", "</p>" + figure, 1))).pictures
    assert picture.url == "https://news.example/pic/ferry.jpg"
    assert (picture.width_px, picture.height_px, picture.alt) == (800, 600, "A ferry")
    assert (picture.caption, picture.credit) == ("The ferry at dawn.", "Photo: A. Diallo")


def test_a_caption_is_never_in_the_text(page_of, prose):
    body = find_body(page_of(prose.replace("</p>", f"</p><figure><img src='/a.jpg'>{CAPTION}</figure>", 1)))
    assert "at dawn" not in body.text
    assert "<figcaption>The ferry at dawn. <cite>Photo: A. Diallo</cite></figcaption>" in body.html


def test_a_picture_and_its_copy_for_readers_without_scripts_are_one(page_of, prose):
    twice = "<p><img data-src='/pic/ferry.jpg?w=300'><noscript><img src='/pic/ferry.jpg?w=900'></noscript></p>"
    assert len(find_body(page_of(prose.replace("</p>", "</p>" + twice, 1))).pictures) == 1


def test_the_lead_image_is_not_shown_a_second_time(page_of, prose):
    page = page_of("<figure><img src='/pic/ferry.jpg?w=900'></figure>" + prose)
    assert find_body(page, None, Head(lead_image="https://news.example/pic/ferry.jpg?w=1200")).pictures == ()


def test_the_lead_image_in_another_size_is_known_by_its_number(page_of, prose):
    page = page_of("<figure><img src='/pic/ferry-20417733-640x480.jpg'></figure>" + prose)
    assert find_body(page, None, Head(lead_image="https://cdn.example/20417733/large/20417733_master1050.jpg")).pictures == ()


def test_another_picture_of_the_same_day_is_not_the_lead_image(page_of, prose):
    page = page_of("<figure><img src='/pic/20260503-harbour.jpg'></figure>" + prose)
    assert len(find_body(page, None, Head(lead_image="https://news.example/pic/20260503-ferry.jpg")).pictures) == 1


def test_an_icon_is_no_picture(page_of, prose):
    assert find_body(page_of(prose.replace("</p>", "</p><img src='/icon.png' width=16 height=16>", 1))).pictures == ()


def test_a_picture_of_a_related_box_does_not_belong(page_of, prose):
    card = "<div class='related'><img src='/storm.jpg'><h4><a href='/a'>Storm closes the bridge for a third week</a></h4></div>"
    page = page_of(prose.replace("</p>", "</p>" + card, 1))
    assert find_body(page).pictures == ()


def test_a_picture_element_without_a_usable_img_gives_its_best_source(page_of, prose):
    picture = "<figure><picture><source srcset='/s.webp 400w, /l.webp 1600w'><img src='data:image/gif;base64,R0'></picture></figure>"
    (found,) = find_body(page_of(prose.replace("</p>", "</p>" + picture, 1))).pictures
    assert found.url == "https://news.example/l.webp"


def test_a_lazy_picture_in_a_nameless_box_between_paragraphs_takes_the_line_below_as_its_caption(page_of, chinese):
    box = "<div class='b7'><img src='data:image/gif;base64,R0' data-src='/pic/lamp.jpg'><div class='b8'>灯室里的诗集和火炉</div></div>"
    page = page_of(chinese.replace("</p>", "</p>" + box, 1), head="<meta name='news_keywords' content='灯塔'>")
    (picture,) = find_body(page).pictures
    assert (picture.url, picture.caption) == ("https://news.example/pic/lamp.jpg", "灯室里的诗集和火炉")


def test_a_picture_over_a_linked_line_is_a_teaser(page_of, chinese):
    box = "<div class='b7'><img src='/pic/lamp.jpg'><div class='b8'><a href='/other'>灯室里的诗集和火炉</a></div></div>"
    assert find_body(page_of(chinese.replace("</p>", "</p>" + box, 1))).pictures == ()
