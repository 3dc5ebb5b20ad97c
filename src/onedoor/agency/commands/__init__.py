"""All writes of 帮办代办: each is a named act in one transaction with its journal entries."""

from onedoor.agency.commands.confirming import (
    Confirmation,
    code_fits,
    confirm,
    lapse_due,
    lapse_errand,
    refuse_errand,
    withdraw_errand,
)
from onedoor.agency.commands.preparing import prepare, send_code

__all__ = [
    "Confirmation",
    "code_fits",
    "confirm",
    "lapse_due",
    "lapse_errand",
    "prepare",
    "refuse_errand",
    "send_code",
    "withdraw_errand",
]
