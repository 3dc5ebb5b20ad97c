"""示例 accounts: opened together, each whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.access.conftest import PASSWORD, SECRET

from onedoor.access import commands, queries
from onedoor.access.commands import NewAccount
from onedoor.access.models import Account
from onedoor.access.rules import Administrator
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, ActorKind, Channel, system
from onedoor.kernel.errors import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BY = system("tests")
CITIZEN = NewAccount("Lihua", "李华", party="person:1", sample=True)
KEEPER = NewAccount("audit", "审计管理员", kind="staff", administrator=Administrator.AUDIT, sample=True)


def open_both(*news: NewAccount, password: str = PASSWORD) -> tuple[str, ...]:
    return commands.open_sample_accounts(news, password=password, secrets={"audit": SECRET}, by=BY, at=AT)


def test_each_has_the_password_its_facts_and_staff_a_second_factor() -> None:
    citizen, keeper = open_both(CITIZEN, KEEPER)
    assert Account.objects.get(username="lihua").check_password(PASSWORD)
    assert [f.kind for f in journal.stream(citizen)] == ["account_opened"]
    assert [f.kind for f in journal.stream(keeper)] == ["account_opened", "second_factor_enrolled"]
    assert queries.second_factors(citizen) == frozenset()
    assert queries.second_factors(keeper) == {"totp"}


def test_further_facts_follow_in_the_same_stream() -> None:
    citizen, _ = open_both(CITIZEN, KEEPER)
    commands.change_password(citizen, "Another-2027", by=BY, at=AT)
    assert [f.seq for f in journal.stream(citizen)] == [1, 2]


def test_only_accounts_marked_as_samples() -> None:
    with pytest.raises(Forbidden):
        open_both(replace(CITIZEN, sample=False))
    by = replace(BY, kind=ActorKind.STAFF)
    with pytest.raises(Forbidden):
        commands.open_sample_accounts([CITIZEN], password=PASSWORD, secrets={}, by=by, at=AT)


def test_a_weak_password_or_a_taken_name_opens_none() -> None:
    with pytest.raises(Invalid):
        open_both(CITIZEN, KEEPER, password="short")
    with pytest.raises(Conflict):
        open_both(KEEPER, replace(CITIZEN, username="audit"))
    assert not Account.objects.exists()


def test_the_actor_of_an_account_is_that_of_a_full_sign_in() -> None:
    citizen, keeper = open_both(CITIZEN, KEEPER)
    day = date(2026, 3, 2)
    assert queries.actor_of(keeper, channel=Channel.WEB, on=day).has(Act.AUDIT)
    assert [r.party for r in queries.actor_of(citizen, channel=Channel.WEB, on=day).represents] == ["person:1"]
