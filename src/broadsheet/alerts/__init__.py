"""Alerts: telling the operator that a source broke, and that it works again, by webhook and by mail.

Comes in: incidents that nobody was told of, and the settings of the ways to the operator. Goes out: messages, posted or mailed; a failure is an
`AlertNotSent`. It never decides what an incident is (`pipeline/health.py` does), never keeps who was told (the store does), and
never sends anything to readers: what these are told stands in the source's own feed (`publish/notice.py`).

No more than one message for an incident and one for its end; many at once make one message. Secrets (addresses of webhooks, passwords)
stand in no error and no log.

Start reading at `message.py`: which incidents make a message, and its words. `channel.py` has the ways there are, `webhook.py` and `mail.py` each.
"""

from broadsheet.alerts.channel import Channel, channels, pause_after
from broadsheet.alerts.config import AlertsSettings
from broadsheet.alerts.message import TEST, Message, is_stale, is_time, messages
from broadsheet.alerts.webhook import Post

__all__ = ["TEST", "AlertsSettings", "Channel", "Message", "Post", "channels", "is_stale", "is_time", "messages", "pause_after"]
