"""三员分立."""

from itertools import combinations

import pytest

from onedoor.access.rules import (
    ADMINISTRATOR_ACTS,
    Administrator,
    administrator_grants,
    check_appointment,
    without_administration,
)
from onedoor.kernel.actor import Act, Grant
from onedoor.kernel.errors import Refused

CASE_ACTS = {Act.RECEIVE, Act.ACCEPT, Act.REVIEW, Act.DECIDE, Act.VIEW, Act.SUBMIT, Act.DELIVER}


def test_no_two_administrators_share_an_act() -> None:
    for one, other in combinations(Administrator, 2):
        assert not ADMINISTRATOR_ACTS[one] & ADMINISTRATOR_ACTS[other]


@pytest.mark.parametrize("role", list(Administrator))
def test_an_administrator_has_no_act_in_any_case(role: Administrator) -> None:
    assert not CASE_ACTS & {act for grant in administrator_grants(role) for act in grant.acts}


@pytest.mark.parametrize("role", list(Administrator))
@pytest.mark.parametrize("holds", list(Administrator))
def test_one_of_the_three_at_most(role: Administrator, holds: Administrator) -> None:
    if role is holds:
        check_appointment(role, holds=holds, handles_cases=False)
    else:
        with pytest.raises(Refused, match="三员"):
            check_appointment(role, holds=holds, handles_cases=False)


def test_a_case_handler_becomes_no_administrator() -> None:
    with pytest.raises(Refused):
        check_appointment(Administrator.AUDIT, holds=None, handles_cases=True)


def test_a_post_cannot_smuggle_in_an_administrators_acts() -> None:
    post = Grant("万能岗", frozenset(Act), None, "530524")
    (kept,) = without_administration([post, Grant("审计岗", frozenset({Act.AUDIT}), None, "")])
    assert kept.acts == frozenset(Act) - {Act.MANAGE_SYSTEM, Act.MANAGE_SECURITY, Act.AUDIT}
