"""Deny by default."""

import pytest

from onedoor.access.rules import require
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Target
from onedoor.kernel.errors import Forbidden

CLERK = Actor(
    "account:1", "甲", ActorKind.STAFF, Channel.WINDOW, (Grant("岗", frozenset({Act.ACCEPT}), "o", "530524"),)
)


@pytest.mark.parametrize("act", list(Act))
def test_a_visitor_may_nothing(act: Act) -> None:
    with pytest.raises(Forbidden):
        require(ANONYMOUS, act)


def test_a_menu_opens_where_the_act_is_granted_somewhere() -> None:
    require(CLERK, Act.ACCEPT)
    with pytest.raises(Forbidden):
        require(CLERK, Act.DECIDE)


def test_with_a_target_the_grant_must_cover_it() -> None:
    require(CLERK, Act.ACCEPT, Target(frozenset({"o"}), "530524101000"))
    with pytest.raises(Forbidden):
        require(CLERK, Act.ACCEPT, Target(frozenset({"o"}), "530521000000"))
