"""Settings of the room `images`: which originals are kept, and what the image proxy does for whom."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesSettings:
    """Which pictures of articles are kept, so that they outlive their source."""

    keep: str = setting(
        "all",
        "Which pictures of an article are kept: all, the lead image only, or none; a source may say otherwise.",
        choices=("all", "lead", "none"),
    )
    max_bytes: int = setting(10_000_000, "Larger pictures are not kept.", unit="bytes", low=10_000, high=100_000_000)
    host_delay: float = setting(0.25, "Pause between two pictures of one host; one at a time all the same.", unit="seconds", low=0, high=3600)
    keep_days: int = setting(0, "Originals are deleted so long after their article was first seen; 0: never.", unit="days", low=0, high=36_500)
    keep_bytes: int = setting(0, "Beyond this much the oldest originals are deleted; 0: no limit.", unit="bytes", low=0, high=10**15)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageProxySettings:
    """The image proxy of the built-in server: who may ask for what, and how much a picture may cost."""

    access: str = setting(
        "auto",
        "Whose pictures are given: of any address (open), of our articles and of links that we signed (seen), of such links only (signed), "
        "none (off); auto: open on a server that only this machine reaches, else seen.",
        choices=("auto", "open", "seen", "signed", "off"),
    )
    keys: tuple[str, ...] = setting((), "Keys of signed links: the first signs, all are accepted; empty: one is made and kept.", secret=True)
    per_client: int = setting(600, "Pictures that one client may have made in a minute, those in the cache not counted.", low=1, high=1_000_000)
    per_host: int = setting(4, "Requests to one publisher's host at the same time.", low=1, high=64)
    client_header: str = setting("", "Header in which a proxy before us names the client, e.g. X-Forwarded-For; empty: the connection's address.")
    max_bytes: int = setting(30_000_000, "Largest picture fetched.", unit="bytes", low=10_000, high=104_857_600)
    max_pixels: int = setting(71_000_000, "Most pixels of a picture, before and after, all frames together.", low=10_000, high=1_000_000_000)
    max_pages: int = setting(256, "Most frames or pages of a picture.", low=1, high=10_000)
    seconds: float = setting(10.0, "Longest time for making one picture.", unit="seconds", low=1, high=120)
    workers: int = setting(0, "Processes that make pictures; 0: one for each processor.", unit="processes", low=0, high=256)
    worker_memory: int = setting(1_000_000_000, "Most address space of such a process.", unit="bytes", low=200_000_000, high=64_000_000_000)
    avif_effort: int = setting(2, "Work put into an AVIF picture: 0 is quick, 9 small and slow.", low=0, high=9)
    cache_bytes: int = setting(1_000_000_000, "Disk space for pictures as they were made and fetched.", unit="bytes", low=1_000_000, high=10**15)
    memory_bytes: int = setting(64_000_000, "Memory for those asked for most.", unit="bytes", low=0, high=10**12)
    fresh_days: float = setting(7.0, "After this long a publisher is asked whether a picture has changed.", unit="days", low=0.01, high=365)
