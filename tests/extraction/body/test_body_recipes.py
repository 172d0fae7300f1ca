"""A recipe's ingredients and steps, known from the data of the page, are lists that say what they are."""

from __future__ import annotations

import json

import pytest

from broadsheet.extraction.body import find_body

STEPS = ("Chop the onions and fry them in butter until they are golden.", "Add the cod and simmer for ten minutes.")
INGREDIENTS = ("500 g cod", "2 onions", "Salt")


@pytest.fixture
def head() -> str:
    steps = [{"@type": "HowToStep", "text": step} for step in STEPS]
    data = {"@type": "Recipe", "name": "Fish soup", "recipeIngredient": list(INGREDIENTS), "recipeInstructions": steps}
    return f"<title>First ferry leaves</title><script type='application/ld+json'>{json.dumps(data)}</script>"


def test_a_list_of_ingredients_says_so(page_of, prose, head):
    items = "".join(f"<li>{line}</li>" for line in INGREDIENTS)
    html = find_body(page_of(f"{prose}<h2>Ingredients</h2><ul>{items}</ul>", head=head)).html
    assert '<ul class="ingredients"><li>500 g cod</li><li>2 onions</li><li>Salt</li></ul>' in html


def test_boxes_side_by_side_become_a_list(page_of, prose, head):
    items = "".join(f"<div>{line}</div>" for line in INGREDIENTS)
    html = find_body(page_of(f"{prose}<h2>Ingredients</h2><div class='wprm'>{items}</div>", head=head)).html
    assert '<ul class="ingredients"><li>500 g cod</li><li>2 onions</li><li>Salt</li></ul>' in html


def test_steps_are_a_numbered_list(page_of, prose, head):
    steps = "".join(f"<p>{step}</p>" for step in STEPS)
    html = find_body(page_of(f"{prose}<h2>Method</h2><div class='steps'>{steps}</div>", head=head)).html
    assert f'<ol class="steps"><li>{STEPS[0]}</li><li>{STEPS[1]}</li></ol>' in html


def test_without_data_a_list_is_a_list(page_of, prose):
    items = "".join(f"<li>{line}</li>" for line in INGREDIENTS)
    assert "ingredients" not in find_body(page_of(f"{prose}<ul>{items}</ul>")).html


def test_a_word_of_the_recipe_in_the_text_makes_no_list(page_of, prose, head):
    assert "ingredients" not in find_body(page_of(f"{prose}<p>Salt</p>", head=head)).html
