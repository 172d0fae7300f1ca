"""Settings of the room `sources`."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesSettings:
    """How often sources are asked for news."""

    min_interval: float = setting(15.0, "Shortest pause between two polls of a source.", unit="minutes", low=0, high=1440)
    default_interval: float = setting(60.0, "Pause for a source whose rhythm is not known yet.", unit="minutes", low=0.1, high=10_080)
    unconditional_interval: float = setting(
        1440.0,
        "Pause between two polls of a source that gives no validators, so that each costs its publisher the whole file; shorter, an hour at "
        "least, where entries leave the feed sooner.",
        unit="minutes",
        low=0.1,
        high=10_080,
    )
    max_interval: float = setting(1440.0, "Longest pause between two polls of a source that answers.", unit="minutes", low=1, high=10_080)
    adaptive: bool = setting(True, "Ask often those that publish often; otherwise every source keeps the default interval.")
    heed_hints: bool = setting(True, "Ask no sooner than the feed's ttl, update period and cache headers wish.")
