"""What we say with a request."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping

from broadsheet import __version__
from broadsheet.fetch.config import FetchSettings
from broadsheet.fetch.decoding import ACCEPTED
from broadsheet.fetch.target import Target
from broadsheet.model import Request, Validators

ACCEPT: Mapping[str, str] = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.4, */*;q=0.1",
    "page": "text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.5",
    "image": "image/webp, image/jpeg, image/png, image/*;q=0.8, */*;q=0.4",
    "robots": "text/plain, */*;q=0.5",
    "sitemap": "application/xml, text/xml, text/plain;q=0.8, */*;q=0.5",
    "callback": "text/plain, */*;q=0.5",
}


def user_agent(settings: FetchSettings, feed_id: str | None = None) -> str:
    """What we call ourselves: with a way to reach whoever runs us if they gave one, and the source we ask for, as readers for many do.

    How many subscribers we ask for is not said: we do not know. What the operator wrote is sent as it stands.
    """
    if settings.user_agent:
        return settings.user_agent
    about = [f"+{settings.contact}"] if settings.contact else []
    about += [f"feed-id={feed_id}"] if feed_id else []
    return f"Broadsheet/{__version__} ({'; '.join(about)})" if about else f"Broadsheet/{__version__}"


def request_headers(request: Request, target: Target, *, agent: str, cookies: str) -> dict[str, str]:
    """The headers for one hop of *request* to *target*; *cookies* are those that earlier hops set.

    *request* is as this hop may see it: `redirects.Chain.request`.
    """
    said = {"User-Agent": agent, "Accept": ACCEPT[request.kind], "Accept-Encoding": ACCEPTED}
    if request.referer:
        said["Referer"] = request.referer
    if request.validators:
        said |= _conditional(request.validators)
    said |= _login(target) | dict(request.headers)
    if cookies:
        said["Cookie"] = "; ".join(filter(None, (_named(said, "cookie"), cookies)))
    return {name: value for name, value in said.items() if _can_be_sent(value)}


def post_headers(target: Target, *, agent: str, media_type: str, further: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers with something we send to *target*. The answer is wanted unpacked: it is a line or two."""
    said = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity", "Content-Type": media_type}
    said |= _login(target) | dict(further)
    return {name: value for name, value in said.items() if _can_be_sent(value)}


def _login(target: Target) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(":".join(target.login).encode()).decode()} if target.login else {}


def _conditional(validators: Validators) -> dict[str, str]:
    """Both, byte for byte as the server gave them: which one it looks at is its business (RFC 9110, section 13.2.2)."""
    said = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in said.items() if value}


def _named(said: dict[str, str], name: str) -> str:
    """The value of a header, removed from *said* whatever its capitals."""
    return "; ".join([said.pop(key) for key in list(said) if key.lower() == name])


def _can_be_sent(value: str) -> bool:
    """A line break in a stored validator or a page's address would begin a header of its own."""
    return value.isprintable()
