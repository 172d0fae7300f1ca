"""What a picture's colour profile says of itself (ICC.1:2022): only so much as tells sRGB from the others."""

from __future__ import annotations

import re
from struct import error, unpack_from

_NAME = re.compile(r"^(sRGB|c2$|c2ci$)", re.IGNORECASE)
"""sRGB under its own name, and two compact ones that large sites put into every picture (facebook's tiny "c2", and "c2ci")."""

_MOST_TAGS = 100


def is_srgb(profile: bytes) -> bool:
    """Whether *profile* describes sRGB, by its name. One that cannot be read does not."""
    try:
        return bool(_NAME.match(_description(profile)))
    except error:
        return False


def _description(profile: bytes) -> str:
    """The text of the tag `desc`, in either form that it has had; empty where there is none."""
    (count,) = unpack_from(">I", profile, 128)
    for at in range(min(count, _MOST_TAGS)):
        name, start, size = unpack_from(">4sII", profile, 132 + 12 * at)
        if name == b"desc":
            return _text(profile[start : start + min(size, 1000)])
    return ""


def _text(tag: bytes) -> str:
    if tag[:4] == b"mluc":
        length, start = unpack_from(">II", tag, 20)
        return tag[start : start + length].decode("utf-16-be", "replace").strip("\0 ")
    return tag[12 : 12 + unpack_from(">I", tag, 8)[0]].decode("latin-1").strip("\0 ")
