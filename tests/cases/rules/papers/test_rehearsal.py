"""What would be sent is written by the same hand that sends it, for a case that there is not."""

from __future__ import annotations

from datetime import date

from tests.cases.conftest import Now

from onedoor.cases.rules.papers.rehearsal import SOMEBODY, rehearse
from onedoor.documents import rules as documents
from onedoor.items.rules import ItemVersion
from onedoor.kernel.workdays import Calendar


def test_receipt_acceptance_and_both_decisions_are_complete_and_number_nothing(
    food: ItemVersion, calendar: Calendar, now: Now
) -> None:
    made = rehearse(food, {}, at=now(date(2026, 3, 3)).at, calendar=calendar)
    assert [type(each) for each in made] == [
        documents.ApplicationReceipt,
        documents.AcceptanceNotice,
        documents.GrantDecision,
        documents.DenialDecision,
    ]
    for each in made:
        documents.check(each)
        assert each.head.addressee == SOMEBODY  # type: ignore[union-attr]
        assert each.head.case_number == "示例"  # type: ignore[union-attr]
