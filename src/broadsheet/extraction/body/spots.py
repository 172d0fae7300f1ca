"""One block with its surroundings: what a signal looks at."""

from __future__ import annotations

import weakref
from collections import Counter

import msgspec

from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.phrases import SILENT, Phrasing, phrasing_of
from broadsheet.extraction.body.surroundings import HEADING_LEVELS, Setting, shape_of
from broadsheet.markup.blocks import Block, Box

PHRASE_MASS = 300
"""Phrases are looked for in lines of at most this many letters: a sentence of an article may mention a newsletter."""

FAR_LINK_MASS = 60
"""A line shorter than this that is nothing but a link, two boxes or more from the core, is not worth a hearing: menus, tags, teasers.

Of 9,600 such blocks on 144 news and Chinese pages (two in five of all blocks) 22 were text; of 25,000 on 790 blogs and guides 4 in
a hundred, most of them tables of contents.
"""

BYLINE_MASS = 80
"""A byline has at most this many letters."""

PREFIX = 10
"""Lines that share this many letters and digits at their beginning, three or more of them, are a series ("Read also: …")."""

TWIN_MASS = 8
"""Lines shorter than this are not compared."""


class Spot(msgspec.Struct, eq=False, weakref=True):
    """A text block where it stands. Counters are those before the block.

    Not frozen: neighbours are linked after the fact. A `Struct`, because one is made in a third of a dataclass's time.
    """

    ground: Ground
    block: Block
    text: str
    mass: int
    key: str  # its letters and digits
    box: Box  # the block's own
    outer: Box  # the box that groups it with its like: the list, table or section around it
    setting: Setting  # what it shares with lines in boxes of the same make
    heading: bool
    like: bool  # could be a sentence of an article
    linked: float  # share of its letters in links
    far: bool  # a short link far from the core, see FAR_LINK_MASS
    h1_seen: int  # headlines of level 1 so far
    likes_seen: int  # article-like blocks so far
    since_like: int  # blocks since the last article-like one
    said: Phrasing  # the phrases it holds
    before: Spot | None
    section: Spot | None  # the heading it stands under
    twins: int = 0  # blocks of the page that say the same
    series: int = 0  # blocks in the root that begin alike
    cards: int = 0  # boxes of the root with the classes of the outer one
    likes_left: int = 0  # article-like blocks still to come
    core_left: int = 0  # those of the core
    until_like: int = 0  # blocks until the next article-like one
    odds: float = 0.0  # the log-odds that its own signals give it
    _after: weakref.ref[Spot] | None = None  # weak: spots that held one another would be left to the garbage collector

    @property
    def after(self) -> Spot | None:
        """The next one."""
        return self._after() if self._after is not None else None

    @property
    def tags(self) -> frozenset[str]:
        """The tags of all boxes around it; `wide-` before a tag: the element holds WIDE_SHARE of the text."""
        return self.setting.tags

    @property
    def tokens(self) -> frozenset[str]:
        """The class words around it that are heard; none for what is far."""
        return frozenset() if self.far else self.ground.heard_in(self.setting)

    def hears(self, word: str) -> bool:
        """Whether *word*, if it is a class word around it, may speak for or against it."""
        return not self.far and word not in self.ground.wide

    @property
    def related(self) -> int:
        """Letters of the phrase of that kind which opens it."""
        return self.said.related


def spots_of(ground: Ground) -> list[Spot]:
    """A spot for every text block inside the root, in reading order."""
    boxes, keys, above, likes, setting_of = ground.flat.boxes, ground.keys, ground.above, ground.likes, ground.around.of
    spots: list[Spot] = []
    root = boxes[ground.root]
    h1_seen = seen = since = 0
    before: Spot | None = None
    section: Spot | None = None
    for block in ground.flat.blocks[root.first : root.last]:
        if block.kind != "text":
            continue
        box, mass, setting = boxes[block.box], block.mass, setting_of(block.box)
        heading = setting.heading < HEADING_LEVELS
        like = not heading and block.index in likes
        linked = block.link_mass / mass if mass else 0.0
        far = linked >= 0.98 and mass < FAR_LINK_MASS and above[block.box] >= 2
        outer = box
        for _ in range(setting.inner):  # to the list, table or section around it
            outer = boxes[outer.parent]
        # What stands in the box that groups the heading with what follows it stands under the heading.
        over = section if section is not None and section.outer.first <= block.index < section.outer.last else None
        said = SILENT if far or mass >= PHRASE_MASS else phrasing_of(block.text)
        key = "" if far else keys[block.index]
        spot = Spot(
            ground, block, block.text, mass, key, box, outer, setting, heading, like, linked, far, h1_seen, seen, since, said, before, over
        )  # fmt: skip
        if before is not None:
            before._after = weakref.ref(spot)
        if heading:
            section = spot
            h1_seen += box.tag == "h1"
        seen, since = seen + like, 0 if like else since + 1
        spots.append(spot)
        before = spot
    _count_back(spots)
    _count_alike(ground, spots)
    return spots


def _count_back(spots: list[Spot]) -> None:
    likes = core = until = 0
    for spot in reversed(spots):
        spot.likes_left, spot.core_left, spot.until_like = likes, core, until
        if spot.like:
            likes, until = likes + 1, 0
            core += spot.ground.above[spot.block.box] == 0
        else:
            until += 1


def _count_alike(ground: Ground, spots: list[Spot]) -> None:
    """How often the page says the same, begins alike, or repeats the box around."""
    texts = Counter([block.text for block in ground.flat.blocks if block.mass >= TWIN_MASS])
    heard = [spot for spot in spots if not spot.far]  # nobody asks this about the others: half of all
    unlike = [spot for spot in heard if not spot.like]
    starts = Counter([spot.key[:PREFIX] for spot in unlike if len(spot.key) > PREFIX])
    root = ground.root
    outers = {spot.outer.index: spot.outer for spot in spots}
    shapes = {index: shape_of(outer) for index, outer in outers.items() if index > root}
    cards = Counter(shapes.values())
    for spot in heard:
        if spot.mass >= TWIN_MASS:
            spot.twins = texts[spot.text] - 1
        if spot.outer.tokens and spot.outer.index in shapes:
            spot.cards = cards[shapes[spot.outer.index]]
    for spot in unlike:
        if spot.key:
            spot.series = starts[spot.key[:PREFIX]]
