"""What reading an archive gives: an article, and what its file says about where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from broadsheet.model import Article, StatedTime

Form = Literal["native", "compatible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedArticle:
    """One article as an archive holds it. The compatible form knows neither id nor revisions: those stay None, and 1.

    *file* is the path inside the archive; *source_id* the folder it stands in ("" for a single file that does not say);
    *entry_published* the feed's time. Picture addresses are those of the originals, whatever proxy the file names.
    """

    form: Form
    file: str
    source_id: str
    article: Article
    number: int | None = None  # of the compatible form
    id: str | None = None
    entry_guid: str | None = None
    entry_published: StatedTime | None = None
    first_seen: datetime | None = None
    sort_at: datetime | None = None
    changed_at: datetime | None = None
    revision: int = 1
    content_hash: str | None = None
    previous: str | None = None  # content hash of the revision before this one
