"""`make bench-extract`: our extractor beside a peer, quality and speed on the same pages, at the same time, on the same machine.

Comes in: a folder of corpora, or nothing (then the twelve pages in `pages/`, written for the purpose). Goes out: a table, and with
`--write` a picture for the docs. Each extractor runs in a process and an environment of its own; they take turns page by page, and CPU
seconds are counted, so that a busy machine is as busy for both. Start reading at `__main__.py`.

A corpus is a folder with `gold.jsonl` (or `.jsonl.gz`) and `html/<id>.html` (or `.html.gz`). One line of gold is one page: `id`, `url`,
`kind`, and `gold` with `title`, `authors`, `published`, `body` (the whole text) and `blocks`, the same as pairs of kind and text (`s` for the
standfirst, `h` for a heading, `p` for a paragraph). What is missing is not scored. Pages are UTF-8.
"""
