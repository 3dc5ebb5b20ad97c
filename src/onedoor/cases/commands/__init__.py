"""All writes of cases: each is a named legal act in one transaction with its journal entries."""

from onedoor.cases.commands.acts import (
    accept,
    complete_step,
    decide,
    deliver,
    end_special_procedure,
    extend,
    open_material,
    rate,
    refuse_acceptance,
    request_supplement,
    send_back,
    start_special_procedure,
    supplement,
    withdraw,
)
from onedoor.cases.commands.drafts import discard_draft, save_draft, start_draft
from onedoor.cases.commands.results import make_result
from onedoor.cases.commands.submission import receive, submit
from onedoor.cases.commands.telling import tell, tell_of_receipt
from onedoor.cases.commands.upkeep import check_password, erase, recompute, settle_due

__all__ = [
    "accept",
    "check_password",
    "complete_step",
    "decide",
    "deliver",
    "discard_draft",
    "end_special_procedure",
    "erase",
    "extend",
    "make_result",
    "open_material",
    "rate",
    "receive",
    "recompute",
    "refuse_acceptance",
    "request_supplement",
    "save_draft",
    "send_back",
    "settle_due",
    "start_draft",
    "start_special_procedure",
    "submit",
    "supplement",
    "tell",
    "tell_of_receipt",
    "withdraw",
]
