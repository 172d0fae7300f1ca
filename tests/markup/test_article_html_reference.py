"""The reference of an article's HTML says what is: each example is clean as it stands, and gives the Markdown and text beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_markdown, to_text
from broadsheet.markup.vocabulary import CLASSES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "article-html.md").read_text("utf-8")
EXAMPLES = re.findall(r"^## ([^\n]+)\n.*?```html\n(.*?)\n```\n\n```markdown\n(.*?)\n```\n\n(?:```text\n(.*?)\n```|No plain text)", PAGE, re.S | re.M)


@pytest.mark.parametrize(("name", "html", "markdown", "text"), EXAMPLES, ids=[name for name, *_ in EXAMPLES])
def test_an_example_is_clean_and_gives_what_stands_beside_it(name: str, html: str, markdown: str, text: str) -> None:
    clean = sanitize(html)
    assert clean == html
    assert (to_markdown(clean), to_text(clean)) == (markdown, text)


@pytest.mark.parametrize("name", sorted(set(re.findall(r' class="(\w+)"', PAGE))))
def test_a_class_in_an_example_is_one_of_ours_and_explained(name: str) -> None:
    assert name in CLASSES
    assert f"`{name}`" in PAGE.partition("## Classes")[2]


def test_no_structure_lacks_an_example() -> None:
    assert len(EXAMPLES) == PAGE.count("```html")
