"""联合踏勘 against a real database: one visit, each organ's own crew and signature, each member's own step."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.cases.street import Street
from tests.cases.world import AT
from tests.vault.uploads import png

from onedoor.cases import commands, queries
from onedoor.cases.commands import VisitCall
from onedoor.cases.queries.members import cases_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import Case, State, Verdict
from onedoor.cases.rules.visiting import Finding
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import Forbidden, Invalid, Refused
from onedoor.notices import queries as notices
from onedoor.vault import commands as vault

pytestmark = pytest.mark.django_db
DAY = AT + timedelta(days=1)
MEETING = VisitCall(DAY, "人民路88号店门口", ("food", "drain"))
GOOD = Finding(Verdict.PASSED, "现场与申请一致。")


@pytest.fixture
def called(street: Street, accepted: str) -> str:
    commands.call_visit(accepted, MEETING, by=street.officer(accepted, "drain"), at=AT)
    return accepted


def manned(street: Street, number: str, member: str, *names: str) -> Case:
    return commands.man_visit(number, by=street.officer(number, member), at=AT, member=member, officers=names)


def signed(street: Street, number: str, member: str, found: Finding = GOOD, *photos: str) -> Case:
    by = street.officer(number, member)
    return commands.sign_visit(number, found, by=by, at=DAY, member=member, photos=photos)


def test_any_organ_calls_the_others_and_the_applicant_is_told_once(street: Street, called: str) -> None:
    case = street.case(called)
    assert case.visit is not None
    assert (case.visit.members, case.visit.waiting) == (("food", "drain"), ("food", "drain"))
    owed = queries.case_page(called, by=street.owner, on=AT.date()).tasks
    assert [(task.name, task.due) for task in owed] == [
        ("报联合踏勘人员：食品经营许可", DAY.date()),
        ("报联合踏勘人员：排水许可", DAY.date()),
    ]
    commands.tell(called, ["case_visit_called"], at=AT)
    told = [m for m in notices.told_about(f"case:{called}", to="person:1") if m.template == "visit_called"]
    assert len(told) == 1


def test_each_signature_does_the_step_of_its_own_case_and_the_last_completes_the_record(
    street: Street, called: str
) -> None:
    for member, names in {"food": ("李晓燕", "王建国"), "drain": ("赵", "钱")}.items():
        manned(street, called, member, *names)
    case = signed(street, called, "food")
    assert street.child(called, "food").results["visit"].by == street.officer(called, "food").ref
    assert "visit" not in street.child(called, "drain").results
    assert case.visit is not None
    assert case.visit.waiting == ("drain",)
    assert documents(called) == []
    case = signed(street, called, "drain", Finding(Verdict.FAILED, "检查井没有盖板。"))
    assert street.child(called, "drain").results["visit"].verdict is Verdict.FAILED
    assert documents(called) == [f"{called}-踏勘-1"]
    for number in (called, street.child(called, "drain").number):
        assert queries.replayed(number)[0] == queries.replayed(number)[1]
    said = b"".join(words(called).encode().split())
    assert all(word.encode() in said for word in ("李晓燕", "王建国", "检查井没有盖板", "不符合"))


def documents(number: str) -> list[str]:
    case, _ = queries.replayed(number)
    return [f.event.document for f in queries.facts(case.id) if isinstance(f.event, e.VisitRecorded)]


def words(number: str) -> str:
    case, _ = queries.replayed(number)
    return next(str(f.event.wording) for f in queries.facts(case.id) if isinstance(f.event, e.VisitRecorded))


def test_photos_belong_to_the_record_and_to_the_case_of_the_member(street: Street, called: str) -> None:
    by = street.officer(called, "food")
    manned(street, called, "food", "李晓燕", "王建国")
    shot = vault.store(png(), name="现场.png", by=by, at=DAY)
    case = signed(street, called, "food", GOOD, shot.id)
    assert case.photos == {"food": (shot.id,)}
    assert len(street.child(called, "food").photos["visit"]) == 1


def test_what_cannot_be_signed_yet_changes_neither_the_record_nor_the_case(street: Street, called: str) -> None:
    by = street.officer(called, "food")
    manned(street, called, "food", "李晓燕", "王建国")
    with pytest.raises(Refused, match="还没有到约定踏勘的日子"):
        commands.sign_visit(called, GOOD, by=by, at=AT, member="food")
    with pytest.raises(Invalid, match="2 名以上"):
        commands.sign_visit(called, Finding(Verdict.PASSED, "好", ("一人",)), by=by, at=DAY, member="food")
    case = street.case(called)
    assert case.visit is not None
    assert case.visit.signed == {}
    assert "visit" not in street.child(called, "food").results


def test_who_is_called_does_not_go_behind_the_others_back_but_may_say_why_it_goes_alone(
    street: Street, called: str
) -> None:
    by, child = street.officer(called, "drain"), street.child(called, "drain").number
    alone = {"by": by, "at": DAY, "step": "visit", "verdict": Verdict.PASSED, "opinion": "好", "officers": ("甲", "乙")}
    with pytest.raises(Refused, match="约了3月3日联合踏勘"):
        commands.complete_step(child, **alone)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="理由"):
        commands.leave_visit(called, by=by, at=AT, member="drain", reason="")
    commands.leave_visit(called, by=by, at=AT, member="drain", reason="井盖要等水停了才能打开。")
    commands.complete_step(child, **alone)  # type: ignore[arg-type]
    manned(street, called, "food", "李晓燕", "王建国")
    signed(street, called, "food")
    assert documents(called) == [f"{called}-踏勘-1"]
    assert "排水许可" in words(called)


def test_only_its_own_organ_mans_signs_or_leaves(street: Street, called: str) -> None:
    other = street.officer(called, "food")
    for doing in (
        lambda: commands.man_visit(called, by=other, at=AT, member="drain", officers=("甲", "乙")),
        lambda: commands.leave_visit(called, by=other, at=AT, member="drain", reason="不去"),
        lambda: commands.sign_visit(called, GOOD, by=other, at=DAY, member="drain"),
    ):
        with pytest.raises(Forbidden):
            doing()


@pytest.mark.parametrize(
    ("meeting", "told"),
    [
        (VisitCall(AT, "店门口", ("food", "drain")), "现在以后"),
        (VisitCall(DAY, " ", ("food", "drain")), "在哪里碰头"),
        (VisitCall(DAY, "店门口", ("food",)), "至少要有两项"),
        (VisitCall(DAY, "店门口", ("food", "tobacco")), "不需要现场核查"),
    ],
)
def test_a_visit_is_called_ahead_to_a_place_for_members_that_owe_one(
    street: Street, accepted: str, meeting: VisitCall, told: str
) -> None:
    with pytest.raises(Invalid, match=told):
        commands.call_visit(accepted, meeting, by=lead(street), at=AT)


def lead(street: Street) -> Actor:
    return street.officers[street.bundle.organ]


def test_it_is_put_off_until_somebody_signed_and_keeps_its_crews(street: Street, called: str) -> None:
    manned(street, called, "food", "李晓燕", "王建国")
    later = VisitCall(DAY + timedelta(hours=2), "店门口", ("food", "drain"))
    case = commands.call_visit(called, later, by=lead(street), at=AT)
    assert case.visit is not None
    assert (case.visit.ordinal, case.visit.meets, set(case.visit.crews)) == (1, later.meets, {"food"})
    signed(street, called, "food")
    with pytest.raises(Refused, match="已经有部门签了"):
        commands.call_visit(called, later, by=lead(street), at=AT)


def test_it_stops_no_clock(street: Street, accepted: str) -> None:
    child = street.child(accepted, "food").number
    before = queries.case_page(child, by=lead(street), on=AT.date()).clocks
    commands.call_visit(accepted, MEETING, by=lead(street), at=AT)
    assert queries.case_page(child, by=lead(street), on=AT.date()).clocks == before


def test_whoever_withdraws_is_no_longer_awaited_and_the_record_is_complete_without_it(
    street: Street, called: str
) -> None:
    manned(street, called, "food", "李晓燕", "王建国")
    signed(street, called, "food")
    commands.withdraw(street.child(called, "drain").number, by=street.owner, at=DAY)
    case = commands.follow_members(called, at=DAY)
    assert case.state is State.ACCEPTED
    assert case.visit is not None
    assert case.visit.waiting == ()
    assert documents(called) == [f"{called}-踏勘-1"]
    assert set(cases_of(case)) == {"food", "drain"}
    assert re.search("食品经营许可", words(called))
