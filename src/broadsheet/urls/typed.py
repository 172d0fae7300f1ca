"""Addresses as people type or paste them."""

from __future__ import annotations

from broadsheet.urls.normalise import normalise

_SCHEMES = {"feed": "https", "sec": "https", "rss": "https"}
"""Schemes that mean a web address: browsers' and readers' `feed://`, the `sec://` that users of Full-Text RSS write for https."""

_BEFORE = ("view-source:", "feed:", "rss:")
"""What stands before whole addresses: copied from a browser's window, or a reader's subscribe button."""


def typed_address(text: str) -> str:
    """The address that *text* means, in one spelling: `news.example`, `feed:https://news.example/rss`, `feed://news.example/rss`.

    Without a scheme it is https, as in the browsers of today. Raises UsageError for what is no web address.
    """
    text = text.strip()
    for before in _BEFORE:
        rest = text[len(before) :]
        if text[: len(before)].lower() == before and not rest.startswith("//"):
            text = rest.strip()
    scheme, separator, rest = text.partition("://")
    if separator:
        return normalise(f"{_SCHEMES.get(scheme.lower(), scheme)}://{rest}")
    scheme, separator, rest = text.partition(":")
    has_other_scheme = bool(separator) and scheme.isalpha() and not rest.partition("/")[0].isdigit()  # mailto:x, but not localhost:8000
    return normalise(text if has_other_scheme else f"https://{text}")
