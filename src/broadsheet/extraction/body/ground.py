"""The page measured: how much text each box holds, which box is the core, what the page says of itself.

Made once a page and read by every signal. Nothing here decides; it counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from broadsheet.extraction.body.core import core_and_root, distances, path_of
from broadsheet.extraction.body.genre import calls_itself_news
from broadsheet.extraction.body.sums import MAX_LOOKUP, Keys, Sums
from broadsheet.extraction.body.surroundings import Make, Setting, Surroundings, shape_of
from broadsheet.markup.blocks import Block, BlockList, Box
from broadsheet.markup.page import Page
from broadsheet.model import Hints
from broadsheet.text.plain import comparison_key

LIKE_MASS = 60
"""A text this heavy (60 letters, 20 Han characters) can be a sentence of an article."""

LIKE_LINKED = 0.4
"""…unless more of it than this stands in links."""

FORM_LEVELS = 3

MAX_IN_H1, MIN_H1_MASS = 6, 8

WIDE_SHARE = 0.3
"""A box with this share of the page's article-like text is judged by its blocks, not by its class name (clean .60 → .655 in a probe)."""

LEAD_BEGINS = 12
"""Shorter teasers, and lines, are not compared; longer ones first by as many letters."""

_MARKED = ("h1", "form", "button")


@dataclass(slots=True, eq=False)
class Ground:
    """A page's blocks with their sums. Indices are those of the block list."""

    flat: BlockList
    mass: Sums  # per box: text
    link_mass: Sums  # per box: text in links
    like: Sums  # per box: article-like text
    likes: frozenset[int]  # indices of the blocks that could be a sentence of an article
    images: Sequence[int]  # running count of pictures among the blocks, one more than there are blocks
    texts: Sequence[int]  # and of texts
    players: Sequence[int]  # and of players and foreign frames
    core: int  # the box with the most article-like text of its own
    root: int  # the box that holds the article, with whatever else is in it
    around: Surroundings  # per box: its tag, class words, and those of the boxes around it
    above: Sequence[int]  # per box: how far the core must climb to reach it, or the lowest box that holds both
    below: Sequence[int]  # per box: how far below that box it lies
    much: float  # article-like text that makes a box wide: WIDE_SHARE of the page's
    wide: frozenset[str]  # class words that are not heard
    shape: str  # tag and classes of the boxes that hold most article-like text
    make: Make | None  # the make of the boxes that hold most of it, outside of discussions
    buttons: frozenset[int]  # boxes that hold a button, up to FORM_LEVELS above it
    forms: frozenset[int]  # boxes that hold a form, up to FORM_LEVELS above it
    h1: int  # index of the block that shows the headline, -1 if none does
    keys: Keys  # per block: its letters and digits
    title_keys: frozenset[str]
    lead_keys: tuple[str, ...]  # descriptions and teasers
    lead_beginnings: frozenset[str]  # the first LEAD_BEGINS letters of each
    body_key: str  # JSON-LD's articleBody, "" if absent or short
    news: bool  # the page calls itself news
    heard: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)  # class words, and those of them that are heard

    def key(self, index: int) -> str:
        """The letters and digits of a block."""
        return self.keys[index]

    @property
    def all_keys(self) -> str:
        """Those of all blocks that hold more than a few words, a line each."""
        return self.keys.joined

    def tags(self, box: int) -> frozenset[str]:
        """The tags of *box* and all boxes around it; `wide-` before a tag: the element holds WIDE_SHARE of the text."""
        return self.around.of(box).tags

    def words(self, box: int) -> frozenset[str]:
        """The class words around *box* that may speak for or against it; see `heard_in`."""
        return self.heard_in(self.around.of(box))

    def heard_in(self, setting: Setting) -> frozenset[str]:
        """The class words of *setting* that may speak for or against it.

        A word is heard only if the boxes that bear it hold together less than WIDE_SHARE of the article-like text: a template
        that wraps every paragraph in `class="box"` says nothing by it.
        """
        words = setting.words
        heard = self.heard.get(words)
        if heard is None:
            heard = self.heard[words] = words - self.wide
        return heard

    def narrow(self, box: int) -> bool:
        """Whether a bad name may condemn *box*: it holds little of the page's article-like text."""
        return self.like[box] < self.much


def is_like(block: Block) -> bool:
    """Whether *block* could be a sentence of an article."""
    return block.mass >= LIKE_MASS and block.link_mass < LIKE_LINKED * block.mass


def survey(page: Page, flat: BlockList, hints: Hints | None) -> Ground:
    """Measure *page*. One pass over the blocks and one over the boxes; what a box holds is added up when it is asked for."""
    blocks, boxes = flat.blocks, flat.boxes
    kinds = [block.kind for block in blocks]
    likes = [block for block in blocks if block.mass >= LIKE_MASS and is_like(block)]
    like = Sums(boxes, _only(likes, len(blocks)))
    keys, titles, leads = Keys(blocks), title_keys(page, hints), _lead_keys(page, hints)
    marked = _marked(boxes)
    h1 = _headline_block(blocks, marked["h1"], keys, titles)
    core, root = core_and_root(boxes, likes, like, h1)
    path = path_of(boxes, core)
    above, below = distances(boxes, path)
    much = WIDE_SHARE * max(like.total, 1)
    around = Surroundings(boxes, path, like, much)
    return Ground(
        flat=flat,
        mass=Sums(boxes, [block.mass for block in blocks]),
        link_mass=Sums(boxes, [block.link_mass for block in blocks]),
        like=like,
        likes=frozenset([block.index for block in likes]),
        images=_running(kinds, "image"),
        texts=_running(kinds, "text"),
        players=_running(kinds, "embed"),
        core=core,
        root=root,
        around=around,
        above=above,
        below=below,
        much=much,
        wide=_wide_words(likes, around, much),
        shape=_shape(boxes, likes),
        make=_make(likes, around),
        buttons=_above(boxes, marked["button"]),
        forms=_above(boxes, marked["form"]),
        h1=h1,
        keys=keys,
        title_keys=titles,
        lead_keys=leads,
        lead_beginnings=frozenset([lead[:LEAD_BEGINS] for lead in leads]),
        body_key=_body_key(page, len(blocks)),
        news=calls_itself_news(page),
    )


def _only(likes: Sequence[Block], count: int) -> list[int]:
    """The masses of article-like blocks, 0 for all others."""
    masses = [0] * count
    for block in likes:
        masses[block.index] = block.mass
    return masses


def _marked(boxes: Sequence[Box]) -> Mapping[str, list[Box]]:
    """The boxes of each tag in _MARKED."""
    found: dict[str, list[Box]] = {tag: [] for tag in _MARKED}
    for box in boxes:
        if box.tag in found:
            found[box.tag].append(box)
    return found


def _wide_words(likes: Sequence[Block], around: Surroundings, limit: float) -> frozenset[str]:
    """The class words whose boxes hold together at least *limit* of article-like text."""
    masses: Counter[frozenset[str]] = Counter()
    for block in likes:
        masses[around.of(block.box).words] += block.mass
    words: Counter[str] = Counter()
    for bearing, mass in masses.items():
        for word in bearing:
            words[word] += mass
    return frozenset(word for word, mass in words.items() if mass >= limit)


def _above(boxes: Sequence[Box], marked: Sequence[Box]) -> frozenset[int]:
    """*marked* boxes, and those up to FORM_LEVELS above them."""
    found: set[int] = set()
    for box in marked:
        at = box.index
        for _ in range(FORM_LEVELS):
            found.add(at)
            at = max(boxes[at].parent, 0)
    return frozenset(found)


def _running(kinds: Sequence[str], kind: str) -> list[int]:
    """How many blocks of *kind* stand before each block. *kinds* has one a block."""
    if kind not in kinds:  # half of the news pages at hand have no player
        return [0] * (len(kinds) + 1)
    return list(accumulate([one == kind for one in kinds], initial=0))


def _shape(boxes: Sequence[Box], likes: Sequence[Block]) -> str:
    """Tag and classes of the boxes that hold most of the article-like text."""
    heavy: Counter[str] = Counter()
    for block in likes:
        heavy[shape_of(boxes[block.box])] += block.mass
    return heavy.most_common(1)[0][0] if heavy else ""


def _make(likes: Sequence[Block], around: Surroundings) -> Make | None:
    """The make of the boxes that hold most of the article-like text; None if there is no such text."""
    heavy: Counter[Make] = Counter()
    for block in likes:
        setting = around.of(block.box)
        if not setting.discussed:
            heavy[setting.make] += block.mass
    return heavy.most_common(1)[0][0] if heavy else None


def title_keys(page: Page, hints: Hints | None) -> frozenset[str]:
    """Every headline the page, its head and its feed entry state."""
    stated: list[str | None] = [page.first_meta("og:title"), page.first_meta("twitter:title"), page.title, hints.title if hints else None]
    stated += [text for item in page.json_ld if isinstance(text := item.get("headline"), str)]
    return frozenset(key for text in stated if text and len(key := comparison_key(text)) >= 4)


def _lead_keys(page: Page, hints: Hints | None) -> tuple[str, ...]:
    stated = [page.first_meta("og:description"), page.first_meta("description"), hints.summary if hints else None]
    stated += [text for item in page.json_ld if isinstance(text := item.get("description"), str)]
    return tuple(dict.fromkeys(key for text in stated if text and len(key := comparison_key(text)) >= LEAD_BEGINS))


def _body_key(page: Page, count: int) -> str:
    """The longest articleBody, unless looking *count* blocks up in it would cost more than MAX_LOOKUP."""
    stated = max(article_bodies(page), key=len, default="")
    return comparison_key(stated) if len(stated) * count <= MAX_LOOKUP else ""


def article_bodies(page: Page) -> Iterable[str]:
    """Every articleBody that the page's JSON-LD states."""
    return (text for item in page.json_ld if isinstance(text := item.get("articleBody"), str))


def _headline_block(blocks: Sequence[Block], heads: Sequence[Box], keys: Keys, titles: frozenset[str]) -> int:
    """The block that shows the headline: in an h1 and stated elsewhere, else any such block, else the first h1; -1 if none."""
    first = -1
    for box in heads:
        for block in blocks[box.first : min(box.last, box.first + MAX_IN_H1)]:
            if block.mass and _says(keys[block.index], titles):
                return block.index
            if first < 0 and block.mass >= MIN_H1_MASS:
                first = block.index
    longest = 2 * max(map(len, titles), default=0)
    stated = (b.index for b in blocks if 4 <= b.mass <= longest and b.link_mass < b.mass / 2 and _says(keys[b.index], titles))
    return next(stated, first)


def _says(key: str, titles: frozenset[str]) -> bool:
    """Whether a block with this *key* is a stated headline, or the beginning of one."""
    return key in titles or (len(key) >= 15 and any(title.startswith(key) for title in titles))
