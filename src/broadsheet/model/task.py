"""Tasks: work that is due, by id, never by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

TaskKind = Literal["page", "revisit", "settle"]
TaskState = Literal["due", "leased", "done", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Fetch and read the page of an entry ("page"), look again at an article we have ("revisit"), or read what is on file of it once
    more, since the site is known better by now ("settle").
    """

    id: int
    kind: TaskKind
    host: str
    due: datetime
    source_id: str
    entry_id: int
    article_id: str | None = None
    tries: int = 0
    state: TaskState = "due"
    last_error: str | None = None
