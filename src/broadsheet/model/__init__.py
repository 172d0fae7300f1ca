"""The shared vocabulary: frozen values that travel between rooms.

Comes in: nothing. Goes out: nothing. These are only words: `Entry` is what a publisher stated, `Article` our reading of it,
`Exchange` a request with its answer, `Revision` one state of an article as kept. Values are frozen, slotted and keyword-only;
times are aware UTC; None means "not known". Start reading at `article.py`.
"""

from broadsheet.model.article import (
    Access,
    Article,
    ArticleState,
    Completeness,
    Extraction,
    Hints,
    LanguageEdition,
    Note,
    NoteKind,
    Person,
    Picture,
    Revision,
    RevisionOrigin,
    Role,
    SafeHtml,
    StoredArticle,
    Want,
    WantKind,
)
from broadsheet.model.collection import Collection
from broadsheet.model.evidence import Around, Claim, Decision, Fate, Verdict, Vote
from broadsheet.model.exchange import (
    Declined,
    Exchange,
    Failed,
    Fetched,
    Headers,
    Outcome,
    Posted,
    PostOutcome,
    Request,
    RequestKind,
    Unchanged,
    Validators,
)
from broadsheet.model.feed import Enclosure, Entry, Feed, FeedDialect, StatedTime
from broadsheet.model.identity import ChangedEntry, EntryKeys, Fingerprint, KnownEntry, Matches, NewEntry
from broadsheet.model.incident import Incident, IncidentKind
from broadsheet.model.picture import KeepPictures, KnownPicture, Original, PictureRole, PictureState, PictureUse
from broadsheet.model.publication import ArticleFilter, FeedContent, Publication
from broadsheet.model.site_memory import PageTrace, SiteChange, SiteChangeKind, SiteMemory
from broadsheet.model.source import Candidate, Habits, PollState, Source, SourceKind, SourceState, StatedPace
from broadsheet.model.task import Task, TaskKind, TaskState
from broadsheet.model.websub import Delivery, Intent, IntentMode, Ping, Push, Subscriber, Subscription, SubscriptionState

__all__ = [
    "Access", "Around", "Article", "ArticleFilter", "ArticleState", "Candidate", "ChangedEntry", "Claim", "Collection", "Completeness",
    "Decision", "Declined", "Delivery", "Enclosure", "Entry", "EntryKeys", "Exchange", "Extraction", "Failed", "Fate", "Feed",
    "FeedContent", "FeedDialect", "Fetched", "Fingerprint", "Habits", "Headers", "Hints", "Incident", "IncidentKind", "Intent",
    "IntentMode", "KeepPictures", "KnownEntry", "KnownPicture", "LanguageEdition", "Matches", "NewEntry", "Note", "NoteKind",
    "Original", "Outcome", "PageTrace", "Person", "Picture", "PictureRole", "PictureState", "PictureUse", "Ping", "PollState",
    "PostOutcome", "Posted", "Publication", "Push", "Request", "RequestKind", "Revision", "RevisionOrigin", "Role", "SafeHtml",
    "SiteChange", "SiteChangeKind", "SiteMemory", "Source", "SourceKind", "SourceState", "StatedPace", "StatedTime", "StoredArticle",
    "Subscriber", "Subscription", "SubscriptionState", "Task", "TaskKind", "TaskState", "Unchanged", "Validators", "Verdict", "Vote",
    "Want", "WantKind",
]  # fmt: skip
