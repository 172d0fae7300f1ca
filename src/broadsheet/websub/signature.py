"""X-Hub-Signature: whether a delivery comes from the hub that knows our secret (WebSub, section 8)."""

from __future__ import annotations

import hmac

METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
"""What the Recommendation names. SHA-1 is read since many hubs still write it: HMAC does not rest on what is broken in it."""


def sign(body: bytes, secret: str) -> str:
    """The header's value for *body*."""
    return f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"


def is_genuine(signature: str, body: bytes, secret: str) -> bool:
    """Whether *signature*, as it came, is that of *body*. Compared in constant time; what cannot be read is not genuine."""
    method, _, said = signature.strip().partition("=")
    if method.lower() not in METHODS or not said.isascii():
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, method.lower()).hexdigest(), said.strip().lower())
