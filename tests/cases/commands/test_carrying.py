"""容缺 and 告知承诺 in a bundle: promised once, owed to each member that needs it, and kept or lapsed by each alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.cases.street import Street, promising
from tests.cases.world import AT, staff

from onedoor.cases import commands, queries
from onedoor.cases.commands import carrying
from onedoor.cases.commands.acting import PLATFORM, act
from onedoor.cases.queries.members import cases_of
from onedoor.cases.rules.carrying import Owing
from onedoor.cases.rules.values import Case, Outcome, PaperForm, Pledge, State
from onedoor.items.rules.promises import Lapse, Tolerance
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Invalid, Refused
from onedoor.notices import queries as notices
from onedoor.vault import commands as vault

pytestmark = pytest.mark.django_db

PROMISED = {
    "food_rules": Pledge.LATER, "food_layout": Pledge.INSTEAD, "drain_plan": Pledge.LATER,
    "tobacco_shop_photo": Pledge.LATER,
}  # fmt: skip
LAST = date(2026, 3, 5)  # accepted on Monday the 2nd, three working days
LATE = datetime(2026, 3, 6, 0, 30, tzinfo=CHINA)


@pytest.fixture
def street() -> Street:
    return promising()


def begun(street: Street) -> str:
    number = street.submit(promised=PROMISED)
    commands.accept(number, by=street.officers[street.bundle.organ], at=AT)
    return number


def owing(number: str) -> list[tuple[str, str, date | None]]:
    found = queries.owing_of(queries.case_page(number, by=PLATFORM, on=AT.date()))
    return [(one.material, one.member, one.due) for one in found]


def paper(street: Street) -> str:
    return vault.store(b"%PDF-1.4\n%%EOF\n", name="a.pdf", by=street.owner, at=AT).id


def test_before_acceptance_the_whole_waits_and_nobody_has_a_day(street: Street) -> None:
    number = street.submit(promised=PROMISED)
    assert owing(number) == [("drain_plan", "", None), ("food_rules", "", None), ("tobacco_shop_photo", "", None)]


def test_each_member_gets_what_was_promised_of_its_materials_with_its_own_day(street: Street) -> None:
    number = begun(street)
    assert street.case(number).owed == {}
    food, drain = street.child(number, "food"), street.child(number, "drain")
    assert (food.promised, food.owed) == ({"rules": Pledge.LATER, "layout": Pledge.INSTEAD}, {"rules": LAST})
    assert (drain.promised, drain.owed) == ({"plan": Pledge.LATER}, {"plan": LAST})
    assert set(owing(number)) == {
        ("food_rules", "food", LAST), ("drain_plan", "drain", LAST), ("tobacco_shop_photo", "tobacco", None),
    }  # fmt: skip
    row, replay = queries.replayed(food.number)
    assert row == replay


def test_what_comes_is_given_to_the_member_that_waits_for_it_and_only_then_is_it_granted(street: Street) -> None:
    number = begun(street)
    food = street.child(number, "food").number
    with pytest.raises(Refused, match="容缺的材料还没有交来"):
        street.decide(food)
    commands.hand_in_owed(number, by=street.owner, at=AT, materials={"food_rules": (paper(street),)})
    assert [one[0] for one in owing(number)] == ["drain_plan", "tobacco_shop_photo"]
    assert len(street.child(number, "food").materials["rules"]) == 1
    assert street.child(number, "drain").owed == {"plan": LAST}
    commands.verify_pledge(food, by=street.officer(number, "food"), at=AT, material="layout", held=True, finding="一致")
    street.decide(food)
    assert street.case(food).outcome is Outcome.GRANTED
    for one in (number, food):
        row, replay = queries.replayed(one)
        assert row == replay


def test_the_cases_of_members_are_locked_in_the_order_of_their_ids(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``recompute`` locks them: in another order the two could wait for each other."""
    number, locked = begun(street), list[int]()
    found = cases_of(street.case(number))
    backwards = dict(sorted(found.items(), key=lambda one: -one[1][0].id))
    monkeypatch.setattr("onedoor.cases.commands.promising.cases_of", lambda _: backwards)

    def noted(given: str, *rest: Any) -> Case:
        locked.append(street.case(given).id)
        return act(given, *rest)

    monkeypatch.setattr(carrying, "act", noted)
    commands.hand_in_owed(number, by=street.owner, at=AT, materials={"food_rules": (paper(street),)})
    assert locked == sorted(child.id for child, _ in found.values())
    assert len(locked) > 1


def test_what_came_before_a_member_begins_is_among_its_materials_when_it_does(street: Street) -> None:
    number = begun(street)
    window = staff("窗口", None, Act.RECEIVE)
    form = {"tobacco_shop_photo": PaperForm.COPY}
    commands.hand_in_owed(number, by=window, at=AT, materials={"food_rules": ()}, paper=form)
    files = {"food_rules": (paper(street),)}
    commands.hand_in_owed(number, by=street.owner, at=AT, materials=files)
    street.decide(street.child(number, "food").number)
    commands.follow_members(number, at=AT)
    tobacco = street.child(number, "tobacco")
    assert (tobacco.paper, tobacco.owed) == ({"shop_photo": PaperForm.COPY}, {})
    assert [one[1] for one in owing(number)] == ["drain"]


def test_only_what_is_awaited_is_taken_and_the_lead_verifies_nothing(street: Street) -> None:
    number = begun(street)
    with pytest.raises(Invalid, match="只收等您补交的材料"):
        commands.hand_in_owed(number, by=street.owner, at=AT, materials={"food_layout": (paper(street),)})
    lead = street.officers[street.bundle.organ]
    with pytest.raises(Refused, match="由要这份材料的部门核查"):
        commands.verify_pledge(number, by=lead, at=AT, material="food_layout", held=True, finding="一致")


def test_a_promise_that_proved_untrue_in_a_member_is_asked_of_the_applicant_on_the_whole(street: Street) -> None:
    number = begun(street)
    food, officer = street.child(number, "food").number, street.officer(number, "food")
    commands.verify_pledge(food, by=officer, at=AT, material="layout", held=False, finding="与现场不一致")
    found = queries.owing_of(queries.case_page(number, by=street.owner, on=AT.date()))
    assert Owing("food_layout", "food", untrue=True) in found


def test_one_member_lapses_by_its_local_rule_and_the_others_go_on() -> None:
    street = promising(Tolerance("清单", Lapse.WITHDRAWN, "示例办法第五条"))
    number = begun(street)
    commands.settle_due(at=LATE)
    food, drain = street.child(number, "food"), street.child(number, "drain")
    assert (food.state, food.outcome) == (State.CLOSED, Outcome.WITHDRAWN)
    assert (drain.state, list(drain.lapsed)) == (State.ACCEPTED, ["plan"])
    whole = commands.follow_members(number, at=LATE)
    assert (whole.state, whole.cancelled) == (State.ACCEPTED, {"tobacco": "food"})
    late = queries.owing_of(queries.case_page(number, by=street.owner, on=LATE.date()))
    assert late == (Owing("drain_plan", "drain", LAST, late=True),)
    commands.hand_in_owed(number, by=street.owner, at=LATE, materials={"drain_plan": (paper(street),)})
    street.decide(drain.number)
    assert commands.follow_members(number, at=LATE + timedelta(hours=1)).outcome is Outcome.PARTLY


def test_whoever_promised_is_reminded_of_each_member_s_day(street: Street) -> None:
    number = begun(street)
    commands.settle_due(at=LATE - timedelta(days=1))
    for member in ("food", "drain"):
        about = notices.told_about(f"case:{street.child(number, member).number}", to="person:1")
        assert [message.template for message in about] == ["owed_soon"]
