"""All writes of access."""

from onedoor.access.commands.accounts import (
    InvitedAccount,
    NewAccount,
    appoint_administrator,
    appoint_administrators,
    change_password,
    check_new_password,
    identify_citizen,
    invite_staff,
    open_account,
    restore_account,
    suspend_account,
)
from onedoor.access.commands.clients import ClientCredentials, admit_client, end_client
from onedoor.access.commands.credentials import (
    end_sessions,
    enrol_authenticator,
    issue_enrolment_link,
    reset_credentials,
    sweep,
    unlock,
)
from onedoor.access.commands.mandates import grant_mandate, revoke_mandate
from onedoor.access.commands.samples import open_sample_accounts
from onedoor.access.commands.signin import (
    begin_attempt,
    forgive_attempt,
    record_failure,
    record_sign_in,
    record_sign_out,
)

__all__ = [
    "ClientCredentials",
    "InvitedAccount",
    "NewAccount",
    "admit_client",
    "appoint_administrator",
    "appoint_administrators",
    "begin_attempt",
    "change_password",
    "check_new_password",
    "end_client",
    "end_sessions",
    "enrol_authenticator",
    "forgive_attempt",
    "grant_mandate",
    "identify_citizen",
    "invite_staff",
    "issue_enrolment_link",
    "open_account",
    "open_sample_accounts",
    "record_failure",
    "record_sign_in",
    "record_sign_out",
    "reset_credentials",
    "restore_account",
    "revoke_mandate",
    "suspend_account",
    "sweep",
    "unlock",
]
