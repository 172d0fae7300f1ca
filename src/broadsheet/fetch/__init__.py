"""The only door to the network: it asks one address at a time of each host, politely, and never goes where it should not.

Comes in: a `Request` and the settings. Goes out: an `Outcome`: `Fetched` with a whole, decoded body; `Unchanged` after a 304;
`Declined` when we chose not to ask or not to go on (robots.txt, a special address, too large, too many redirects);
`Failed` when nothing usable came back, with what the server said about trying again. Nothing that a network can do raises.

Every hop of every redirect passes the same guard, the same queue and the same limits. It never parses what it fetched, never
follows what a page says (a meta refresh, a next page: whoever read the page asks again), never keeps a cookie longer than
one request's redirects, and never decides when to try again.
Start reading at `client.py`, which tells the walk of a request; `guard.py` and `addresses.py` say where we do not go,
`hosts.py` how we wait, `wire.py` how bytes come in, `decoding.py` how they are unpacked within limits.
"""

from broadsheet.fetch.addresses import special
from broadsheet.fetch.client import Client
from broadsheet.fetch.config import FetchSettings
from broadsheet.fetch.retry_after import retry_after

__all__ = ["Client", "FetchSettings", "retry_after", "special"]
