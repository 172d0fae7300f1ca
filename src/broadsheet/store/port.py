"""What every store can do, whatever database holds it.

The truth lives here: which sources are watched, what was seen in them, what is due, and every revision of every article. Each method
is one transaction: killed before its end nothing has happened, and doing it again afterwards changes nothing. Methods may be called
from any thread. They raise `StoreError` (or one of its children) when the database cannot do it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from broadsheet.model import (
    ChangedEntry,
    EntryKeys,
    Exchange,
    Fingerprint,
    KnownEntry,
    NewEntry,
    PollState,
    Revision,
    SiteMemory,
    Source,
    StoredArticle,
    Task,
    TaskKind,
    TaskState,
)
from broadsheet.store.feed_port import HubStore, IncidentStore, PublicationStore, RenderingStore, SubscriptionStore
from broadsheet.store.picture_port import PictureStore
from broadsheet.store.values import EVERYTHING, Adoption, Draft, Lookalike, Selection, SourceCounts, StoredEntry


class SourceStore(Protocol):
    """What is watched, and when it is due."""

    def add_source(self, source: Source, poll_state: PollState) -> None:
        """Watch *source*. Raises SourceExists when its id or URL is watched already; one removed earlier finds its articles again."""

    def source(self, source_id: str) -> Source:
        """The source; raises UnknownSource."""

    def source_by_url(self, url: str) -> Source | None:
        """The source that polls exactly this URL."""

    def sources(self, *, removed: bool = False) -> tuple[Source, ...]:
        """The sources watched, oldest first; with *removed*, also those given up, whose articles are still here."""

    def replace_source(self, source: Source) -> None:
        """Change what is known about a source; its id stays. Raises UnknownSource."""

    def remove_source(self, source_id: str, *, purge: bool = False) -> None:
        """Stop watching; what was collected stays, unless *purge* deletes it for good. Raises UnknownSource."""

    def poll_state(self, source_id: str) -> PollState:
        """What the last polls left behind; raises UnknownSource."""

    def due_sources(self, now: datetime, until: datetime | None = None, *, limit: int | None = None) -> tuple[Source, ...]:
        """The active sources due at *now* (or before *until*, if that is later), longest due first."""

    def next_due(self, *, skip_sources: Collection[str] = ()) -> datetime | None:
        """When the next source (but for *skip_sources*), task or end of a lease is due; None if nothing is. Tasks of a host that is being
        visited do not count."""


class PollStore(Protocol):
    """What a poll found."""

    def known_entries(self, source_id: str, keys: Sequence[EntryKeys]) -> tuple[KnownEntry, ...]:
        """The source's entries that share a guid, link, or title-and-date key with any of *keys*."""

    def keep_poll(
        self,
        source_id: str,
        state: PollState,
        *,
        new: Sequence[NewEntry] = (),
        changed: Sequence[ChangedEntry] = (),
        exchange: Exchange | None = None,
    ) -> None:
        """File all that a poll brought at once: its exchange, entries, their tasks, and only with them the new validators.

        Killed before, the next poll sees the same entries again; done twice, nothing is doubled. Raises UnknownSource.
        """

    def entry(self, entry_id: int) -> StoredEntry:
        """An entry by its id; raises StoreError if there is none."""

    def entries(self, source_id: str, *, limit: int = 100) -> tuple[StoredEntry, ...]:
        """A source's entries, the last seen first."""

    def held_entries(self, source_id: str) -> tuple[StoredEntry, ...]:
        """The source's entries that have neither an article nor a task that would make one, the first seen first."""


class TaskStore(Protocol):
    """What is to be done, and who does it."""

    def claim(self, now: datetime, *, lease: timedelta, limit: int, skip_hosts: Collection[str] = ()) -> tuple[Task, ...]:
        """Lease due tasks, longest due first, never two of one host, none of a host that has a live lease or is in *skip_hosts*.

        A lease that has run out is a task that is due again. `Task.tries` counts claims, this one included, so that a page that
        kills its worker is counted too.
        """

    def finish(self, task: Task) -> None:
        """The task is done. If its entry changed since it was claimed, it is due again."""

    def retry(self, task: Task, due: datetime, error: str) -> None:
        """It failed; try again at *due*. Like `bury` and `release` it does nothing when the lease was lost to another worker, and a task
        whose entry changed meanwhile stays due as the change made it."""

    def bury(self, task: Task, error: str) -> None:
        """It failed for good: kept as dead, with its reason, for a person to see."""

    def renew(self, task: Task, until: datetime) -> bool:
        """Hold the lease until then; False when it was lost to another worker."""

    def release(self, task: Task) -> None:
        """Give a lease back untouched (at shutdown): due as before, and the claim does not count."""

    def free_leases(self) -> int:
        """End every lease; how many there were. Only for one who knows that nobody is at work."""

    def add_task(self, kind: TaskKind, entry_id: int, due: datetime, *, article_id: str | None = None) -> None:
        """Have an entry's page fetched, or an article looked at again. An entry has one task of a kind: the earlier due counts."""

    def revive(self, task_id: int, due: datetime) -> None:
        """Give a dead task another chance, its tries forgotten."""

    def last_page_due(self, host: str, until: datetime) -> datetime | None:
        """When the last page of *host* is due that is due before *until*, pages under way included; None when there is none."""

    def tasks(self, state: TaskState, *, source_id: str | None = None, limit: int = 100) -> tuple[Task, ...]:
        """Tasks in a state, soonest due first."""

    def task_counts(self) -> Mapping[TaskState, int]:
        """How many tasks are in each state. Done tasks are not kept."""


class ExchangeStore(Protocol):
    """What was sent, as it was sent. Equal bodies are kept once."""

    def file_exchange(self, exchange: Exchange) -> None:
        """Keep an exchange; one filed already under this id stays as it is."""

    def exchange(self, exchange_id: str) -> Exchange | None:
        """An exchange by its id."""

    def forget_exchanges(self, before: datetime) -> int:
        """Delete exchanges fetched before a time that no revision rests on; how many. Feeds asked hourly would outgrow the articles."""


class ArticleStore(Protocol):
    """Articles and all their revisions."""

    def keep_revision(
        self,
        draft: Draft,
        *,
        task: Task | None = None,
        entry_id: int | None = None,
        article_id: str | None = None,
        revisit_due: datetime | None = None,
        settle_due: datetime | None = None,
    ) -> StoredArticle:
        """Keep a reading: the article if it is new, a revision if its content hash differs from the latest, the link from its entry,
        *task* done, and (these need an entry) a look again at *revisit_due*, a second reading at *settle_due* if a revision was kept.

        The article is *article_id*, else the entry's, else the one known under one of the draft's URL keys, else a new one.
        """

    def settle(self, draft: Draft, *, article_id: str, number: int, task: Task | None = None) -> None:
        """Put a better reading of the same pages in the place of revision *number*, if that is still the latest; *task* is done.

        Not a revision: nobody changed anything. The only write that replaces one, and only for a reading of the same round.
        """

    def keep_unchanged(self, article_id: str, fetched_at: datetime, *, task: Task | None = None, revisit_due: datetime | None = None) -> None:
        """We looked again and found nothing new: *task* done, the next look at *revisit_due*."""

    def adopt(self, draft: Draft) -> Adoption:
        """Take over an article from an archive, once: a story that the store knows under one of the URL keys is left as it is."""

    def article(self, article_id: str) -> StoredArticle | None:
        """An article by its id, in its latest revision."""

    def find_article(self, source_id: str, url_keys: Sequence[str]) -> StoredArticle | None:
        """The source's article known under the first of these keys that is known at all."""

    def articles(self, selection: Selection = EVERYTHING) -> tuple[StoredArticle, ...]:
        """Articles, newest first by `sort_at`, then by id."""

    def each_article(self, selection: Selection = EVERYTHING) -> Iterator[StoredArticle]:
        """The same, read in batches, for whole archives."""

    def newest_change(self, selection: Selection = EVERYTHING) -> datetime | None:
        """When any article of the selection last changed, whoever changed it: cheap, for a 304."""

    def latest_revision(self, article_id: str) -> Revision | None:
        """The newest revision of an article, with what it rests on."""

    def revisions(self, article_id: str) -> tuple[Revision, ...]:
        """All revisions of an article, the first first."""

    def entry_of(self, article_id: str) -> StoredEntry | None:
        """The entry an article was first made from, None for an imported one."""

    def recent_for_revisit(self, now: datetime, *, within: timedelta, unchecked_for: timedelta, limit: int = 100) -> tuple[StoredArticle, ...]:
        """Articles first seen *within* a span, not looked at for a while, that no task will look at; longest unchecked first."""

    def near_candidates(self, fingerprint: Fingerprint, *, limit: int = 50) -> tuple[Lookalike, ...]:
        """Articles whose fingerprint shares a band with this one, the oldest first."""

    def counts(self) -> Mapping[str, SourceCounts]:
        """How much there is of each source, by id, sources removed included."""


class SiteStore(Protocol):
    """What is remembered of sites, by host."""

    def site_memory(self, host: str) -> SiteMemory:
        """The memory of a host; an empty one for a host never met."""

    def change_site_memory(self, host: str, change: Callable[[SiteMemory], SiteMemory]) -> SiteMemory:
        """Put what *change* makes of a host's memory in its place, and return that. *change* must be pure: it may be called again."""

    def changed_sites(self) -> tuple[SiteMemory, ...]:
        """The memories of hosts where a change shows, by host."""


class Store(
    SourceStore,
    PollStore,
    TaskStore,
    ExchangeStore,
    ArticleStore,
    SiteStore,
    RenderingStore,
    PublicationStore,
    SubscriptionStore,
    HubStore,
    IncidentStore,
    PictureStore,
    Protocol,
):
    """The whole store."""

    def work(self) -> AbstractContextManager[None]:
        """Hold the store as the one process that polls and runs. Raises StoreInUse if another does; freed by the OS if we die.

        Leases left behind by a process that died are ended on entering.
        """

    def close(self) -> None:
        """Let go of the database. The store cannot be used afterwards."""

    def __enter__(self) -> Store: ...

    def __exit__(self, *exc: object) -> None: ...
