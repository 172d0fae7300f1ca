"""`make bench-feeds`: our reader and our writer of feeds beside their peers, on the same feeds, at the same time, on the same machine.

Comes in: a folder of feeds, or nothing (then feeds that are made here for the purpose, in five scripts and four dialects). Goes out: a
table of reading and a table of writing. Each side runs in a process and an environment of its own; readers take turns feed by feed,
and CPU seconds are counted, so that a busy machine is as busy for all. Start reading at `__main__.py`.

A folder of feeds holds them as files, gzipped or not; an `index.json` beside them may say of each under `cases` its `file`, the `url` it
is from, and the `content_type` it was served with.
"""
