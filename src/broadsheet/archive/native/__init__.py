"""The native form: everything we know of an article, in Markdown that reads well where no program of ours runs.

Comes in: stored articles and a way to look up their earlier revisions. Goes out: `articles/<source>/<year>/<month>/<key>-<id>.md` with every
field in front matter (JSON values, which are YAML too) and the body as Markdown; earlier revisions beside it (`….r1.md`); a
`manifest.jsonl` in each month's folder with hashes, revision numbers and predecessors; `lists/`, `README.md`.
Never: moves an article once placed, overwrites an earlier revision, rewrites the list of a closed month, or exports an operator's headers.
HTML stands only where Markdown has no form; `markdown.py` proves it block by block, so what is read back is what was written.
Start reading at `writer.py`; `render.py` and `read.py` are one article, `manifest.py` the hashes and `verify`.
"""

from broadsheet.archive.native.manifest import verify
from broadsheet.archive.native.read import read_article
from broadsheet.archive.native.render import render_article
from broadsheet.archive.native.writer import write

__all__ = ["read_article", "render_article", "verify", "write"]
