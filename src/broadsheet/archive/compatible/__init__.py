"""The compatible form: byte for byte what archives of full-text feeds have long looked like, without their flaws.

Comes in: stored articles. Goes out: `articles/<source>/N.md` (a comment with epoch milliseconds, the linked title, `------`, an empty
line, the HTML on one line), `lists/<source>.md`, `README.md`. N counts down from 1048574, so that the newest file sorts first.
Never: gives a number twice, changes the number an article has, or writes a number of six digits (which would sort last): it moves on
to the folder `<source>.2`. The form has no room for every field; the native form has.
Start reading at `render.py` (one article) and `numbers.py` (why the numbers); `writer.py` does the writing, `read.py` reads back.
"""

from broadsheet.archive.compatible.read import read_article
from broadsheet.archive.compatible.render import FORM_ZONE, render_article
from broadsheet.archive.compatible.writer import write

__all__ = ["FORM_ZONE", "read_article", "render_article", "write"]
