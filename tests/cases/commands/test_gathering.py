"""材料意见 against a real database: each organ says what is missing from its side, and the lead tells it once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cases.street import Street
from tests.cases.world import AT, staff

from onedoor.cases import commands, queries
from onedoor.cases.rules.application import FORM
from onedoor.cases.rules.gathering import proposals
from onedoor.cases.rules.values import Case, PaperForm, State
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Forbidden, Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(street: Street) -> str:
    return street.submit()


def own_material(street: Street, member: str) -> str:
    """A material that only this member needs."""
    return next(m.key for m in street.bundle.materials if m.key.startswith(f"{member}_"))


def notify(street: Street, number: str, **faults: str) -> None:
    lead = street.officers[street.bundle.organ]
    commands.request_supplement(number, by=lead, at=AT, materials=faults)


def test_each_organ_but_the_lead_is_asked_with_its_last_day_inside_the_five(street: Street, asked: str) -> None:
    owed = {task.key: task.due for task in queries.case_page(asked, by=street.owner, on=AT.date()).tasks}
    assert owed == {"accept": date(2026, 3, 9), "drain": date(2026, 3, 4), "tobacco": date(2026, 3, 4)}


def test_what_an_organ_said_takes_its_task_away_and_stands_before_the_lead(street: Street, asked: str) -> None:
    key = own_material(street, "drain")
    case = commands.speak(
        asked, by=street.officer(asked, "drain"), at=AT, member="drain", materials={key: "没有画出检查井。"}
    )
    assert proposals(case, street.bundle) == {key: (("排水许可", "没有画出检查井。"),)}
    owed = queries.case_page(asked, by=street.owner, on=AT.date()).tasks
    assert [task.key for task in owed] == ["accept", "tobacco"]
    assert queries.replayed(asked)[0] == queries.replayed(asked)[1]


def test_the_one_notice_waits_for_who_may_still_speak_and_no_longer(street: Street, asked: str) -> None:
    with pytest.raises(Refused, match="还没有提材料意见：排水许可（最迟3月4日）、烟草专卖零售许可"):
        notify(street, asked, form="住址不全")
    lead = street.officers[street.bundle.organ]
    case = commands.request_supplement(asked, by=lead, at=AT + timedelta(days=3), materials={FORM: "住址不全"})
    assert case.state is State.SUPPLEMENT


def test_the_one_notice_leaves_out_nothing_that_an_organ_named(street: Street, asked: str) -> None:
    key = own_material(street, "drain")
    said = {"drain": {key: "没有画出检查井。"}, "tobacco": {}}
    for member, faults in said.items():
        commands.speak(asked, by=street.officer(asked, member), at=AT, member=member, materials=faults)
    with pytest.raises(Invalid, match="排水许可"):
        notify(street, asked, form="住址不全")
    with pytest.raises(Refused, match="请先一次性告知补正"):
        commands.accept(asked, by=street.officers[street.bundle.organ], at=AT)
    notify(street, asked, form="住址不全", **{key: "没有画出检查井。"})
    assert street.case(asked).state is State.SUPPLEMENT


def test_after_the_notice_nobody_adds_to_it_and_after_the_supplement_only_to_what_it_named(
    street: Street, asked: str
) -> None:
    key = own_material(street, "drain")
    for member, faults in {"drain": {key: "没有画出检查井。"}, "tobacco": {}}.items():
        commands.speak(asked, by=street.officer(asked, member), at=AT, member=member, materials=faults)
    notify(street, asked, **{key: "没有画出检查井。"})
    late = {"by": street.officer(asked, "tobacco"), "at": AT, "member": "tobacco"}
    with pytest.raises(Refused, match="补正只能一次告知"):
        commands.speak(asked, materials={own_material(street, "tobacco"): "缺页"}, **late)
    case = supplemented(street, asked, key)
    assert [task.key for task in queries.case_page(asked, by=street.owner, on=AT.date()).tasks] == ["accept", "drain"]
    other = next(m.key for m in street.bundle.materials if m.key.startswith("drain_") and m.key != key)
    with pytest.raises(Refused, match="上次要求补正的材料"):
        commands.speak(asked, by=street.officer(asked, "drain"), at=AT, member="drain", materials={other: "缺页"})
    assert case.opinions == {}


def supplemented(street: Street, number: str, key: str) -> Case:
    clerk = staff("收件员", street.bundle.organ, Act.RECEIVE)
    return commands.supplement(number, by=clerk, at=AT, materials={}, paper={key: PaperForm.ORIGINAL})


def test_an_organ_speaks_for_its_own_item_and_its_own_materials_only(street: Street, asked: str) -> None:
    with pytest.raises(Forbidden):
        commands.speak(asked, by=street.officer(asked, "tobacco"), at=AT, member="drain", materials={})
    with pytest.raises(Invalid, match="只能对排水许可要用的材料"):
        commands.speak(
            asked,
            by=street.officer(asked, "drain"),
            at=AT,
            member="drain",
            materials={own_material(street, "tobacco"): "缺页"},
        )
