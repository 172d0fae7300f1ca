"""What an article's HTML may consist of: elements, attributes, classes, and the names that others' elements get.

The lists are closed: what is not named here does not reach a reader. `sanitize` enforces them.
"""

from __future__ import annotations

from collections.abc import Mapping

INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rb rp rt rtc ruby s samp small span strong sub sup time u var wbr".split()
)
CELLS = frozenset("td th caption col colgroup".split())  # empty ones hold a table in shape
MEDIA = frozenset("img audio video".split())
BLOCKS = (
    frozenset(
        "p div h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr figure figcaption aside hr picture source "
        "audio video details summary".split()
    )
    | CELLS
)
MATHS = frozenset("math mi mn mo ms mtext mspace mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd".split())
"""MathML's presentation elements (MathML Core, section 3). None of them switches the tokenizer or holds HTML in our output: text and
attributes are escaped, so that a parser which disagrees on name spaces still finds no tag that is not in these lists."""

ELEMENTS = INLINE | BLOCKS | MATHS

# Elements that mean nothing to us but keep words apart, or have a plainer name. Without this, unwrapping would glue
# "…end.</section><section>Next" into one word. The page's own h1 is the headline, so a body starts at h2.
RENAMED: Mapping[str, str] = {
    **dict.fromkeys("address article body center dir fieldset footer form header hgroup legend main menu nav noindex search section".split(), "div"),
    "h1": "h2",
    "acronym": "abbr",
    "font": "span",
    "strike": "s",
    "tt": "code",
}

# Their content is no text of the article, or is read by other rules than HTML's (raw text, foreign name spaces): gone with it.
DROPPED_WHOLE = frozenset(
    "script style template noscript noembed noframes iframe frame frameset object applet svg annotation annotation-xml textarea select button "
    "title head xmp plaintext dialog canvas portal fencedframe".split()
)

CLASSES = frozenset(
    "answer byline caption correction credit embed factbox footnotes gallery ingredients math note notes post poster pullquote question recipe "
    "standfirst steps when".split()
)

EVERYWHERE = frozenset(("lang", "dir"))
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset(("href", "hreflang", "id")),
    "abbr": frozenset(("title",)),
    "aside": frozenset(("class",)),
    "audio": frozenset(("src", "controls")),
    "blockquote": frozenset(("cite", "class")),
    "code": frozenset(("class",)),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "del": frozenset(("cite", "datetime")),
    "details": frozenset(("class",)),
    "dfn": frozenset(("title",)),
    "div": frozenset(("class",)),
    "figure": frozenset(("class",)),
    "img": frozenset(("src", "srcset", "sizes", "alt", "width", "height", "class")),
    "ins": frozenset(("cite", "datetime")),
    "li": frozenset(("value", "id")),
    "math": frozenset(("display", "alttext")),
    "mfrac": frozenset(("linethickness",)),
    "mi": frozenset(("mathvariant",)),
    "mo": frozenset(("stretchy",)),
    "mover": frozenset(("accent",)),
    "munder": frozenset(("accentunder",)),
    "ol": frozenset(("start", "reversed", "type", "class")),
    "p": frozenset(("class", "id")),
    "q": frozenset(("cite",)),
    "source": frozenset(("src", "srcset", "sizes", "type", "media")),
    "td": frozenset(("colspan", "rowspan")),
    "th": frozenset(("colspan", "rowspan", "scope")),
    "time": frozenset(("datetime",)),
    "ul": frozenset(("class",)),
    "video": frozenset(("src", "poster", "controls", "width", "height")),
}
