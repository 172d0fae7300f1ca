"""Feeds on demand: any address in, a full-text feed out, without watching anything.

Comes in: an address that somebody names now. Goes out: a `Collection` of what is ready within a few seconds; the rest is read meanwhile and
stands in the next answer, under the same ids. Readings rest in memory, within a limit, and nowhere else: the store holds what an operator
chose to watch. A site is asked once for all who want it, and not again within minutes.

Start reading at `feeds.py`; `shelf.py` is what is remembered of one address.
"""
