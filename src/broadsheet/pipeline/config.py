"""Settings of the room `pipeline`."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineSettings:
    """Which articles are followed, and how long we look for changes in them."""

    revisit_days: float = setting(
        7.0, "How long after its first sight an article is looked at again for changes; 0: never.", unit="days", low=0, high=365
    )
    keep_exchanges: float = setting(7.0, "How long answers are filed that no article rests on, such as feeds.", unit="days", low=0, high=3650)
    tries: int = setting(6, "Attempts at a page before only the feed's words are kept.", low=1, high=20)
    max_parts: int = setting(20, "Pages of one article that are joined.", low=1, high=200)
