"""`broadsheet add`, `sources`, `remove`, `pause`: what is watched."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import Tally, say, say_json, say_table, watching

if TYPE_CHECKING:
    from broadsheet.library.adding import Added
    from broadsheet.model import Candidate, PollState, Source
    from broadsheet.store import SourceCounts


def add(
    ctx: typer.Context,
    urls: Annotated[list[str], typer.Argument(metavar="URL…", help="A site, a feed, or an OPML file (address or path).")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the best feed found, without asking.")] = False,
    category: Annotated[str | None, typer.Option(help="Category to file the sources under.")] = None,
    header: Annotated[
        list[str] | None, typer.Option(help="Header for the source's own site, as in 'Cookie: session=…' of a paper you subscribe to.")
    ] = None,
    preview: Annotated[bool, typer.Option(help="Read one article of each source and show how it comes out.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was added as JSON (implies --yes).")] = False,
) -> None:
    """Watch a news source: finds its feed, shows what it found and one article of it."""
    from broadsheet.library.adding import add_sources

    context: Context = ctx.obj
    settings, tally = context.settings(), Tally()
    asks = not (yes or as_json) and sys.stdin.isatty()
    with context.store() as store, watching(tally, quiet=True) as tell:
        added = asyncio.run(
            add_sources(
                urls,
                store,
                settings,
                choose=_ask if asks else _best,
                category=category,
                headers=tuple(_header(line) for line in header or ()),
                preview=preview,
                tell=tell,
                report=None if as_json else _report,
            )
        )
    if as_json:
        say_json([_as_json(one) for one in added])
    elif any(one.source for one in added):
        say("Next: broadsheet poll --once   (or: broadsheet run)")
    failed = [one.error for one in added if one.error]
    if failed and not any(one.source for one in added):
        from broadsheet.cli.main import exit_code  # here: main imports this module

        raise typer.Exit(exit_code(failed[0]))


def _header(line: str) -> tuple[str, str]:
    from broadsheet.errors import UsageError

    name, colon, value = line.partition(":")
    if not colon or not name.strip() or "\n" in line:
        raise UsageError("--header", "is not of the form Name: value", do="For instance: --header 'Cookie: session=abc'")
    return name.strip(), value.strip()


def _best(candidates: list[Candidate]) -> Candidate:
    return candidates[0]


def _ask(candidates: list[Candidate]) -> Candidate:
    if len(candidates) == 1:
        return candidates[0]
    for number, one in enumerate(candidates, 1):
        say(f"  {number}. {one.title or one.url}  ({one.kind}, {one.entries} entries, {one.how})\n     {one.url}")
    choice: int = typer.prompt("Which one", default=1, type=int)
    return candidates[max(1, min(choice, len(candidates))) - 1]


def _report(one: Added) -> None:
    if one.error is not None:
        typer.echo(f"{one.asked}: not added: {one.error}", err=True)
        return
    if one.source is None:
        return
    say(f"{one.source.id}: {one.source.title}")
    say(f"  watching {one.source.url} ({one.how}, {one.entries} entries)" + ("" if one.new else "; it was watched already"))
    if one.preview is not None:
        article = one.preview
        say(f"  e.g. {article.title} ({article.word_count} words{', ' + ', '.join(p.name for p in article.people) if article.people else ''})")
        say(f"       {article.text[:160].replace(chr(10), ' ')}…")


def _as_json(one: Added) -> dict[str, object]:
    source = one.source
    found = {"id": source.id, "url": source.url, "kind": source.kind, "title": source.title} if source else {}
    said = {"entries": one.entries, "how": one.how, "new": one.new, "error": str(one.error) if one.error else None}
    return {"asked": one.asked, **found, **said}


def list_sources(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """List the sources and how they are doing."""
    from broadsheet.library.checkup import site_changes

    context: Context = ctx.obj
    with context.store() as store:
        counts, changes = store.counts(), site_changes(store)
        rows = [_health(source, store.poll_state(source.id), counts.get(source.id), changes.get(source.id)) for source in store.sources()]
    if as_json:
        say_json(rows)
        return
    if not rows:
        say("No sources yet. Add one: broadsheet add URL")
        return
    columns = ["id", "state", "articles", "waiting", "last answer", "next", "trouble", "url"]
    shown = [{**row, "trouble": "; ".join(str(row[name]) for name in ("trouble", "site") if row[name]) or None} for row in rows]
    say_table("Sources", columns, [[str(row[column]) if row[column] is not None else "-" for column in columns] for row in shown])


def _health(source: Source, state: PollState, counts: SourceCounts | None, site: str | None) -> dict[str, object]:
    moment = "%Y-%m-%d %H:%M"
    known = {"id": source.id, "title": source.title, "kind": source.kind, "language": source.language, "category": source.category}
    done = {"articles": counts.articles if counts else 0, "waiting": counts.due if counts else 0, "given up": counts.dead if counts else 0}
    polls = {
        "last answer": state.last_success.strftime(moment) if state.last_success else None,
        "next": state.next_due.strftime(moment) if source.state == "active" else None,
        "trouble": state.last_error,
        "site": site,
        "failures": state.failures,
        "server asked": state.server_asked,
    }
    return {**known, "state": source.state, **done, **polls, "url": source.url}


def remove(
    ctx: typer.Context,
    source_id: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's id, as `sources` lists it.")],
    purge: Annotated[bool, typer.Option("--purge", help="Delete its articles too, for good.")] = False,
) -> None:
    """Stop watching a source. Its articles stay, unless --purge."""
    context: Context = ctx.obj
    with context.store() as store:
        store.remove_source(source_id, purge=purge)
    say(f"{source_id} is no longer watched" + (", its articles are deleted." if purge else "; its articles are kept."))


def pause(
    ctx: typer.Context,
    source_id: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's id, as `sources` lists it.")],
    resume: Annotated[bool, typer.Option("--resume", help="Watch it again.")] = False,
) -> None:
    """Stop asking a source for a while; --resume goes on."""
    from dataclasses import replace

    from broadsheet.text.moments import utc_now

    context: Context = ctx.obj
    with context.store() as store:
        store.replace_source(replace(store.source(source_id), state="active" if resume else "paused"))
        if resume:
            store.keep_poll(source_id, replace(store.poll_state(source_id), next_due=utc_now()))
    say(f"{source_id} is {'watched again' if resume else 'paused'}.")
