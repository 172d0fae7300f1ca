"""Which modern formats a client says it takes."""

from __future__ import annotations

MODERN = ("image/avif", "image/webp")


def negotiated(accept: str) -> frozenset[str]:
    """The formats of MODERN that an Accept header names. `image/*` names none: it is what clients send that know nothing of formats."""
    named = (part.partition(";") for part in accept.lower().split(","))
    return frozenset(kind for name, _, parameters in named if (kind := name.strip()) in MODERN and "q=0" not in parameters.replace("q=0.", ""))
