"""Lines that something larger claims or disowns, whatever their odds: a recipe's, captions, footnotes, an interview's questions, pull quotes."""

from __future__ import annotations

from collections.abc import Sequence

from broadsheet.extraction.body.captions import without_alternative_texts
from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.footnotes import with_footnotes
from broadsheet.extraction.body.pull_quotes import without_repeats
from broadsheet.extraction.body.questions import with_questions
from broadsheet.extraction.body.recipes import recipe_of, with_recipe
from broadsheet.markup.page import Page


def with_belongings(page: Page, choices: Sequence[Choice]) -> list[Choice]:
    """*choices* with the lines kept that belong to what is kept, and those dropped that say it a second time."""
    return with_footnotes(with_questions(without_repeats(without_alternative_texts(with_recipe(choices, recipe_of(page))))))
