"""All reads of access."""

from onedoor.access.queries.accounts import AccountView, account, account_named, second_factors
from onedoor.access.queries.actors import actor_for, actor_of, client_actor_for
from onedoor.access.queries.managing import (
    ManagedAccount,
    Officer,
    administrator,
    administrators,
    history,
    manages,
    names_of,
    officer,
    officers,
    sees_all,
)
from onedoor.access.queries.mandates import MandateView, mandates, mandates_at_counter
from onedoor.access.queries.policy import policy
from onedoor.access.queries.signins import SignInView, sign_ins

__all__ = [
    "AccountView",
    "ManagedAccount",
    "MandateView",
    "Officer",
    "SignInView",
    "account",
    "account_named",
    "actor_for",
    "actor_of",
    "administrator",
    "administrators",
    "client_actor_for",
    "history",
    "manages",
    "mandates",
    "mandates_at_counter",
    "names_of",
    "officer",
    "officers",
    "policy",
    "second_factors",
    "sees_all",
    "sign_ins",
]
