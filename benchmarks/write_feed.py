"""How fast published feeds are written, and how much memory it takes.

    python benchmarks/write_feed.py [--entries 10000] [--bytes 8000]

Each format three times: entries rendered from articles, joined from bytes at hand, joined from bytes kept in a store (SQLite, on disk).
CPU seconds, the best of three; peak is what the process grew by while the pieces were taken one after another.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from broadsheet.library.feed_writing import FeedWriter
from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Collection, Person, Picture, PollState, Source, StoredArticle
from broadsheet.publish import FORMATS, PublishOptions
from broadsheet.publish.formats import Format
from broadsheet.publish.item import item_of
from broadsheet.store import Draft, Store, open_store
from broadsheet.text.moments import utc_now

NOW = utc_now()
SENTENCE = (
    'The ferry left at six, four minutes before <a href="https://harbour.example/t?line=2&amp;d=1">its time</a>, “as ever”, and nobody saw it. '
)
PARAGRAPH = sanitize(SENTENCE)
SOURCE = Source(id="harbour", kind="feed", url="https://harbour.example/feed", title="Harbour", home_url="https://harbour.example/", added_at=NOW)
HARBOUR = Collection(slug="harbour", title="Harbour", home_url=SOURCE.home_url, sources=(SOURCE,), updated=NOW)
OPTIONS = PublishOptions(self_url="https://news.example/feeds/harbour.rss", max_bytes=10**12)
TEXTS = 50
"""Different texts: enough to be none that the processor has at hand, few enough to leave the memory to what is measured."""


def bodies(size: int) -> list[Article]:
    made = []
    for number in range(TEXTS):
        body = sanitize("".join(f"<p>{SENTENCE * 3}{number}</p>" for _ in range(size // (3 * len(PARAGRAPH.encode())))))
        made.append(Article(
            url=f"https://harbour.example/{number}", title=f"Ferry {number} & others", standfirst="A ferry leaves each morning without anybody.",
            people=(Person(name="Ada Okonkwo"),), section="World", tags=("ferries",), language="en", body=body, text="The ferry left at six.",
            lead_image=Picture(url="https://pictures.example/ferry.jpg", width_px=1200, height_px=800, caption="At two", credit="Li"),
        ))  # fmt: skip
    return made


def stored(articles: list[Article], count: int) -> Iterator[StoredArticle]:
    for number in range(count):
        at = NOW - timedelta(minutes=number)
        yield StoredArticle(
            id=f"{number:026}", source_id="harbour", first_seen=at, sort_at=at, changed_at=at, revision=1, content_hash=f"1:{number}",
            entry_guid=None, entry_published=None, article=articles[number % TEXTS],
        )  # fmt: skip


def fill(folder: Path, articles: list[Article], count: int) -> None:
    with open_store(folder, now=lambda: NOW) as store:
        store.add_source(SOURCE, PollState(next_due=NOW))
        for one in stored(articles, count):
            article = replace(one.article, url=f"https://harbour.example/{one.id}")
            store.keep_revision(Draft(source_id="harbour", article=article, content_hash=one.content_hash, fetched_at=NOW, sort_at=one.sort_at))


def measured(pieces: Callable[[], Iterator[bytes]]) -> str:
    seconds, size, before = [], 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(3):
        started = time.process_time()
        size = sum(map(len, pieces()))
        seconds.append(time.process_time() - started)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    return f"{min(seconds):6.2f} s {size / 1e6:7.1f} MB {size / 1e6 / min(seconds):7.0f} MB/s, peak +{grown:.0f} MB"


def run(form: Format, articles: list[Article], store: Store, count: int) -> None:
    def rendered() -> Iterator[bytes]:
        return form.stream(HARBOUR, OPTIONS, (form.entry(item_of(one, SOURCE, OPTIONS)) for one in stored(articles, count)))

    print(f"{form.label:9} rendered        {measured(rendered)}")
    states = store.article_states()  # 10,000 take some 8 MB: the list of what is in the feed, not the feed
    writer = FeedWriter(store=store, newest=count)
    started = time.process_time()
    for _ in writer.stream(form, HARBOUR, OPTIONS, states):
        pass
    print(f"{'':9} read, rendered, kept in the store: {time.process_time() - started:.2f} s")
    print(f"{'':9} from the store  {measured(lambda: writer.stream(form, HARBOUR, OPTIONS, states))}")
    entries = list(writer.entries(form, HARBOUR, OPTIONS, states))
    print(f"{'':9} from memory     {measured(lambda: form.stream(HARBOUR, OPTIONS, entries))}")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--entries", type=int, default=10_000)
    arguments.add_argument("--bytes", type=int, default=8_000)
    chosen = arguments.parse_args()
    articles = bodies(chosen.bytes)
    print(f"{chosen.entries:,} entries with {len(articles[0].body.encode()):,} bytes of HTML")
    with tempfile.TemporaryDirectory() as folder:
        filling = multiprocessing.get_context("spawn").Process(target=fill, args=(Path(folder), articles, chosen.entries))
        filling.start()  # in a process of its own, so that this one's peak is that of writing
        filling.join()
        measure(Path(folder), articles, chosen.entries)


def measure(folder: Path, articles: list[Article], count: int) -> None:
    with open_store(folder, now=lambda: NOW) as store:
        for form in FORMATS.values():
            run(form, articles, store, count)


if __name__ == "__main__":
    main()
