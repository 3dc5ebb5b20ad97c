"""The rules of access: sign-in, passwords, the three administrators, mandates, client systems. Pure."""

from onedoor.access.rules.administrators import (
    ADMINISTRATOR_ACTS,
    Administrator,
    administrator_grants,
    check_appointment,
    without_administration,
)
from onedoor.access.rules.clients import ClientTerms, check_client, client_actor
from onedoor.access.rules.identity import NationalIdentity, check_identity
from onedoor.access.rules.mandates import (
    APPLICANT_ACTS,
    MandateKind,
    MandateTerms,
    check_granter,
    check_revoker,
    check_terms,
    representation,
)
from onedoor.access.rules.permission import require
from onedoor.access.rules.signin import (
    Attempts,
    Policy,
    charge,
    code_name,
    fail,
    forgive,
    is_idle,
    lock_name,
    password_faults,
    policies_from,
    policy_on,
)
from onedoor.access.rules.standing import Standing, check_username, standing
from onedoor.access.rules.totp import totp

__all__ = [
    "ADMINISTRATOR_ACTS",
    "APPLICANT_ACTS",
    "Administrator",
    "Attempts",
    "ClientTerms",
    "MandateKind",
    "MandateTerms",
    "NationalIdentity",
    "Policy",
    "Standing",
    "administrator_grants",
    "charge",
    "check_appointment",
    "check_client",
    "check_granter",
    "check_identity",
    "check_revoker",
    "check_terms",
    "check_username",
    "client_actor",
    "code_name",
    "fail",
    "forgive",
    "is_idle",
    "lock_name",
    "password_faults",
    "policies_from",
    "policy_on",
    "representation",
    "require",
    "standing",
    "totp",
    "without_administration",
]
