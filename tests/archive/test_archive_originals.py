"""Original picture addresses, out of proxied ones."""

import pytest

from broadsheet.archive.originals import original_address, use_originals
from broadsheet.markup.pictures import image_template
from broadsheet.markup.tree import read_fragment, write_fragment

SIGNATURE = "AbcDefGhiJklMnoPqrSt-_"


@pytest.mark.parametrize(
    ("proxied", "original"),
    [
        ("https://images.weserv.nl/?url=static.example/2024/a.jpg", "https://static.example/2024/a.jpg"),
        ("https://images.weserv.nl/?url=https%3A%2F%2Fstatic.example%2Fa.jpg", "https://static.example/a.jpg"),
        ("https://images.weserv.nl/?url=http://static.example/a.jpg", "http://static.example/a.jpg"),
        ("https://images.weserv.nl/?url=ssl:static.example/a.jpg&w=600", "https://static.example/a.jpg"),
        ("https://wsrv.nl/?w=600&url=static.example/a.jpg", "https://static.example/a.jpg"),
        (
            f"https://news.example/images/?url=https%3A%2F%2Fstatic.example%2Fa.jpg%3Fx%3D1&w=640&we=1&sig={SIGNATURE}",
            "https://static.example/a.jpg?x=1",
        ),
        (f"https://news.example/paper/images/?url=http%3A%2F%2Fstatic.example%2Fa.jpg&sig={SIGNATURE}", "http://static.example/a.jpg"),
        (
            "https://static.example/images/?url=https%3A%2F%2Fother.example%2Fa.jpg",
            "https://static.example/images/?url=https%3A%2F%2Fother.example%2Fa.jpg",
        ),
        ("https://static.example/?url=other.example/a.jpg", "https://static.example/?url=other.example/a.jpg"),
    ],
)
def test_every_form_of_the_proxy_is_undone(proxied, original):
    assert original_address(proxied) == original


@pytest.mark.parametrize("url", ["https://a.example/b?c=1&d=2", "https://a.example/x%20y.jpg", "https://a.example/a+b,c.jpg"])
def test_what_our_own_template_made_is_undone(url):
    template = image_template("https://images.weserv.nl/?url={bare_url}")
    assert original_address(template(url)) == url


def test_srcset_and_poster_are_undone_too():
    root = read_fragment('<img srcset="https://wsrv.nl/?url=a.example/1.jpg 1x, https://b.example/2.jpg 2x">')
    use_originals(root)
    assert write_fragment(root) == '<img srcset="https://a.example/1.jpg 1x, https://b.example/2.jpg 2x">'
