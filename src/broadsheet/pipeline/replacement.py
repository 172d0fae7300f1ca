"""A page where a feed was: looking for what there is to watch instead, and offering it."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.errors import BroadsheetError
from broadsheet.model import Candidate, PollState, Source
from broadsheet.observe import log
from broadsheet.pipeline.discover import discover
from broadsheet.pipeline.health import open_incident
from broadsheet.pipeline.tools import Tools

LOOK_EVERY = 3
"""Answers in a row that were no feed before we look; then again after as many: by then polls are days apart."""

SAID = "Where this feed was, there is something else now, so nothing new can be read."
TAKE = "{} was found in its place. Whoever runs this feed can take that: `broadsheet sources move {}`."
NAME = "No other was found. Whoever runs this feed can name its new address: `broadsheet sources move {} URL`."


async def look_for_replacement(source: Source, state: PollState, tools: Tools) -> None:
    """Look at *source*'s site for what can be watched in its place, if its answers have been no feed often enough. Nothing is taken unasked."""
    if state.not_a_feed == 0 or state.not_a_feed % LOOK_EVERY != 0:
        return
    offered = await _found(source, tools)
    tools.store.keep_poll(source.id, replace(state, offered=offered))
    do = TAKE.format(offered[0].url, source.id) if offered else NAME.format(source.id)
    open_incident(source.id, "no-feed", said=SAID, do=do, tools=tools, detail=state.last_error or "")


async def _found(source: Source, tools: Tools) -> tuple[Candidate, ...]:
    try:
        found = await discover(source.home_url or source.url, tools.get, now=tools.now())
    except BroadsheetError as error:
        log("pipeline").info("no replacement for %s: %s", source.id, error)
        return ()
    return tuple(one for one in found.candidates if one.url != source.url)
