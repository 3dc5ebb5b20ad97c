"""From an account to the actor: deny by default."""

import pytest
from django.contrib.auth.models import AnonymousUser

from onedoor.access.models import Account
from onedoor.access.queries import actor_for
from onedoor.kernel.actor import ANONYMOUS, Act, ActorKind, Channel, Grant, Target
from onedoor.orgs import queries as orgs

pytestmark = pytest.mark.django_db
POST = Grant("窗口岗", frozenset({Act.RECEIVE, Act.AUDIT, Act.MANAGE_SYSTEM}), "organ", "530524")


@pytest.fixture(autouse=True)
def post_of_staff_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orgs, "grants_of", lambda staff_id, on: (POST,) if staff_id == 1 else ())


def test_a_visitor_is_anonymous() -> None:
    assert actor_for(AnonymousUser(), channel=Channel.WEB) is ANONYMOUS


def test_an_inactive_account_is_anonymous() -> None:
    assert actor_for(Account(username="a", is_active=False), channel=Channel.WEB) is ANONYMOUS


def test_staff_hold_their_posts_grants_without_the_administrators_acts() -> None:
    account = Account.objects.create(username="clerk", name="张三", kind="staff", staff_id=1)
    actor = actor_for(account, channel=Channel.WINDOW, second_factor=True)
    assert (actor.ref, actor.name, actor.kind) == (f"account:{account.pk}", "张三", ActorKind.STAFF)
    assert [grant.acts for grant in actor.grants] == [frozenset({Act.RECEIVE})]


def test_without_a_second_factor_staff_hold_nothing() -> None:
    account = Account.objects.create(username="clerk", kind="staff", staff_id=1)
    assert actor_for(account, channel=Channel.WEB).grants == ()


def test_staff_without_a_post_hold_nothing() -> None:
    account = Account.objects.create(username="clerk", kind="staff", staff_id=2)
    assert actor_for(account, channel=Channel.WEB, second_factor=True).grants == ()
    account = Account.objects.create(username="nobody", kind="staff")
    assert actor_for(account, channel=Channel.WEB, second_factor=True).grants == ()


def test_staff_represent_nobody() -> None:
    account = Account.objects.create(username="clerk", kind="staff", staff_id=1)
    actor = actor_for(account, channel=Channel.WEB, second_factor=True)
    assert actor.represents == ()
    assert not actor.may(Act.SUBMIT, Target(frozenset({"organ"}), "530524000000", applicant="person:1"))


def test_a_citizen_whose_identity_is_unknown_represents_nobody() -> None:
    account = Account.objects.create(username="lihua")
    assert actor_for(account, channel=Channel.WEB).represents == ()


def test_the_second_factor_lends_a_citizen_no_grants() -> None:
    account = Account.objects.create(username="lihua", party="person:1")
    assert actor_for(account, channel=Channel.WEB, second_factor=True).grants == ()
