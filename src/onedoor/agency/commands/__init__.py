"""All writes of 帮办代办: each is a named act in one transaction with its journal entries."""

from onedoor.agency.commands.confirming import (
    Confirmation,
    code_fits,
    confirm,
    lapse_due,
    lapse_errand,
    refuse_errand,
    remind_due,
    remind_errand,
    withdraw_errand,
)
from onedoor.agency.commands.preparing import prepare, send_code
from onedoor.agency.commands.taking_over import ask_takeover, end_at_window, take_over

__all__ = [
    "Confirmation",
    "ask_takeover",
    "code_fits",
    "confirm",
    "end_at_window",
    "lapse_due",
    "lapse_errand",
    "prepare",
    "refuse_errand",
    "remind_due",
    "remind_errand",
    "send_code",
    "take_over",
    "withdraw_errand",
]
