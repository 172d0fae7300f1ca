"""Learn the weights of body blocks from corpora with gold text; a tool for developers, not part of the package.

    python -m train --corpora DIR [--write] [--held-out K/N]

Comes in: folders in the form of the measuring harness (`gold.jsonl.gz`, `html/<id>.html.gz`), made from public corpora: Fundus'
test pages, WCXB, and Chinese pages. Goes out: `extract/body/weights.py` and `tokens.tsv`, plain numbers. Needs numpy.
Start reading at `__main__.py`; `align.py` says which block is text, `fit.py` is the arithmetic.
"""
