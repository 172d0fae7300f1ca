"""Our own hub: what it takes from whom, how it asks back, and what it says with a delivery (WebSub, sections 5 to 7)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from broadsheet.model import Intent, IntentMode, Subscriber
from broadsheet.urls import is_http
from broadsheet.websub.signature import sign

OWN = "own"
"""What `publish.hub` says when the hub is ours."""
HUB_PATH = "hub"
FORM = "application/x-www-form-urlencoded"

LEAST_LEASE, USUAL_LEASE, LONGEST_LEASE = timedelta(days=1), timedelta(days=10), timedelta(days=15)
MOST_SECRET_BYTES = 199  # WebSub, section 5.1: less than 200
MOST_FORM_BYTES = 8_192
MOST_FIELDS = 20
MOST_URL = 2_000  # characters

RETRY = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 360))
GIVE_UP_AFTER = timedelta(days=1)
VERIFY_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A request that our hub does not take: the *status* of the answer, and why in words."""

    status: int
    said: str


def read_request(body: bytes, *, now: datetime) -> Intent | Refusal:
    """What a form posted to our hub asks for. Whether the topic is one of ours is still to be seen."""
    fields = _fields(body)
    mode, topic, callback, secret = (fields.get(f"hub.{name}", "") for name in ("mode", "topic", "callback", "secret"))
    if mode not in ("subscribe", "unsubscribe"):
        return Refusal(status=400, said="hub.mode must be subscribe or unsubscribe; this hub publishes nothing but its own site's feeds")
    if not _is_address(topic):
        return Refusal(status=400, said="hub.topic must be the address of a feed")
    if not _is_address(callback) or "#" in callback:
        return Refusal(status=400, said="hub.callback must be an http or https address without a fragment")
    if len(secret.encode()) > MOST_SECRET_BYTES:
        return Refusal(status=400, said="hub.secret must be shorter than 200 bytes")
    return intent(
        "subscribe" if mode == "subscribe" else "unsubscribe", topic, callback,
        secret=secret or None, lease_seconds=lease_seconds(fields.get("hub.lease_seconds", "")), now=now,
    )  # fmt: skip


def intent(
    mode: IntentMode, topic: str, callback: str, *, now: datetime, secret: str | None = None, lease_seconds: int = 0, reason: str = ""
) -> Intent:
    """Something to ask at, or to tell, a callback."""
    return Intent(
        id=subscriber_id(topic, callback), mode=mode, topic_url=topic, callback_url=callback, secret=secret, lease_seconds=lease_seconds,
        reason=reason, due=now,
    )  # fmt: skip


def lease_seconds(asked: str) -> int:
    """What we grant: what was asked for, within 1 and 15 days; 10 days where nothing that can be read was asked for."""
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 12 else int(USUAL_LEASE.total_seconds())
    return min(max(wanted, int(LEAST_LEASE.total_seconds())), int(LONGEST_LEASE.total_seconds()))


def subscriber_id(topic: str, callback: str) -> str:
    """The same for the same topic and callback: who subscribes again renews."""
    return hashlib.sha256(f"{topic}\n{callback}".encode("utf-8", "surrogatepass")).hexdigest()[:40]


def subscriber_of(confirmed: Intent, *, told: str | None, now: datetime) -> Subscriber:
    """The subscriber that a confirmed intent makes. *told* is the state the feed is in: they have it, or fetch it themselves."""
    return Subscriber(
        id=confirmed.id, topic_url=confirmed.topic_url, callback_url=confirmed.callback_url, secret=confirmed.secret, added_at=now,
        lease_until=now + timedelta(seconds=confirmed.lease_seconds), told=told,
    )  # fmt: skip


def verification_url(asked: Intent, challenge: str) -> str:
    """Where to ask whether *asked* is meant; for a denial, where to tell of it. The callback's own query stays in front."""
    query = {"hub.mode": asked.mode, "hub.topic": asked.topic_url}
    if asked.mode == "denied":
        query["hub.reason"] = asked.reason
    else:
        query["hub.challenge"] = challenge
    if asked.mode == "subscribe":
        query["hub.lease_seconds"] = str(asked.lease_seconds)
    return f"{asked.callback_url}{'&' if '?' in asked.callback_url else '?'}{urlencode(query)}"


def hub_links(hub_url: str, self_url: str) -> str:
    """The value of the Link header by which a feed names its hub and itself."""
    return f'<{_in_header(hub_url)}>; rel="hub", <{_in_header(self_url)}>; rel="self"'


def delivery_headers(subscriber: Subscriber, body: bytes, *, hub_url: str) -> Mapping[str, str]:
    """What goes with a delivery besides its Content-Type."""
    links = {"Link": hub_links(hub_url, subscriber.topic_url)}
    return links | ({"X-Hub-Signature": sign(body, subscriber.secret)} if subscriber.secret else {})


def ping_form(topics: tuple[str, ...]) -> bytes:
    """The form that tells an external hub which feeds have changed. What publishers send is left open by the Recommendation; hubs of all
    ages understand this of PubSubHubbub 0.3, section 7.1, which allows several topics in one request."""
    return urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]).encode()


def retry_due(*, tries: int, since: datetime, now: datetime, retry_after: timedelta | None = None) -> datetime | None:
    """When to try a delivery again after attempt number *tries* failed, or None once it has been tried for a day."""
    due = now + max(RETRY[min(tries, len(RETRY)) - 1], retry_after or timedelta(0))
    return due if due - since <= GIVE_UP_AFTER else None


def _fields(body: bytes) -> dict[str, str]:
    """The first value of each field. A form with too many is no form of ours."""
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def _is_address(text: str) -> bool:
    return len(text) <= MOST_URL and text.isprintable() and " " not in text and is_http(text) and not urlsplit(text).username


def _in_header(url: str) -> str:
    """*url* with nothing in it that would end it early."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
