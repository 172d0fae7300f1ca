"""Settings of the room `fetch`."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How we behave on the network."""

    user_agent: str = setting("", "What we call ourselves; empty: Broadsheet/<version> with the contact address, if any.")
    contact: str = setting("", "A URL or address where a site's owner can reach you; part of the user agent.")
    proxy: str = setting("", "HTTP proxy for all requests, e.g. http://user:password@proxy.lan:3128; empty: none.", secret=True)
    ca_file: str = setting("", "A PEM file of certificate authorities to trust besides the usual ones.")
    host_delay: float = setting(1.0, "Pause between two requests to one host.", unit="seconds", low=0, high=3600)
    connect_timeout: float = setting(10.0, "Longest wait for a connection.", unit="seconds", low=0.1, high=300)
    timeout: float = setting(30.0, "Longest time for one whole answer.", unit="seconds", low=1, high=300)
    max_page_bytes: int = setting(12_000_000, "Largest page taken, decoded.", unit="bytes", low=10_000, high=1_000_000_000)
    max_feed_bytes: int = setting(20_000_000, "Largest feed or sitemap taken, decoded.", unit="bytes", low=10_000, high=1_000_000_000)
    max_image_bytes: int = setting(20_000_000, "Largest picture taken.", unit="bytes", low=10_000, high=1_000_000_000)
    max_redirects: int = setting(10, "Redirects followed before giving up.", low=0, high=30)
    obey_robots: bool = setting(True, "Ask robots.txt before fetching articles.")
    robots_for_feeds: bool = setting(False, "Ask robots.txt before fetching feeds and sitemaps too, although they are made for machines.")
    private_hosts: tuple[str, ...] = setting((), "Hosts we may connect to although their address or port is special: nas.lan, 192.168.1.5:8080.")
