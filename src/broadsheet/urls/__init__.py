"""Addresses: one spelling for each, and which of them mean the same thing.

Takes strings as found in feeds, pages and on command lines; gives absolute http(s) URLs in the spelling a browser would
send, keys that say "the same story", host and site names, and slugs. Knows no network: nothing here resolves a name, and
an address that reads well may still be refused by `fetch`. Whatever is not http or https is a `UsageError`, except in
`join`, which answers None, since links in other people's pages are wrong every day.
Start reading at `normalise.py`; `hosts.py` reads names and numbers, `identity.py` compares, `slugs.py` names,
`typed.py` takes what people write.
"""

from broadsheet.urls.hosts import site_of
from broadsheet.urls.identity import identity_key, without_tracking
from broadsheet.urls.normalise import host_of, is_http, join, normalise, origin_of
from broadsheet.urls.slugs import slug
from broadsheet.urls.typed import typed_address

__all__ = ["host_of", "identity_key", "is_http", "join", "normalise", "origin_of", "site_of", "slug", "typed_address", "without_tracking"]
