"""`broadsheet feeds`: feeds of an operator's own making, put together from what is collected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    from broadsheet.model import ArticleFilter, Publication

feeds = typer.Typer(
    name="feeds",
    help="Feeds that you put together: filtered, merged, each story once.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Content(StrEnum):
    """What an entry holds."""

    full = "full"
    summary = "summary"
    teaser = "teaser"
    default = "default"


Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name in addresses: merged/NAME.rss.")]
Title = Annotated[str | None, typer.Option(help="What readers see; default: the name.")]
Sources = Annotated[list[str] | None, typer.Option("--source", metavar="ID", help="Articles of this source. Repeat for more.")]
Categories = Annotated[list[str] | None, typer.Option("--category", help="Articles of all sources in this category. Repeat for more.")]
Search = Annotated[str | None, typer.Option(metavar="WORDS", help='All of these must occur: words, beginnings*, and "phrases in quotes".')]
Include = Annotated[list[str] | None, typer.Option("--include", metavar="WORD", help="One of these words or phrases must occur. Repeat for more.")]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", metavar="WORD", help="None of these may occur. Repeat for more.")]
Authors = Annotated[list[str] | None, typer.Option("--author", metavar="NAME", help="Written by one of these. Repeat for more.")]
Sections = Annotated[list[str] | None, typer.Option("--section", help="From one of these sections of the paper. Repeat for more.")]
Languages = Annotated[list[str] | None, typer.Option("--language", metavar="TAG", help="In one of these languages (zh takes zh-Hans too). Repeat.")]
MinWords = Annotated[int | None, typer.Option(help="At least so many words; a Chinese or Japanese character counts as one.")]
MaxWords = Annotated[int | None, typer.Option(help="At most so many words.")]
Entries = Annotated[Content | None, typer.Option("--content", help="What an entry holds; default: as publish.content says.")]
Prefix = Annotated[bool | None, typer.Option("--prefix/--no-prefix", help="Put the source's name before each title.")]
Once = Annotated[bool | None, typer.Option("--once/--no-once", help="Show a story that several sources tell in the same words once.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the options say; None: nothing."""

    title: str | None
    lists: dict[str, list[str] | None]
    search: str | None
    lengths: dict[str, int | None]
    content: Content | None
    prefix: bool | None
    once: bool | None

    def applied(self, to: Publication) -> Publication:
        """*to* with what was asked for in the place of what it had."""
        changes: dict[str, Any] = {}
        if self.title is not None:
            changes["title"] = self.title.strip() or to.name
        if self.content is not None:
            changes["content"] = None if self.content is Content.default else self.content.value
        if self.prefix is not None:
            changes["prefix_titles"] = self.prefix
        if self.once is not None:
            changes["once"] = self.once
        return replace(to, filter=self._filter(to.filter), **changes)

    def _filter(self, before: ArticleFilter) -> ArticleFilter:
        from broadsheet.text.search import split_terms

        changes: dict[str, Any] = {name: tuple(one for one in said if one) for name, said in self.lists.items() if said is not None}
        changes |= {name: number or None for name, number in self.lengths.items() if number is not None}
        if self.search is not None:
            changes["words"] = split_terms(self.search)
        return replace(before, **changes)


@feeds.command()
def add(
    ctx: typer.Context, name: Name, title: Title = None, source: Sources = None, category: Categories = None, search: Search = None,
    include: Include = None, exclude: Exclude = None, author: Authors = None, section: Sections = None, language: Languages = None,
    min_words: MinWords = None, max_words: MaxWords = None, content: Entries = None, prefix: Prefix = None, once: Once = None,
) -> None:  # fmt: skip
    """Put a feed together. Without conditions it holds everything."""
    from broadsheet.library.publications import add_publication
    from broadsheet.model import Publication
    from broadsheet.text.moments import utc_now

    context: Context = ctx.obj
    asked = _asked(locals())
    with context.store() as store:
        add_publication(store, publication := asked.applied(Publication(name=name, title=name, added_at=utc_now())))
    _report(publication, context)


@feeds.command()
def change(
    ctx: typer.Context, name: Name, title: Title = None, source: Sources = None, category: Categories = None, search: Search = None,
    include: Include = None, exclude: Exclude = None, author: Authors = None, section: Sections = None, language: Languages = None,
    min_words: MinWords = None, max_words: MaxWords = None, content: Entries = None, prefix: Prefix = None, once: Once = None,
) -> None:  # fmt: skip
    """Change a feed: what is given replaces what was there, '' (or 0) takes a condition away, all else stays."""
    from broadsheet.library.publications import change_publication

    context: Context = ctx.obj
    asked = _asked(locals())
    with context.store() as store:
        change_publication(store, publication := asked.applied(store.publication(name)))
    _report(publication, context)


@feeds.command("list")
def list_feeds(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False) -> None:
    """The feeds you have put together."""
    from broadsheet.publish.site import filter_in_words

    context: Context = ctx.obj
    with context.store() as store:
        publications = store.publications()
    if as_json:
        say_json([_as_json(one) for one in publications])
    elif publications:
        say_table(
            "Feeds of your own", ["name", "title", "from", "what"], [[one.name, one.title, _from(one), filter_in_words(one)] for one in publications]
        )
    else:
        say("None yet. For instance: broadsheet feeds add climate --search climate --once")


@feeds.command()
def show(
    ctx: typer.Context,
    name: Name,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    limit: Annotated[int, typer.Option(help="How many of its newest articles to show.", min=0, max=200)] = 10,
) -> None:
    """A feed's conditions, its addresses, and the newest articles that it holds."""
    from broadsheet.library.choosing import Picker

    context: Context = ctx.obj
    with context.store() as store:
        publication = store.publication(name)
        states = Picker(store).pick(publication, limit=limit).states if limit else ()
        articles = store.articles_by_id([state.id for state in states])
    newest = [articles[state.id] for state in states if state.id in articles]
    if as_json:
        say_json({**_as_json(publication), "newest": [{"id": one.id, "source": one.source_id, "title": one.article.title} for one in newest]})
        return
    _report(publication, context)
    for one in newest:
        say(f"  {one.sort_at:%Y-%m-%d %H:%M}  {one.source_id}: {one.article.title}")
    if limit and not newest:
        say("  No article meets the conditions yet.")


@feeds.command()
def remove(ctx: typer.Context, name: Name) -> None:
    """Stop publishing a feed. The articles stay."""
    context: Context = ctx.obj
    with context.store() as store:
        store.remove_publication(name)
    say(f"{name} is no longer published; the articles it held are all still here.")


def _asked(options: dict[str, Any]) -> _Asked:
    lists = {"sources": "source", "categories": "category", "include": "include", "exclude": "exclude", "authors": "author"}
    lists |= {"sections": "section", "languages": "language"}
    return _Asked(
        title=options["title"],
        lists={name: options[option] for name, option in lists.items()},
        search=options["search"],
        lengths={name: options[name] for name in ("min_words", "max_words")},
        content=options["content"],
        prefix=options["prefix"],
        once=options["once"],
    )


def _report(publication: Publication, context: Context) -> None:
    from broadsheet.publish.site import filter_in_words

    base = context.settings().publish.base_url
    where = f"{base.rstrip('/')}/" if base else ""
    say(f"{publication.title}  (from {_from(publication)})")
    say(f"  {filter_in_words(publication)}")
    say(f"  {where}merged/{publication.name}.rss, .atom, .json; its pages: {where}merged/{publication.name}/")


def _from(publication: Publication) -> str:
    wanted = publication.filter
    return ", ".join((*wanted.sources, *wanted.categories)) or "all sources"


def _as_json(publication: Publication) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(publication), "feed": f"merged/{publication.name}.rss"}
