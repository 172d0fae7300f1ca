"""The page measured: how much text each box holds, which box is the core, what the page says of itself.

Made once a page and read by every signal. Nothing here decides; it counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice, takewhile

from broadsheet.extraction.body.surroundings import Surroundings
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.markup.blocks import Block, BlockList, Box
from broadsheet.markup.page import Page
from broadsheet.model import Hints
from broadsheet.text.plain import comparison_key

LIKE_MASS = 60
"""A text this heavy (60 letters, 20 Han characters) can be a sentence of an article."""

LIKE_LINKED = 0.4
"""…unless more of it than this stands in links."""

CLIMB = 1.08
"""The root climbs while the parent holds 8 % more article-like text: bodies are split into containers by boxes and advertisements."""

GROW = 2.0
"""Some templates put every few paragraphs in a box of their own: the core grows over them if that doubles its text."""

GROW_LEVELS = 4

FORM_LEVELS = 3

MAX_IN_H1, MIN_H1_MASS = 6, 8

JOINED_MASS = 20  # lighter blocks are not searched for repeated words

MAX_LOOKUP = 200_000_000  # letters of articleBody times blocks; the most on 937 pages is 31 million

WIDE_SHARE = 0.3
"""A box with this share of the page's article-like text is judged by its blocks, not by its class name (clean .60 → .655 in a probe)."""

_DISCUSSION = frozenset(("comments", "commentlist", "comment", "disqus", "kommentare", "commentaires", "comentarios"))

_LEAVES = frozenset(("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "th", "tr", "tbody"))


@dataclass(slots=True, eq=False)
class Ground:
    """A page's blocks with their sums. Indices are those of the block list."""

    flat: BlockList
    mass: Sequence[int]  # per box: text
    link_mass: Sequence[int]  # per box: text in links
    like: Sequence[int]  # per box: article-like text
    total_like: int
    images: Sequence[int]  # running count of pictures among the blocks, one more than there are blocks
    texts: Sequence[int]  # and of texts
    core: int  # the box with the most article-like text of its own
    root: int  # the box that holds the article, with whatever else is in it
    above: Sequence[int]  # per box: how far the core must climb to reach it, or the lowest box that holds both
    below: Sequence[int]  # per box: how far below that box it lies
    around: Surroundings  # per box: class words, heard or not (see `words`), and tags of it and its ancestors
    wide: frozenset[str]  # class words that are not heard
    shape: str  # tag and classes of the boxes that hold most article-like text
    discussion: Sequence[bool]  # per box: inside a section of readers' comments, whatever share of the page that has
    forms: frozenset[int]  # boxes that hold a form, up to FORM_LEVELS above it
    h1: int  # index of the block that shows the headline, -1 if none does
    keys: list[str | None]  # per block: its letters and digits, once they were asked for; see `key`
    title_keys: frozenset[str]
    lead_keys: tuple[str, ...]  # descriptions and teasers
    body_key: str  # JSON-LD's articleBody, "" if absent or short
    joined: str | None = None
    heard: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)  # class words, and those of them that are heard
    odds: dict[frozenset[str], float] = field(default_factory=dict)  # class words that are heard, and what they weigh together

    def key(self, index: int) -> str:
        """The letters and digits of a block."""
        key = self.keys[index]
        if key is None:
            key = self.keys[index] = comparison_key(self.flat.blocks[index].text)
        return key

    @property
    def all_keys(self) -> str:
        """The letters and digits of all blocks that hold more than a few words, a line each."""
        if self.joined is None:
            keys = (self.key(block.index) for block in self.flat.blocks if block.mass >= JOINED_MASS)
            self.joined = "\n".join(keys)[: MAX_LOOKUP // (len(self.keys) + 1)]
        return self.joined

    def words(self, box: int) -> frozenset[str]:
        """The class words around *box* that may speak for or against it.

        A word is heard only if the boxes that bear it hold together less than WIDE_SHARE of the article-like text: a template
        that wraps every paragraph in `class="box"` says nothing by it.
        """
        words = self.around.of(box).words
        heard = self.heard.get(words)
        if heard is None:
            heard = self.heard[words] = words - self.wide
        return heard

    def named_odds(self, words: frozenset[str], weights: Mapping[str, float]) -> float:
        """What class words weigh together; boxes side by side have the same ones."""
        odds = self.odds.get(words)
        if odds is None:
            odds = self.odds[words] = math.fsum(weights.get(word, 0.0) for word in words)
        return odds

    def tags(self, box: int) -> frozenset[str]:
        """The tags of *box* and all boxes around it; `wide-` before a tag: the element holds WIDE_SHARE of the text."""
        return self.around.of(box).tags

    def narrow(self, box: int) -> bool:
        """Whether a bad name may condemn *box*: it holds little of the page's article-like text."""
        return self.like[box] < WIDE_SHARE * max(self.total_like, 1)


def is_like(block: Block) -> bool:
    """Whether *block* could be a sentence of an article."""
    return block.mass >= LIKE_MASS and block.link_mass < LIKE_LINKED * block.mass


def survey(page: Page, blocks: BlockList, hints: Hints | None) -> Ground:
    """Measure *page*."""
    mass, link_mass, like, own = _sums(blocks)
    total = like[0] if like else 0
    wide = WIDE_SHARE * max(total, 1)
    around = Surroundings(blocks.boxes, [mass >= wide for mass in like])
    titles = title_keys(page, hints)
    h1 = _headline_block(blocks, titles)
    core = _core(blocks, own, h1)
    root = _up_to_headline(blocks.boxes, _climb(blocks.boxes, like, core), h1)
    core = _grow(blocks.boxes, like, core)
    above, below = _distances(blocks.boxes, core)
    return Ground(
        flat=blocks,
        mass=mass,
        link_mass=link_mass,
        like=like,
        total_like=total,
        images=_running(blocks, "image"),
        texts=_running(blocks, "text"),
        core=core,
        root=root,
        above=above,
        below=below,
        around=around,
        wide=_wide_words(blocks, around, wide),
        shape=_shape(blocks),
        discussion=_within_discussion(blocks.boxes, core),
        forms=_around_forms(blocks.boxes),
        h1=h1,
        keys=[None] * len(blocks.blocks),
        title_keys=titles,
        lead_keys=_lead_keys(page, hints),
        body_key=_body_key(page, len(blocks.blocks)),
    )


def _sums(blocks: BlockList) -> tuple[list[int], list[int], list[int], list[float]]:
    """Per box: text, linked text, article-like text, and the article-like text it carries itself (half of it lent to its parent)."""
    boxes = blocks.boxes
    mass, link_mass, like, own = ([0] * len(boxes), [0] * len(boxes), [0] * len(boxes), [0.0] * len(boxes))
    for block in blocks.blocks:
        mass[block.box] += block.mass
        link_mass[block.box] += block.link_mass
        if is_like(block):
            like[block.box] += block.mass
            at = block.box
            while boxes[at].tag in _LEAVES and boxes[at].parent >= 0:
                at = boxes[at].parent
            own[at] += block.mass
            if boxes[at].parent >= 0:
                own[boxes[at].parent] += block.mass / 2
    for box in reversed(boxes):
        if box.parent >= 0:
            mass[box.parent] += mass[box.index]
            link_mass[box.parent] += link_mass[box.index]
            like[box.parent] += like[box.index]
    return mass, link_mass, like, own


def _wide_words(blocks: BlockList, around: Surroundings, limit: float) -> frozenset[str]:
    """The class words whose boxes hold together at least *limit* of article-like text."""
    masses: Counter[frozenset[str]] = Counter()
    for block in blocks.blocks:
        if is_like(block):
            masses[around.of(block.box).words] += block.mass
    words: Counter[str] = Counter()
    for bearing, mass in masses.items():
        for word in bearing:
            words[word] += mass
    return frozenset(word for word, mass in words.items() if mass >= limit)


def _core(blocks: BlockList, own: Sequence[float], h1: int) -> int:
    """The box with the most article-like text of its own.

    One that ends after the headline is preferred by half; a comment section, which may be longer than the article, counts a fifth.
    """
    best, best_mass = 0, -1.0
    discussion = [False] * len(blocks.boxes)
    for box in blocks.boxes:
        at = box.index
        discussion[at] = (box.parent >= 0 and discussion[box.parent]) or (bool(box.tokens) and not _DISCUSSION.isdisjoint(tokens_of(box.tokens)))
        mass = own[at] * (1.5 if h1 >= 0 and box.last > h1 else 1.0) * (0.2 if discussion[at] and box.tag != "body" else 1.0)
        if mass > best_mass:
            best, best_mass = at, mass
    return best


def _within_discussion(boxes: Sequence[Box], core: int) -> list[bool]:
    """Per box: whether it or a box around it is named for readers' comments. What holds the core (`class="comments-open"`) does not count."""
    around, at = set(), core
    while at >= 0:
        around.add(at)
        at = boxes[at].parent
    inside = [False] * len(boxes)
    for box in boxes:
        named = bool(box.tokens) and box.index not in around and not _DISCUSSION.isdisjoint(tokens_of(box.tokens))
        inside[box.index] = named or (box.parent >= 0 and inside[box.parent])
    return inside


def _climb(boxes: Sequence[Box], like: Sequence[int], core: int) -> int:
    """The core, or the highest ancestor to which every step, or several together, adds article-like text."""
    top = at = core
    while (at := boxes[at].parent) >= 0:
        if like[at] >= CLIMB * like[top]:
            top = at
    return top


def _up_to_headline(boxes: Sequence[Box], root: int, h1: int) -> int:
    """The lowest box that holds the root and the headline's block; the root itself if only the whole page does.

    What stands between headline and text (the standfirst), and what stands after the text in the same frame (who contributed, who
    translated), is then looked at too.
    """
    at = root
    while h1 >= 0 and at > 0 and not boxes[at].first <= h1 < boxes[at].last:
        at = boxes[at].parent
    return at if at > 0 else root


def _grow(boxes: Sequence[Box], like: Sequence[int], core: int) -> int:
    """The core, or the box a few levels up that holds more boxes of its template, with at least GROW times its text in all."""
    shape, at = shape_of(boxes[core]), core
    for _ in range(GROW_LEVELS if boxes[core].tokens else 0):
        at = boxes[at].parent
        if at < 0:
            break
        inside = takewhile(lambda box, top=boxes[at]: box.depth > top.depth, islice(boxes, at + 1, None))  # type: ignore[misc]
        if sum(like[box.index] for box in inside if shape_of(box) == shape) >= GROW * like[core]:
            return at
    return core


def _around_forms(boxes: Sequence[Box]) -> frozenset[int]:
    found: set[int] = set()
    for box in boxes:
        if box.tag == "form":
            at = box.index
            for _ in range(FORM_LEVELS):
                found.add(at)
                at = max(boxes[at].parent, 0)
    return frozenset(found)


def _running(blocks: BlockList, kind: str) -> list[int]:
    """How many blocks of *kind* stand before each block."""
    return [0, *accumulate(int(block.kind == kind) for block in blocks.blocks)]


def _distances(boxes: Sequence[Box], core: int) -> tuple[list[int], list[int]]:
    """Per box: steps from the core up to the lowest common box, and from there down to it."""
    climb: dict[int, int] = {}
    at, steps = core, 0
    while at >= 0:
        climb[at] = steps
        at, steps = boxes[at].parent, steps + 1
    above, below = [0] * len(boxes), [0] * len(boxes)
    for box in boxes:
        if box.index in climb:
            above[box.index] = climb[box.index]
        else:
            above[box.index], below[box.index] = above[box.parent], below[box.parent] + 1
    return above, below


def _shape(blocks: BlockList) -> str:
    """Tag and classes of the boxes that hold most of the article-like text."""
    heavy: Counter[str] = Counter()
    for block in blocks.blocks:
        if is_like(block):
            heavy[shape_of(blocks.boxes[block.box])] += block.mass
    return heavy.most_common(1)[0][0] if heavy else ""


def shape_of(box: Box) -> str:
    """Tag and classes: what boxes of one template have in common."""
    return f"{box.tag} {box.tokens}"


def title_keys(page: Page, hints: Hints | None) -> frozenset[str]:
    """Every headline the page, its head and its feed entry state."""
    stated: list[str | None] = [page.first_meta("og:title"), page.first_meta("twitter:title"), page.title, hints.title if hints else None]
    stated += [text for item in page.json_ld if isinstance(text := item.get("headline"), str)]
    return frozenset(key for text in stated if text and len(key := comparison_key(text)) >= 4)


def _lead_keys(page: Page, hints: Hints | None) -> tuple[str, ...]:
    stated = [page.first_meta("og:description"), page.first_meta("description"), hints.summary if hints else None]
    stated += [text for item in page.json_ld if isinstance(text := item.get("description"), str)]
    return tuple(dict.fromkeys(key for text in stated if text and len(key := comparison_key(text)) >= 12))


def _body_key(page: Page, count: int) -> str:
    """The longest articleBody, unless looking *count* blocks up in it would cost more than MAX_LOOKUP."""
    stated = max(article_bodies(page), key=len, default="")
    return comparison_key(stated) if len(stated) * count <= MAX_LOOKUP else ""


def article_bodies(page: Page) -> Iterable[str]:
    """Every articleBody that the page's JSON-LD states."""
    return (text for item in page.json_ld if isinstance(text := item.get("articleBody"), str))


def _headline_block(blocks: BlockList, titles: frozenset[str]) -> int:
    """The block that shows the headline: in an h1 and stated elsewhere, else any such block, else the first h1; -1 if none."""
    first = -1
    for box in blocks.boxes:
        if box.tag != "h1":
            continue
        for block in blocks.blocks[box.first : min(box.last, box.first + MAX_IN_H1)]:
            if block.mass and _says(block, titles):
                return block.index
            if first < 0 and block.mass >= MIN_H1_MASS:
                first = block.index
    longest = 2 * max(map(len, titles), default=0)
    stated = (b.index for b in blocks.blocks if 4 <= b.mass <= longest and b.link_mass < b.mass / 2 and _says(b, titles))
    return next(stated, first)


def _says(block: Block, titles: frozenset[str]) -> bool:
    """Whether *block* is a stated headline, or the beginning of one."""
    key = comparison_key(block.text)
    return key in titles or (len(key) >= 15 and any(title.startswith(key) for title in titles))
