"""What is asked of us in the benchmark."""

from __future__ import annotations

from broadsheet.images.wish import Length, Wish

FORMS = ("jpg", "webp", "avif")


def wish(form: str, width: int, quality: int = 80) -> Wish:
    return Wish(width=Length(width), output=form, quality=quality)  # type: ignore[arg-type]  # the forms named above
