"""Messages as values: templates, filling, length, what may never be in them, and when to try again."""

from onedoor.notices.rules.messages import (
    SMS_LIMIT,
    Channel,
    Message,
    MessageTemplate,
    fill,
    parse,
    sms_text,
)
from onedoor.notices.rules.outbox import Attempt, Outcome, State, after

__all__ = [
    "SMS_LIMIT",
    "Attempt",
    "Channel",
    "Message",
    "MessageTemplate",
    "Outcome",
    "State",
    "after",
    "fill",
    "parse",
    "sms_text",
]
