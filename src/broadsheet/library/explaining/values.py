"""The evidence as plain values, for programs: what `broadsheet explain --json` prints."""

from __future__ import annotations

from typing import Any

from broadsheet.library.explaining.findings import Field, Form, findings_of, path_of
from broadsheet.model import Extraction, Verdict


def as_values(extraction: Extraction) -> dict[str, Any]:
    """Fields with their ballots, remarks, wants, and every block with its fate, as dictionaries, lists, strings and numbers."""
    found = findings_of(extraction)
    return {
        "url": found.url,
        "title": found.title,
        "access": found.access,
        "completeness": found.completeness,
        "fields": {field.name: _field(field) for field in found.fields},
        "remarks": list(found.remarks),
        "wants": [{"kind": want.kind, "url": want.url, "reason": want.reason} for want in found.wants],
        "body": [_form(form) for form in found.forms],
    }


def _field(field: Field) -> dict[str, Any]:
    ballot = [{"signal": s.signal, "weight": round(s.weight, 3), "value": s.value, "saw": s.saw, "agrees": s.agrees} for s in field.ballot]
    return {"value": field.value or None, "ballot": ballot}


def _form(form: Form) -> dict[str, Any]:
    return {"used": form.used, "remarks": list(form.remarks), "blocks": [_block(verdict) for verdict in form.verdicts]}


def _block(verdict: Verdict) -> dict[str, Any]:
    return {
        "fate": verdict.fate,
        "kind": verdict.kind,
        "text": verdict.text,
        "reason": verdict.reason or None,
        "odds": _rounded(verdict.odds),
        "alone": _rounded(verdict.alone),
        "votes": {name: round(weight, 3) for name, weight in verdict.votes},
        "path": list(path_of(verdict.around)),
    }


def _rounded(odds: float | None) -> float | None:
    return None if odds is None else round(odds, 3)
