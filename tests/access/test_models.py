"""The table itself refuses what 三员分立 forbids."""

import pytest
from django.db import IntegrityError

from onedoor.access.models import Account

pytestmark = pytest.mark.django_db


def test_an_administrator_must_be_one_of_the_three() -> None:
    with pytest.raises(IntegrityError):
        Account.objects.create(username="a", kind="staff", administrator="root")


def test_an_administrator_handles_no_cases() -> None:
    with pytest.raises(IntegrityError):
        Account.objects.create(username="a", kind="staff", administrator="audit", staff_id=1)


def test_a_citizen_is_no_administrator() -> None:
    with pytest.raises(IntegrityError):
        Account.objects.create(username="a", kind="citizen", administrator="audit")


def test_one_party_has_one_account() -> None:
    Account.objects.create(username="a", party="person:1")
    with pytest.raises(IntegrityError):
        Account.objects.create(username="b", party="person:1")


def test_accounts_without_a_known_identity_do_not_collide() -> None:
    Account.objects.create(username="a")
    Account.objects.create(username="b")
    assert Account.objects.filter(party="").count() == 2
