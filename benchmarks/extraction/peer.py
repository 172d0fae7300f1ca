"""The peer, as `child.py` calls it in the peer's own environment: with all metadata, as ours; without readers' comments, as ours."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import trafilatura

NAME = f"trafilatura {version('trafilatura')}"


def extract(html: bytes, url: str | None) -> dict[str, Any]:
    found = trafilatura.bare_extraction(html.decode("utf-8", "replace"), url=url, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    fields = found if isinstance(found, dict) else found.as_dict()
    authors = [name.strip() for name in (fields.get("author") or "").split(";")]
    return {"text": fields.get("text") or "", "title": fields.get("title"), "authors": authors, "published": fields.get("date")}
