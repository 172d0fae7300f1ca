"""The body: which blocks of a page are the article's text.

Comes in: a `Page` (its flat list of blocks), what the feed's entry said, and the fields that have their own place (headline,
standfirst, lead image). Goes out: a `Body`: clean structured HTML, its text, pictures with captions, notes, and a report line for
every block with the reasons. Never fetches, never looks at another page, never knows a site by name; what a site's other pages hold too
is told by the caller's recollection of them (`memory.py`).

Read `find.py` for the order of things. `ground.py` measures the page (`core.py`, `surroundings.py`, `sums.py`), `spots.py` puts each
block in its place, `signals/` asks the questions, `hearing.py` sees that none is asked twice, `weights.py` and `tokens.txt` say what the
answers weigh, `choose.py` adds up; `wholes.py`, `tables.py`, `head.py`, `foreign.py`, `quotes.py`, `belonging.py` and `ending.py` overrule
the odds where a block belongs to something larger. `layout.py` puts what is kept in order and asks what it is (`frames.py`, `figures.py`,
`galleries.py`, `footnotes.py`, `questions.py`, `live_blog.py`, `recipes.py`, `formulas.py`); `writer.py`, `inline.py` and `objects.py`
make the HTML; `least.py` sees to reports of one sentence, `fallback.py` reads scripts' data when there is
no text. Weights are learned by `benchmarks/train`.

Figures, hints off, of whole articles (share of `clean` pages / word F1): publishers held out from learning: Fundus .857 / .982,
Chinese pages .806 / .980 (31 pages), WCXB articles .951; pages learned from: .857 / .983, .839 / .981, .955.
"""

from broadsheet.extraction.body.find import Body, find_body, find_selected_body
from broadsheet.extraction.body.head import Head

__all__ = ["Body", "Head", "find_body", "find_selected_body"]
