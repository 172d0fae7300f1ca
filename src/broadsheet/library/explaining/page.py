"""The evidence as one page for a browser: the source page's text with what was kept and what was not in colour, and the ballots.

The page stands alone: no script, no picture, no request to anywhere, which its Content-Security-Policy enforces. Everything of the
source page on it is text; its own mark-up never gets out.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

from broadsheet.library.explaining.findings import Form, findings_of, path_of
from broadsheet.library.explaining.nesting import MAX_BLOCKS, Box, Closed, steps
from broadsheet.model import Extraction, Verdict
from broadsheet.text.plain import xml_text
from broadsheet.urls import is_http

MAX_TEXT = 3_000
"""Characters of one block that are shown."""

MAX_PATH = 5
"""Elements around a block that its details name; the boxes around it show the rest."""

FATES = {"kept": "kept", "own field": "field", "dropped": "dropped"}
"""What became of a block, and the class name that colours it."""

_REASONS = 3


def as_page(extraction: Extraction) -> str:
    """A whole HTML document."""
    found = findings_of(extraction)
    style = (files(__package__) / "page.css").read_text(encoding="utf-8")
    forms = [{"form": form, "steps": _steps(form), "more": max(0, len(form.verdicts) - MAX_BLOCKS)} for form in found.forms]
    html = _template().render(found=found, forms=forms, style=style, policy=_policy(style), link=found.url if is_http(found.url) else "")
    return xml_text(html)


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((files(__package__) / "page.html").read_text(encoding="utf-8"))


def _steps(form: Form) -> list[dict[str, Any]]:
    """What the template sets, one after the other."""
    return [_step(step) for step in steps(form.verdicts)]


def _step(step: Box | Verdict | Closed) -> dict[str, Any]:
    match step:
        case Closed():
            return {"kind": "close"}
        case Box():
            return {"kind": "open", "name": step.name, "kept": step.kept, "blocks": step.blocks, "active": step.active}
    heard = ", ".join(f"{name} {weight:+.1f}" for name, weight in step.votes[:_REASONS])
    return {
        "kind": step.kind,
        "fate": step.fate,
        "look": FATES[step.fate],
        "text": step.text[:MAX_TEXT],
        "tag": step.around.name if step.around else "",
        "why": step.reason or heard,
        "odds": step.odds,
        "alone": step.alone,
        "votes": step.votes,
        "path": " › ".join(path_of(step.around)[-MAX_PATH:]),
    }
