"""Structures of an article in the archive: readable as Markdown, and the same when read back."""

from __future__ import annotations

import pytest

from broadsheet.archive.native.markdown import read_markdown, settled, write_markdown
from broadsheet.markup.sanitize import sanitize
from broadsheet.model import SafeHtml

POST = '<div class="post"><p class="when"><time datetime="2026-05-03T14:05:00+02:00">14:05</time></p><h3>Fog</h3><p>It <em>lifts</em>.</p></div>'
LINK_END = 'rel="noopener noreferrer"'
STRUCTURES = {
    "post": POST,
    "box": '<aside class="factbox"><h3>The ferry</h3><p>Built in 1961.</p><ul><li>long</li><li>grey</li></ul></aside>',
    "box in a post": POST.replace("<p>It", "<aside><p>渡轮</p></aside><p>It"),
    "pull quote": '<blockquote class="pullquote"><p>قالت: انتظرنا.</p></blockquote>',
    "footnote": f'<p>a<sup><a href="#fn-3c-1" id="fnref-3c-1" {LINK_END}>1</a></sup></p><ol class="footnotes"><li id="fn-3c-1">b</li></ol>',
    "formula": '<p>At <math alttext="t^2"><msup><mi>t</mi><mn>2</mn></msup></math>, or <code class="math">a_b</code>.</p>',
    "embed": f'<figure class="embed"><blockquote><p>a</p></blockquote><a href="https://x.example/1" {LINK_END}>X</a></figure>',
    "recipe": '<ul class="ingredients"><li>500 g cod</li></ul><ol class="steps"><li>Chop.</li></ol>',
}


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_structure_reads_back_as_it_was(name: str) -> None:
    html = sanitize(STRUCTURES[name])
    assert html == STRUCTURES[name]
    assert read_markdown(write_markdown(html)) == settled(html) == html


def test_a_live_blog_is_markdown_inside_its_boxes() -> None:
    assert write_markdown(SafeHtml(POST)).split("\n\n") == [
        '<div class="post">', '<p class="when"><time datetime="2026-05-03T14:05:00+02:00">14:05</time></p>', "### Fog", "It *lifts*.", "</div>",
    ]  # fmt: skip
