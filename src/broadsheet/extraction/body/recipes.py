"""Recipes: the lines that the page's data calls ingredients and steps are kept, and stand in lists that say which they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.frames import Frame
from broadsheet.extraction.body.ground import Ground
from broadsheet.markup.blocks import Block, Box
from broadsheet.markup.page import Page
from broadsheet.markup.story import each, texts, types_of
from broadsheet.text.plain import comparison_key

FEWEST = 2
"""Lines that the page must share with its data; one may be chance."""

SHORTEST = 3
"""Letters and digits of an ingredient ("Salz")."""

MAX_LINES = 300
"""Ingredients or steps of one recipe that are looked for."""

LEVELS = 5
"""A line lies at most this many boxes inside the list of its like."""

REASON = "in the recipe"

_LIST = {"ingredients": "ul", "steps": "ol"}


@dataclass(frozen=True, slots=True)
class Recipe:
    """The keys (letters and digits) of a recipe's lines."""

    ingredients: frozenset[str]
    steps: frozenset[str]


def recipe_of(page: Page) -> Recipe | None:
    """The recipe that the page's data states, None if it states none."""
    ingredients: set[str] = set()
    steps: set[str] = set()
    for thing in page.json_ld:
        if "recipe" in types_of(thing):
            ingredients.update(_keys(texts(thing.get("recipeIngredient", thing.get("ingredients")))))
            steps.update(_keys(_instructions(thing.get("recipeInstructions"))))
    return Recipe(frozenset(ingredients), frozenset(steps)) if ingredients or steps else None


def with_recipe(choices: Sequence[Choice], recipe: Recipe | None) -> list[Choice]:
    """*choices* with the recipe's lines kept."""
    if recipe is None:
        return list(choices)
    found = [choice for choice in choices if _part(recipe, choice.spot.key)]
    if len(found) < FEWEST:
        return list(choices)
    return [replace(choice, kept=True, reason=REASON) if not choice.kept and _part(recipe, choice.spot.key) else choice for choice in choices]


def recipe_frames(ground: Ground, recipe: Recipe | None, lines: Sequence[Block]) -> Mapping[int, Frame]:
    """The lists that *lines* of a recipe stand in; lines in plain boxes side by side become a list."""
    frames: dict[int, Frame] = {}
    if recipe is None:
        return frames
    for part in ("ingredients", "steps"):
        own = [line for line in lines if _part(recipe, ground.key(line.index)) == part]
        if len(own) >= FEWEST:
            frames.update(_list_frames(ground, own, part))
    return frames


def _list_frames(ground: Ground, own: Sequence[Block], part: str) -> Iterator[tuple[int, Frame]]:
    boxes = ground.flat.boxes
    named = f' class="{part}"'
    for holder in {holder.index: holder for line in own if (holder := _holder(ground, line, own))}.values():
        if holder.tag in ("ul", "ol"):
            yield holder.index, Frame(tag=holder.tag, attributes=named)
        elif holder.tag in ("div", "section"):
            yield holder.index, Frame(tag=_LIST[part], attributes=named)
            inside = {_child_of(ground, holder, line) for line in own if holder.first <= line.index < holder.last}
            yield from ((index, Frame(tag="li")) for index in inside if boxes[index].tag not in ("ul", "ol"))


def _holder(ground: Ground, line: Block, own: Sequence[Block]) -> Box | None:
    """The list around a line; else the lowest plain box that holds it and its like, and nothing else."""
    around = [box for box, _ in zip(ground.flat.ancestors(line), range(LEVELS), strict=False) if ground.below[box.index] > 0]
    if found := next((box for box in around if box.tag in ("ul", "ol")), None):
        return found
    indices = {other.index for other in own}
    for box in around:
        inside = [block.index for block in ground.flat.blocks[box.first : box.last] if block.kind == "text"]
        if len(inside) > 1 and box.index != line.box:
            return box if indices.issuperset(inside) else None
    return None


def _child_of(ground: Ground, holder: Box, line: Block) -> int:
    at = line.box
    while ground.flat.boxes[at].parent not in (holder.index, -1):
        at = ground.flat.boxes[at].parent
    return at


def _part(recipe: Recipe, key: str) -> str:
    """Whether a line is an ingredient or a step, "" if neither."""
    if len(key) >= SHORTEST and key in recipe.ingredients:
        return "ingredients"
    return "steps" if len(key) >= SHORTEST and key in recipe.steps else ""


def _keys(said: Iterable[str]) -> Iterator[str]:
    return (key for text, _ in zip(said, range(MAX_LINES), strict=False) if len(key := comparison_key(text)) >= SHORTEST)


def _instructions(value: Any) -> Iterator[str]:
    """The steps as single texts: strings, with a line each where there are several, HowToStep and HowToSection."""
    for step in each(value):
        if isinstance(step, str):
            yield from step.split("\n")
        elif isinstance(step, Mapping):
            yield from texts(step.get("text"))
            for inner in each(step.get("itemListElement")):
                yield from texts(inner, "text", "name")
