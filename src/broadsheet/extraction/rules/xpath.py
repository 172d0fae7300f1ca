"""XPath 1.0 read as a tree of its steps: to refuse what is malformed before it meets a page, and to tell what it costs on one.

lxml evaluates; this only reads (W3C XPath 1.0, sections 2 to 3.7). Two differences from the language as lxml has it: variables and
functions beyond XPath's own are refused, and a name with a prefix, which in HTML is part of the name (`fb:like`), is rewritten so that
it is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_LENGTH = 4_000
"""Characters of one expression; the longest of 8,019 in the community's collection has some hundreds."""

MAX_NESTING = 30
"""Brackets within brackets. libxml2 gives up far beyond that."""

MAX_OPERATORS = 200
"""Signs such as `or` and `|` in one expression."""

AXES = frozenset(
    "ancestor ancestor-or-self attribute child descendant descendant-or-self following following-sibling namespace parent preceding"
    " preceding-sibling self".split()
)
FUNCTIONS = frozenset(
    "last position count id local-name namespace-uri name string concat starts-with contains substring-before substring-after substring"
    " string-length normalize-space translate boolean not true false lang number sum floor ceiling round".split()
)
_NODE_TYPES = frozenset(("comment", "text", "node", "processing-instruction"))

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:(?P<literal>"[^"]*"|'[^']*')|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<sign>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*])"""
    rf"|(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?))"
)
_NAMED_OPERATORS = frozenset(("and", "or", "div", "mod"))
_BINDS = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "div": 6, "mod": 6, "*": 6, "|": 8,
}  # fmt: skip
_MINUS_BINDS = 7
_NO_OPERATOR_AFTER = frozenset(("", "(", "[", ",", "@", "::", "/", "//", *_BINDS))


class Malformed(Exception):
    """The expression is none we can follow; the message says why, in words that come after it. Readers of rules make a RuleError of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. *name* is the element or attribute it must be, "" where that is open."""

    axis: str
    predicates: tuple[Part, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the document's root, from the present node, or from what *start* gives."""

    steps: tuple[Step, ...]
    absolute: bool = False
    start: Part | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given."""

    name: str
    arguments: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parts and what stands between them."""

    operator: str
    left: Part
    right: Part


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or number of so many characters."""

    length: int


Part = Path | Call | Pair | Literal


@dataclass(frozen=True, slots=True)
class XPath:
    """An expression that was read: its parts, and the words for lxml to evaluate."""

    whole: Part
    words: str


@lru_cache(maxsize=4096)
def read_xpath(expression: str) -> XPath:
    """The parts of *expression*. Raises Malformed."""
    if len(expression) > MAX_LENGTH:
        raise Malformed(f"has more than {MAX_LENGTH} characters")
    reader = _Reader(expression)
    whole = reader.read_whole()
    return XPath(whole, reader.rewritten())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def _tokens(expression: str) -> list[_Token]:
    found, at, before = [], 0, ""
    while expression[at:].strip():
        match = _TOKEN.match(expression, at)
        if match is None or match.lastgroup is None:
            raise Malformed(f"cannot be read from {expression[at:].strip()[:20]!r} on")
        kind, text = match.lastgroup, match[match.lastgroup]
        operator = text in _BINDS and before not in _NO_OPERATOR_AFTER
        if kind == "name" and text in _NAMED_OPERATORS and operator:
            kind = "sign"
        elif text == "*" and not operator:
            kind = "name"
        found.append(_Token(kind, text, match.start(match.lastgroup), match.end()))
        before = text if kind == "sign" else "a value"
        at = match.end()
    return found


class _Reader:
    """Reads one expression from left to right, by recursive descent."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens = _tokens(expression)
        self._at = 0
        self._depth = self._operators = 0
        self._edits: list[tuple[int, int, str]] = []

    def read_whole(self) -> Part:
        whole = self._expr(0)
        if self._at < len(self._tokens):
            raise Malformed(f"cannot be read from {self._tokens[self._at].text!r} on")
        return whole

    def rewritten(self) -> str:
        words = self._expression
        for start, end, new in reversed(self._edits):
            words = words[:start] + new + words[end:]
        return words

    def _peek(self, ahead: int = 0) -> _Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _Token("end", "", 0, 0)

    def _take(self, text: str) -> None:
        if not self._is_sign(text):
            raise Malformed(f"lacks a {text!r}" + (f" before {self._peek().text!r}" if self._peek().text else " at its end"))
        self._at += 1

    def _is_sign(self, *texts: str) -> bool:
        token = self._peek()
        return token.kind == "sign" and token.text in texts

    def _expr(self, binds: int) -> Part:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise Malformed(f"is nested more than {MAX_NESTING} levels deep")
        left = self._minus_or_path()
        while self._peek().kind == "sign" and _BINDS.get(self._peek().text, 0) > binds:
            operator = self._peek().text
            self._at += 1
            self._operators += 1
            if self._operators > MAX_OPERATORS:
                raise Malformed(f"has more than {MAX_OPERATORS} operators")
            left = Pair(operator, left, self._expr(_BINDS[operator]))
        self._depth -= 1
        return left

    def _minus_or_path(self) -> Part:
        if self._is_sign("-"):
            self._at += 1
            return self._expr(_MINUS_BINDS)
        return self._path()

    def _path(self) -> Part:
        absolute = self._is_sign("/", "//")
        start = None if absolute or self._opens_step() else self._primary()
        steps: list[Step] = []
        if start is not None and self._is_sign("["):
            steps.append(Step("self", self._predicates()))
        if absolute and self._is_sign("/"):
            self._at += 1
            if self._opens_step():
                steps.append(self._step())
        elif start is None and not absolute:
            steps.append(self._step())
        while self._is_sign("/", "//"):
            deep = self._is_sign("//")
            self._at += 1
            step = self._step()
            if deep:
                steps.append(Step("descendant-or-self"))
            steps.append(step)
        return start if start is not None and not steps else Path(tuple(steps), absolute, start)

    def _opens_step(self) -> bool:
        token = self._peek()
        if token.kind == "sign":
            return token.text in (".", "..", "@")
        following = self._peek(1)
        calls = following.kind == "sign" and following.text == "("
        return token.kind == "name" and (not calls or token.text in _NODE_TYPES)

    def _step(self) -> Step:
        if self._is_sign(".", ".."):
            self._at += 1
            axis = "self" if self._tokens[self._at - 1].text == "." else "parent"
            return Step(axis, self._predicates())
        axis = "child"
        if self._is_sign("@"):
            self._at += 1
            axis = "attribute"
        elif self._peek(1).text == "::" and self._peek(1).kind == "sign":
            axis = self._peek().text
            if axis not in AXES:
                raise Malformed(f"knows no axis {axis!r}")
            self._at += 2
        name = self._node_test()
        return Step(axis, self._predicates(), name)

    def _node_test(self) -> str:
        """The name that a node must have, "" if any will do."""
        token = self._peek()
        if token.kind != "name":
            raise Malformed(f"lacks a name before {token.text!r}" if token.text else "ends where a name should follow")
        self._at += 1
        if self._is_sign("("):
            if token.text not in _NODE_TYPES:
                raise Malformed(f"calls {token.text}() within a path")
            self._at += 1
            if self._peek().kind == "literal":
                self._at += 1
            self._take(")")
            return ""
        if ":" in token.text:
            # In HTML the prefix is a part of the name, and no namespace is declared for it.
            self._edits.append((token.start, token.end, f"*[name()='{token.text}']"))
        return "" if token.text == "*" or ":" in token.text else token.text

    def _predicates(self) -> tuple[Part, ...]:
        found = []
        while self._is_sign("["):
            self._at += 1
            found.append(self._expr(0))
            self._take("]")
        return tuple(found)

    def _primary(self) -> Part:
        token = self._peek()
        if token.kind in ("literal", "number"):
            self._at += 1
            return Literal(len(token.text))
        if self._is_sign("("):
            self._at += 1
            inner = self._expr(0)
            self._take(")")
            return inner
        if token.kind == "name":
            return self._call(token)
        raise Malformed(f"cannot be read from {token.text!r} on" if token.text else "ends too early")

    def _call(self, token: _Token) -> Call:
        if token.text not in FUNCTIONS:
            raise Malformed(f"calls {token.text}(), which is no function of XPath 1.0")
        self._at += 1
        self._take("(")
        arguments: list[Part] = []
        while not self._is_sign(")"):
            arguments.append(self._expr(0))
            if not self._is_sign(")"):
                self._take(",")
        self._take(")")
        return Call(token.text, tuple(arguments))
