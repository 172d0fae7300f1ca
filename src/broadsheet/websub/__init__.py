"""WebSub, the words of the protocol (W3C Recommendation of 23 January 2018), for both ends.

Comes in: what a feed and its answer say about hubs, what a hub or a subscriber asked of us, how a subscription stands, the time.
Goes out: what to ask a hub for, whether to confirm, whether a delivery is genuine, when the next step falls due, and the forms,
queries and headers that say so. All of it plain functions from values to values.

Never: sends or receives anything, reads the clock, keeps anything, makes up a token or a challenge (they are passed in). The steps are in
`pipeline/websub.py` (what is due), the addresses in `serve/websub.py`, the rows in `store/sql/websub.py`.
Start reading at `subscription.py` for us as a subscriber, at `hub.py` for our own hub; `signature.py` and `offer.py` are small.
"""

from broadsheet.websub.config import WebSubSettings, callback_base
from broadsheet.websub.hub import Refusal, delivery_headers, hub_links, read_request, subscriber_of, verification_url
from broadsheet.websub.offer import Offer, offered
from broadsheet.websub.signature import is_genuine, sign
from broadsheet.websub.subscription import is_pushed, judge_push, subscription_form, wanted

__all__ = [
    "Offer", "Refusal", "WebSubSettings", "callback_base", "delivery_headers", "hub_links", "is_genuine", "is_pushed", "judge_push",
    "offered", "read_request", "sign", "subscriber_of", "subscription_form", "verification_url", "wanted",
]  # fmt: skip
