"""Pictures that belong together."""

from __future__ import annotations

from broadsheet.extraction.body import find_body


def _picture(name: str, caption: str = "") -> str:
    return f"<figure><img src='/{name}.jpg' width=800 height=600 alt='{name}'>{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _behind_first(prose: str, more: str) -> str:
    return prose.replace("</p>", "</p>" + more, 1)


def test_a_gallery_holds_its_pictures_each_with_its_caption(page_of, prose):
    gallery = f"<div class='photo-gallery'>{_picture('bow', 'The bow at dawn')}{_picture('stern', 'The stern at dusk')}</div>"
    body = find_body(page_of(_behind_first(prose, gallery)))
    assert '<figure class="gallery"><figure><img src="https://news.example/bow.jpg"' in body.html
    assert [picture.caption for picture in body.pictures] == ["The bow at dawn", "The stern at dusk"]


def test_three_pictures_in_a_row_are_a_gallery_whatever_their_box_is_called(page_of, prose):
    html = find_body(page_of(_behind_first(prose, _picture("bow") + _picture("stern") + _picture("mast")))).html
    assert html.count('<figure class="gallery">') == 1


def test_two_pictures_without_a_gallery_stand_alone(page_of, prose):
    assert "gallery" not in find_body(page_of(_behind_first(prose, _picture("bow") + _picture("stern")))).html


def test_a_caption_of_all_pictures_is_said_once(page_of, prose):
    images = "".join(f"<img src='/{name}.jpg' width=800 height=600>" for name in ("bow", "stern", "mast"))
    html = find_body(page_of(_behind_first(prose, f"<figure>{images}<figcaption>The three boats</figcaption></figure>"))).html
    assert html.count("The three boats") == 1
    assert "</figure><figcaption>The three boats</figcaption></figure>" in html


def test_pictures_with_text_between_them_are_no_gallery(page_of, sentences):
    article = "".join(f"<p>{sentence}</p>{_picture(str(at))}" for at, sentence in enumerate(sentences))
    assert "gallery" not in find_body(page_of(article)).html


def test_a_row_of_linked_pictures_does_not_belong(page_of, prose):
    cards = "".join(f"<figure><img src='/{name}.jpg'><figcaption><a href='/{name}'>Read about the {name}</a></figcaption></figure>" for name in "abc")
    assert find_body(page_of(_behind_first(prose, f"<div class='more'>{cards}</div>"))).pictures == ()
