"""`broadsheet add`, `sources`, `remove`, `pause`: what is watched."""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import Context
from broadsheet.cli.output import Tally, say, say_json, say_table, watching

if TYPE_CHECKING:
    from broadsheet.library.adding import Added
    from broadsheet.model import Candidate, PollState, Source
    from broadsheet.store import SourceCounts, Store


def add(
    ctx: typer.Context,
    urls: Annotated[list[str], typer.Argument(metavar="URL…", help="A site, a feed, or an OPML file (address or path).")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the best feed found, without asking.")] = False,
    category: Annotated[str | None, typer.Option(help="Category to file the sources under.")] = None,
    links: Annotated[
        str | None, typer.Option(help="Watch the page itself: the links that this CSS picks are its stories, as in '.latest h3 a'.")
    ] = None,
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
                links=links,
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
    for other in one.others:
        say(f"  also there: {other.title or 'a feed'}, {other.entries} entries: {other.url}")
    if one.preview is not None:
        article = one.preview
        say(f"  e.g. {article.title} ({article.word_count} words{', ' + ', '.join(p.name for p in article.people) if article.people else ''})")
        say(f"       {article.text[:160].replace(chr(10), ' ')}…")


def _as_json(one: Added) -> dict[str, object]:
    source = one.source
    found = {"id": source.id, "url": source.url, "kind": source.kind, "title": source.title} if source else {}
    said = {"entries": one.entries, "how": one.how, "new": one.new, "error": str(one.error) if one.error else None}
    return {"asked": one.asked, **found, **said}


class Action(StrEnum):
    """What to do with the sources."""

    list = "list"
    show = "show"
    refresh = "refresh"
    announce = "announce"
    move = "move"


def sources(
    ctx: typer.Context,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="[list|show|refresh|announce|move]",
            help="list: all sources. show: all about one. refresh: have it asked now. announce: let in entries that are held because they look "
            "old. move: watch it at another address, under the same id.",
        ),
    ] = Action.list,
    source_id: Annotated[str, typer.Argument(metavar="[SOURCE]", help="The source's id (for all but list).")] = "",
    url: Annotated[str | None, typer.Argument(metavar="[URL]", help="move: the new address (without: what was found in its place).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the sources and how they are doing; look after one of them."""
    from broadsheet.errors import UsageError

    context: Context = ctx.obj
    if action is not Action.list and not source_id:
        raise UsageError(f"sources {action}", "does not say which source", do="`broadsheet sources` lists their ids.")
    with context.store() as store:
        match action:
            case Action.list:
                _list(store, as_json=as_json)
            case Action.show:
                _show(source_id, store, as_json=as_json)
            case _:
                say(_done(action, source_id, url, store))


def _show(source_id: str, store: Store, *, as_json: bool) -> None:
    from broadsheet.library.standing import in_words, standing_of
    from broadsheet.text.moments import utc_now

    lines = in_words(standing_of(source_id, store), utc_now())
    if as_json:
        say_json({"id": source_id, **_gathered(lines)})
        return
    say(source_id)
    for about, said in lines:
        say(f"  {about:<14}{said}")


def _gathered(lines: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """The lines by what they are about; incidents, of which there may be several, as a list."""
    incidents = [said for about, said in lines if about == "incident"]
    return {about: said for about, said in lines if about != "incident"} | ({"incidents": incidents} if incidents else {})


def _done(action: Action, source_id: str, url: str | None, store: Store) -> str:
    from broadsheet.library.standing import let_in, move_source
    from broadsheet.pipeline.schedule import ask_again
    from broadsheet.text.moments import utc_now

    now = utc_now()
    if action is Action.refresh:
        due = ask_again(source_id, store, now)
        return f"{source_id} is asked " + ("at the next poll." if due <= now else f"again at {due:%Y-%m-%d %H:%M:%S} UTC, not sooner.")
    if action is Action.announce:
        return f"{source_id}: {let_in(source_id, store, now)} entries are fetched at the next poll."
    return f"{source_id} is watched at {move_source(source_id, url, store, now).url}."


def _list(store: Store, *, as_json: bool) -> None:
    from broadsheet.library.checkup import site_changes

    counts, changes = store.counts(), site_changes(store)
    rows = [_health(source, store.poll_state(source.id), counts.get(source.id), changes.get(source.id)) for source in store.sources()]
    if as_json:
        say_json(rows)
        return
    if not rows:
        say("No sources yet. Add one: broadsheet add URL")
        return
    columns = ["id", "state", "articles", "waiting", "last answer", "next", "trouble", "url"]
    shown = [{**row, "trouble": _troubles(row)} for row in rows]
    say_table("Sources", columns, [[str(row[column]) if row[column] is not None else "-" for column in columns] for row in shown])


def _troubles(row: dict[str, object]) -> str | None:
    since = f" (since {row['failing since']})" if row["trouble"] and row["failing since"] else ""
    return "; ".join(str(said) for said in (f"{row['trouble'] or ''}{since}", row["site"], row["waits for you"]) if said) or None


def _health(source: Source, state: PollState, counts: SourceCounts | None, site: str | None) -> dict[str, object]:
    moment = "%Y-%m-%d %H:%M"
    known = {"id": source.id, "title": source.title, "kind": source.kind, "language": source.language, "category": source.category}
    done = {"articles": counts.articles if counts else 0, "waiting": counts.due if counts else 0, "given up": counts.dead if counts else 0}
    polls = {
        "last answer": state.last_success.strftime(moment) if state.last_success else None,
        "next": state.next_due.strftime(moment) if source.state == "active" else None,
        "trouble": state.last_error,
        "failing since": state.failing_since.strftime(moment) if state.failing_since else None,
        "waits for you": _decision(state),
        "site": site,
        "failures": state.failures,
        "server asked": state.server_asked,
    }
    return {**known, "state": source.state, **done, **polls, "url": source.url}


def _decision(state: PollState) -> str | None:
    """What waits for the operator's decision; `sources show` says more."""
    if state.held_since:
        return "entries are held"
    return "another feed was found" if state.offered else None


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
