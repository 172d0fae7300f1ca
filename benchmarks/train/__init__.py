"""Learn what each signal for body blocks weighs, from corpora with gold text. A developers' tool: it needs numpy, the package does not.

    PYTHONPATH=benchmarks python -m train DIR [--write]

Comes in: a folder of corpora (`<name>/gold.jsonl.gz`, `<name>/html/<id>.html.gz`), made from public ones: the test pages of Fundus
(MIT), WCXB (CC BY 4.0) and Chinese pages gathered for reader-mode tests. Goes out: figures on publishers held out, and with --write
`extraction/body/weights.py` and `tokens.txt`. The same corpora give the same numbers.

Start reading at `__main__.py`: `pages.py` reads, `align.py` says which block is text, `fit.py` is the arithmetic, `judge.py` scores,
`whole.py` makes whole articles with weights that are not shipped, so that what is judged is what a reader would get.
"""
