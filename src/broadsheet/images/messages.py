"""What clients of the proxy are told when there is no picture: the causes, statuses and words of weserv's API 5, one function a cause.

No message repeats anything of the request but numbers, and a host's name that was read and found to be one: an error must not carry
markup back to a browser (CVE-2020-25788).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from broadsheet.errors import ImageError


def bad_address() -> ImageError:
    return ImageError("", "Unable to parse URI", status=400)


def blocked_address() -> ImageError:
    """An address spelt out in the link that no publisher lives at."""
    return ImageError("", "IP address blocked by policy", status=400)


def saver_disabled(name: str, savers: Iterable[str]) -> ImageError:
    """*name* is one of the grammar's own words, so it may be repeated."""
    return ImageError("", f"Saving to {name} is disabled. Supported savers: {', '.join(savers)}", status=400)


def not_made(reason: str) -> ImageError:
    """libvips could not do what was asked of a picture that it could read."""
    return ImageError("", f"The image could not be processed: {_one_line(reason)}", status=400)


def no_processor() -> ImageError:
    """This installation lacks libvips."""
    return ImageError("", "This server cannot process images: its operator has to install broadsheet[images]", status=500)


def origin_answered(status: int) -> ImageError:
    return ImageError("", f"The requested URL returned error: {status}")


def timed_out() -> ImageError:
    return ImageError("", "The requested URL timed out")


def unresolvable() -> ImageError:
    return ImageError("", "The hostname of the origin is unresolvable (DNS) or blocked by policy")


def too_large(limit_bytes: int) -> ImageError:
    return ImageError("", f"The image is too large to be downloaded. Max image size: {limit_bytes} bytes")


def redirects(limit: int) -> ImageError:
    return ImageError("", f"Will not follow more than {limit} redirects")


def not_an_image() -> ImageError:
    return ImageError("", "The request image is not a valid (supported) image")


def unreadable(reason: str) -> ImageError:
    """It looks like a picture, and its loader gives up on it."""
    return ImageError("", f"The image is corrupt or not supported: {_one_line(reason)}")


def too_many_pixels(limit: int) -> ImageError:
    return ImageError("", f"The image is too large for processing. Max image resolution: {limit} pixels")


def too_many_pages(limit: int) -> ImageError:
    return ImageError("", f"The image has too many pages for processing. Max number of pages: {limit}")


def took_too_long(seconds: float) -> ImageError:
    return ImageError("", f"The image takes too long to process. Max processing time: {seconds:g} seconds")


def worker_died() -> ImageError:
    return ImageError("", "The image needs more memory than is allowed, or breaks its decoder")


def refused() -> ImageError:
    """Not one of ours: the proxy is not open to all."""
    return ImageError("", "This server only serves the images of its own articles, and links it has signed", status=403)


def switched_off() -> ImageError:
    return ImageError("", "The image proxy of this server is switched off")


def too_often(seconds: int) -> ImageError:
    return ImageError("", f"Too many images were asked for. Ask again in {seconds} seconds", status=429, retry_after_s=seconds)


def method_not_allowed() -> ImageError:
    return ImageError("", "Only GET and HEAD are allowed", status=405)


def broken() -> ImageError:
    """A fault of ours: what it was is in the log."""
    return ImageError("", "Something went wrong on this server", status=500)


def error_json(error: ImageError) -> bytes:
    """The body that tells of *error*."""
    return json.dumps({"status": "error", "code": error.status, "message": error.what}, separators=(",", ":")).encode()


def _one_line(reason: str) -> str:
    """The first words of a library's complaint, which may quote the file: plain characters only."""
    words = " ".join(reason.split())[:120]
    return "".join(char for char in words if char.isalnum() or char in " .,:;_()-/")
