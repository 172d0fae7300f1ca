"""What an expression costs on a page at worst, told before it is evaluated.

XPath can cost the cube of a page's size, or more with every bracket: `//*/following-sibling::*` takes 24 seconds on 5,000 paragraphs.
libxml2 cannot be stopped once it has begun, so an expression that could take too long on this page is not begun. The bound follows
from the page's measurements (how deep, how wide) and the expression's steps; on real pages it is thousands of times below the limit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import comb

from broadsheet.extraction.rules.xpath import Call, Literal, Pair, Part, Path, Step

COMPARING = 0.05
"""What comparing two nodes of a result costs, in visits to a node. Measured: some 40 to 100 million visits a second, on a busy machine half."""

READING = 0.1
"""What reading a character costs, in visits."""

TRANSLATING = 3.0
"""How much dearer `translate` is for each letter it looks for."""

_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_IN_BRACKETS = re.compile(r"""\[[^\]]*\]|"[^"]*"|'[^']*'""")
_COUNTING = re.compile(r":(?:nth-|first-of|last-of|only-of)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A tree measured. A node is an element or a text; averages are over all of them."""

    nodes: int
    characters: int
    depths: Counter[int]  # how many elements stand how deep
    widest: int  # most children of one element
    beside: float  # siblings on one side of a node, on average
    attributes: int  # most of one element
    attribute_characters: int  # of all attributes together
    names: Counter[str]  # how many elements bear each name

    @property
    def deepest(self) -> int:
        return max(self.depths, default=0)

    @property
    def deep(self) -> float:
        """Elements around a node, on average."""
        return sum(depth * count for depth, count in self.depths.items()) / max(sum(self.depths.values()), 1)


@dataclass(frozen=True, slots=True)
class _Here:
    """Nodes at which a part is evaluated: how many in all, how often the same one, how many in one result at most; are they attributes?"""

    count: float
    repeats: float
    together: float = 1.0
    attributes: bool = False


class Worker:
    """Adds up the work of one expression on a tree of some shape."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        n, deep, beside = float(max(shape.nodes, 1)), max(shape.deep, 1.0), max(shape.beside, 1.0)
        wide, most_deep = float(max(shape.widest, 1)), float(max(shape.deepest, 1))
        upward, sideways = (most_deep, deep, n), (wide, beside, wide)
        # From one node along the axis: most nodes reached, their mean over all nodes, and from how many nodes one is reached at most.
        self._reach = {
            "self": (1.0, 1.0, 1.0),
            "parent": (1.0, 1.0, wide),
            "child": (wide, 1.0, 1.0),
            "attribute": (float(max(shape.attributes, 1)), 2.0, 1.0),
            "namespace": (2.0, 2.0, 1.0),
            "descendant": (n, deep, most_deep),
            "descendant-or-self": (n, deep + 1, most_deep + 1),
            "ancestor": upward,
            "ancestor-or-self": upward,
            "following-sibling": sideways,
            "preceding-sibling": sideways,
            "following": (n, n, n),
            "preceding": (n, n, n),
        }

    def of(self, part: Part) -> float:
        """Visits to nodes that evaluating *part* once, at the root, takes at most."""
        return self._part(part, _Here(1.0, 1.0))[0]

    def _part(self, part: Part, here: _Here) -> tuple[float, _Here]:
        """The work of evaluating *part*, and what it gives, for all places together."""
        match part:
            case Path():
                return self._path(part, here)
            case Call():
                return self._call(part, here)
            case Pair():
                return self._pair(part, here)
            case Literal():
                return 0.0, here

    def _path(self, path: Path, outer: _Here) -> tuple[float, _Here]:
        work, here = outer.count, outer
        if path.start is not None:
            work, here = self._part(path.start, outer)
        elif path.absolute:
            here = _Here(outer.count, outer.count)
        for step in _merged(path.steps):
            done, here = self._step(step, here, outer)
            work += done
        return work, here

    def _step(self, step: Step, here: _Here, outer: _Here) -> tuple[float, _Here]:
        n = float(self._shape.nodes)
        most, mean, back = self._reach[step.axis]
        reached = min(here.count * most, here.repeats * n * mean)
        attributes = step.axis == "attribute"
        named = here.repeats * back * self._shape.names[step.name] if step.name and not attributes else reached
        count = min(reached, named)
        found = _Here(count, min(here.repeats * back, count), attributes=attributes)
        work = reached
        for predicate in step.predicates:
            work += self._part(predicate, found)[0]
        together = min(here.together * most, n, count)
        if here.together > 1:  # results are sets: each node found is looked for among those found before
            work += COMPARING * count * together
        return work, _Here(min(count, outer.count * n), min(found.repeats, outer.count), together, attributes)

    def _call(self, call: Call, here: _Here) -> tuple[float, _Here]:
        if not call.arguments:
            reads = call.name in ("string", "normalize-space", "string-length", "number")
            return here.count + (self._reading(here) if reads else 0.0), here
        work, longest, reads_elements = here.count, 1, False
        for argument in call.arguments:
            done, found = self._part(argument, here)
            work += done
            if isinstance(argument, Literal):
                longest = max(longest, argument.length)
            elif call.name not in ("not", "boolean", "count"):
                work += self._reading(found)
                reads_elements = reads_elements or not found.attributes
        work *= TRANSLATING * longest if call.name == "translate" else 1
        if call.name == "id":
            return work, _Here(here.count * self._shape.nodes, here.count, self._shape.nodes)
        return work, replace(here, attributes=not reads_elements)

    def _pair(self, pair: Pair, here: _Here) -> tuple[float, _Here]:
        left_work, left = self._part(pair.left, here)
        right_work, right = self._part(pair.right, here)
        work = left_work + right_work + here.count
        if pair.operator in ("and", "or"):
            return work, here
        if pair.operator == "|":
            both = _Here(left.count + right.count, left.repeats + right.repeats, left.together + right.together)
            return work + COMPARING * both.count * min(both.together, self._shape.nodes), both
        compared = [self._reading(found) for part, found in ((pair.left, left), (pair.right, right)) if not isinstance(part, Literal)]
        if len(compared) == 2:
            work += left.count * min(right.count, self._shape.nodes)
        return work + sum(compared), here

    def _reading(self, found: _Here) -> float:
        """The words of what was found. Those of an element are read once for every element around them."""
        if found.attributes:
            return READING * found.repeats * self._shape.attribute_characters
        characters = self._shape.characters
        return READING * min(found.count * characters, found.repeats * characters * (self._shape.deepest + 1))


def css_work(selector: str, shape: Shape) -> float:
    """Visits to nodes that finding all elements for a CSS selector takes at most.

    For each element the engine may try every choice of ancestors for the selector's parts before it gives up.
    """
    work = 0.0
    for one in _IN_BRACKETS.sub("", selector).split(","):
        combinators = Counter((found[1] or " ") for found in _COMBINATOR.finditer(one.strip()))
        chains = sum(count * comb(depth, min(combinators[" "], depth)) for depth, count in shape.depths.items())
        sideways = max(shape.widest, 1) ** combinators["~"] * max(shape.beside, 1.0) ** len(_COUNTING.findall(one))
        inside = one.count(":has")
        downward = (shape.deep + 1) * max(shape.deepest, 1) ** (inside - 1) if inside else 1.0
        work += max(chains, shape.nodes) * sideways * downward
    return work


def _merged(steps: Sequence[Step]) -> list[Step]:
    """*steps* with `descendant-or-self::node()/child::x`, which `//x` stands for, as one step: so libxml2 evaluates it."""
    found: list[Step] = []
    for step in steps:
        if step.axis == "child" and found and found[-1] == Step("descendant-or-self"):
            found[-1] = Step("descendant", step.predicates, step.name)
        else:
            found.append(step)
    return found
