"""The addresses of original pictures, out of those of image proxies: the public one, and ours wherever it stands."""

from __future__ import annotations

import re
from urllib.parse import unquote

from broadsheet.markup.tree import Element
from broadsheet.urls import join

# `?url=` with host and path, with or without scheme, percent-encoded or not; `ssl:` is the proxy's older word for https.
_PROXIED = re.compile(r"https?://(?:images\.weserv\.nl|wsrv\.nl)/\?(?:[^&#]*&)*?url=([^&#]+)", re.IGNORECASE)
# Ours are signed, which tells them from a publisher's own `images/?url=…`.
_OURS = re.compile(r"https?://[^/?#]+/(?:[^?#]*/)?images/\?url=([^&#]+)(?:&[^#]*)?&sig=[\w-]{22}", re.ASCII)
_SCHEME = re.compile(r"(?:(https?)://|ssl:)", re.IGNORECASE)
_CARRIERS = ("src", "poster")


def original_address(url: str) -> str:
    """The address that *url* asks an image proxy for; *url* itself when it asks none.

    The public proxy's usual form leaves the scheme out: then https is taken, which every publisher of today answers.
    """
    found = _PROXIED.match(url) or _OURS.fullmatch(url)
    if not found:
        return url
    asked = unquote(found[1])
    scheme = _SCHEME.match(asked)
    bare = asked[scheme.end() :] if scheme else asked
    return join("", f"{(scheme and scheme[1]) or 'https'}://{bare.lstrip('/')}") or url


def use_originals(root: Element) -> None:
    """Put original addresses in place of proxied ones, all through a fragment that was just read."""
    for element in root.find("img", "source", "video", "audio"):
        for name in _CARRIERS:
            if name in element.attributes:
                element.attributes[name] = original_address(element.attributes[name])
        if "srcset" in element.attributes:
            element.attributes["srcset"] = _originals_in(element.attributes["srcset"])


def _originals_in(srcset: str) -> str:
    """A proxied address has no comma of its own unless encoded, so candidates part at a comma with a space."""
    candidates = (candidate.split() for candidate in re.split(r",\s+", srcset))
    return ", ".join(" ".join((original_address(words[0]), *words[1:])) for words in candidates if words)
