"""What speaks for a block being text of the article, or against it. Each signal is a small question about one spot.

Every signal answers yes or no; what a yes weighs stands in `weights.py`, learned, with how often it was heard and how often the
block was text. None counts words, looks for capitals or asks for spaces: letters are counted, Han and kana threefold. None looks at
another's weight or changes the page.

One module a theme: `line.py` (the line itself), `wording.py` (its phrases), `element.py` and `lists.py` (what it is set in),
`boxes.py` (what stands around it), `place.py` (where in the text it is), `elsewhere.py` (what else the page says). A new signal is a
function in one of them and a line in `weights.py`; then learn anew.
"""
