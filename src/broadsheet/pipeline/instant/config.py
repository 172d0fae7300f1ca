"""Settings of feeds on demand."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantSettings:
    """Who may ask for the feed of any address, and how much work that may cause."""

    access: str = setting(
        "local",
        "Who may ask: nobody (off); anybody, while the server listens on this machine only (local); who brings a token (token); anybody, for "
        "addresses at instant.hosts (hosts); anybody (open).",
        choices=("off", "local", "token", "hosts", "open"),
    )
    tokens: tuple[str, ...] = setting(
        (), "Tokens that open it, at least 16 characters each; they count whatever instant.access says but off.", secret=True
    )
    hosts: tuple[str, ...] = setting(
        (), "Hosts whose addresses anybody may ask for when instant.access says hosts; news.example takes its subdomains too."
    )
    budget: float = setting(8.0, "How long an answer waits for articles that are still being read.", unit="seconds", low=0, high=60)
    refresh: float = setting(10.0, "A feed is asked for again after this long at the soonest.", unit="minutes", low=1, high=1440)
    entries: int = setting(10, "Articles in an answer that names no number.", low=1, high=100)
    most_entries: int = setting(25, "Articles in an answer at most.", low=1, high=100)
    per_minute: int = setting(20, "Requests a minute from one client.", low=1, high=10_000)
    all_per_minute: int = setting(120, "Requests a minute from all clients together.", low=1, high=100_000)
    client_header: str = setting("", "Header in which the proxy before us names the client, such as X-Real-IP; empty: the connection's address.")
    feeds: int = setting(200, "Addresses remembered.", low=1, high=100_000)
    max_bytes: int = setting(64_000_000, "Memory for the articles of all remembered addresses.", unit="bytes", low=1_000_000, high=8_000_000_000)
    at_once: int = setting(16, "Articles being read at the same time, of all addresses together.", low=1, high=500)
