"""Where messages go: one number per reading, recorded; nothing where none can take a message."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

from onedoor.config.adapters import addresses
from onedoor.config.adapters.addresses import Registers

AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.django_db
def test_unknown_parties_and_accounts_have_no_address() -> None:
    for ref in ("person:999999", "entity:999999", "account:999999", "account:x"):
        assert Registers().phone(ref, about="case:1", at=AT) == ""
        assert Registers().mail(ref, about="case:1", at=AT) == ""


@pytest.mark.django_db
def test_an_account_is_reached_by_its_own_contacts() -> None:
    account = get_user_model().objects.create(username="li", phone="+86 138-0000-0000", email="li@example.com")
    ref = f"account:{account.pk}"
    assert Registers().phone(ref, about="", at=AT) == "13800000000"
    assert Registers().mail(ref, about="", at=AT) == "li@example.com"


@pytest.mark.parametrize(("held", "used"), [("0875-7120000", ""), ("13800000000", "13800000000"), ("", "")])
def test_only_a_mobile_number_takes_messages(monkeypatch: pytest.MonkeyPatch, held: str, used: str) -> None:
    readings = []

    def phone(ref: str, *, by: object, reading: object) -> str:
        readings.append(reading)
        return held

    monkeypatch.setattr(addresses.registries, "phone", phone)
    assert Registers().phone("entity:1", about="case:5305", at=AT) == used
    (reading,) = readings
    assert (reading.purpose, reading.case, reading.at) == ("发送办件短信", "5305", AT)
