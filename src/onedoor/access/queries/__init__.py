"""All reads of access."""

from onedoor.access.queries.accounts import AccountView, account, account_named, second_factors
from onedoor.access.queries.actors import actor_for, actor_of, client_actor_for
from onedoor.access.queries.mandates import MandateView, mandates, mandates_at_counter
from onedoor.access.queries.policy import policy
from onedoor.access.queries.signins import SignInView, sign_ins

__all__ = [
    "AccountView",
    "MandateView",
    "SignInView",
    "account",
    "account_named",
    "actor_for",
    "actor_of",
    "client_actor_for",
    "mandates",
    "mandates_at_counter",
    "policy",
    "second_factors",
    "sign_ins",
]
