"""The shared vocabulary: frozen values that travel between rooms.

Comes in: nothing. Goes out: nothing. These are only words: `Entry` is what a publisher stated, `Article` our reading of it,
`Exchange` a request with its answer, `Revision` one state of an article as kept. Values are frozen, slotted and keyword-only;
times are aware UTC; None means "not known". Start reading at `article.py`.
"""

from broadsheet.model.article import (
    Access,
    Article,
    Completeness,
    Extraction,
    Hints,
    LanguageEdition,
    Note,
    NoteKind,
    Person,
    Picture,
    Revision,
    Role,
    SafeHtml,
    StoredArticle,
    Want,
    WantKind,
)
from broadsheet.model.collection import Collection
from broadsheet.model.evidence import Claim, Decision, Vote
from broadsheet.model.exchange import (
    Declined,
    Exchange,
    Failed,
    Fetched,
    Headers,
    Outcome,
    Request,
    RequestKind,
    Unchanged,
    Validators,
)
from broadsheet.model.feed import Enclosure, Entry, Feed, FeedDialect, StatedTime
from broadsheet.model.identity import ChangedEntry, EntryKeys, Fingerprint, KnownEntry, Matches, NewEntry
from broadsheet.model.source import Candidate, PollState, Source, SourceKind, SourceState
from broadsheet.model.task import Task, TaskKind, TaskState

__all__ = [
    "Access", "Article", "Candidate", "ChangedEntry", "Claim", "Collection", "Completeness", "Decision", "Declined",
    "Enclosure", "Entry", "EntryKeys", "Exchange", "Extraction", "Failed", "Feed", "FeedDialect", "Fetched", "Fingerprint",
    "Headers", "Hints", "KnownEntry", "LanguageEdition", "Matches", "NewEntry", "Note", "NoteKind", "Outcome", "Person",
    "Picture", "PollState", "Request", "RequestKind", "Revision", "Role", "SafeHtml", "Source", "SourceKind", "SourceState",
    "StatedTime", "StoredArticle", "Task", "TaskKind", "TaskState", "Unchanged", "Validators", "Vote", "Want", "WantKind",
]  # fmt: skip
