"""The body: which blocks of a page are the article's text.

Comes in: a `Page` (its flat list of blocks), what the feed's entry said, and the fields that have their own place (headline,
standfirst, lead image). Goes out: a `Body`: clean structured HTML, its text, pictures with captions, notes, and a report line for
every block with the reasons. Never fetches, never looks at another page, never knows a site.

Read `find.py` for the order of things. `ground.py` measures the page, `spots.py` puts each block in its place, `signals/` asks the
questions, `weights.py` and `tokens.txt` say what the answers weigh, `choose.py` adds up; `wholes.py`, `tables.py`, `head.py`,
`foreign.py` and `quotes.py` overrule the odds where a block belongs to something larger. `figures.py`, `inline.py` and `writer.py`
make the HTML; `fallback.py` reads scripts' data when there is no text. Weights are learned by `benchmarks/train`.

Figures, hints off, as `benchmarks/train` judges the choice of blocks (share of `clean` pages / word F1): publishers held out from
learning: Fundus .759 / .979, Chinese pages .774 / .973 (31 pages), WCXB articles .946; pages learned from: .830 / .981, .839 / .978,
.948.
"""

from broadsheet.extraction.body.find import Body, find_body
from broadsheet.extraction.body.head import Head

__all__ = ["Body", "Head", "find_body"]
