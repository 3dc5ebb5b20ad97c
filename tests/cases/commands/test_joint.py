"""一件事 against a real database: one application, several organs, each case its own; one story for the applicant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cases.street import Street, opened
from tests.cases.world import AT, citizen

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import AcceptedBy, Outcome, State, Verdict
from onedoor.kernel.errors import NotFound, Refused
from onedoor.ui.cases import answer_facts

pytestmark = pytest.mark.django_db


def test_before_acceptance_there_is_one_case_and_the_lead_owes_its_acceptance(street: Street) -> None:
    number = street.submit()
    assert street.case(number).children == {}
    owed = queries.case_page(number, by=street.owner, on=AT.date()).tasks
    assert (owed[0].key, owed[0].organ) == ("accept", street.bundle.organ)
    assert [task.key for task in owed[1:]] == ["drain", "tobacco"]


def test_accepting_the_whole_opens_what_can_begin_each_at_its_own_organ(street: Street, accepted: str) -> None:
    whole = street.case(accepted)
    assert set(whole.children) == {"food", "drain"}
    drain = street.child(accepted, "drain")
    assert (drain.state, drain.accepted_by, drain.joint) == (State.ACCEPTED, AcceptedBy.JOINT, accepted)
    assert (drain.received, drain.accepted) == (whole.received, whole.accepted)
    assert drain.organ != whole.organ
    assert queries.replayed(accepted)[0] == queries.replayed(accepted)[1]
    assert queries.replayed(drain.number)[0] == queries.replayed(drain.number)[1]


def test_nobody_does_a_member_s_part_on_the_whole(street: Street, accepted: str) -> None:
    words = {"step": "drain", "verdict": Verdict.PASSED, "opinion": "符合"}
    with pytest.raises(Refused, match="并联办件"):
        commands.complete_step(accepted, by=street.officer(accepted, "drain"), at=AT, **words)  # type: ignore[arg-type]


def test_each_member_got_its_share_of_the_answers(street: Street, accepted: str) -> None:
    page = queries.case_page(street.child(accepted, "drain").number, by=street.owner, on=AT.date())
    assert page.answers is not None
    assert (page.answers["trade"], page.answers["purpose"]) == ("catering", "first")
    assert "place_address" in page.answers


def test_what_waits_for_a_result_begins_when_that_is_there_and_gets_it_as_its_material(
    street: Street, accepted: str
) -> None:
    street.decide(street.child(accepted, "food").number)
    commands.follow_members(accepted, at=AT + timedelta(days=1))
    tobacco = street.child(accepted, "tobacco")
    assert tobacco.accepted == (AT + timedelta(days=1)).date()
    assert len(tobacco.materials["premises"]) == 1


def test_where_a_member_yields_no_licence_its_decision_is_handed_on() -> None:
    bundle, officers = opened("公民身后（一件事）", "death", "funeral")
    told = {
        "want_pension": "yes", "want_medical": "no", "cremated": "no", "death_where": "home",
        "funeral_insurance": "resident", "funeral_injury": "no",
    }  # fmt: skip
    family = Street(bundle, citizen("person:1", "张三"), officers, told)
    number = family.submit()
    commands.accept(number, by=officers[bundle.organ], at=AT)
    assert "funeral" not in family.case(number).children
    family.decide(family.child(number, "death").number)
    commands.follow_members(number, at=AT)
    assert len(family.child(number, "funeral").materials["death_proof"]) == 1


def test_the_number_of_one_result_answers_the_question_of_another_and_says_whence_it_came() -> None:
    told = {"funding": "company", "way": "allot", "site_route": "ratify", "new_land": "no"}
    bundle, officers = opened("工程建设项目：立项用地规划许可（一件事）", "filing", "site", "study", "land")
    firm = Street(bundle, citizen("person:1", "张三"), officers, told)
    number = firm.submit()
    commands.accept(number, by=officers[bundle.organ], at=AT)
    assert "land" not in firm.case(number).children
    site = firm.child(number, "site").number
    for child in (site, firm.child(number, "filing").number):
        firm.decide(child)
    commands.follow_members(number, at=AT)
    land = firm.child(number, "land")
    page = queries.case_page(land.number, by=firm.owner, on=AT.date())
    assert page.answers is not None
    assert page.answers["opinion_number"] == firm.case(site).licence
    assert site in land.filled["opinion_number"]
    shown = {fact.name: fact.value for fact in answer_facts(page)}["用地预审与选址意见书编号"]
    assert f"系统从建设项目用地预审与选址意见书（办件 {site}）自动填入，不能改" in shown
    row, replay = queries.replayed(land.number)
    assert row == replay


def test_the_whole_is_closed_when_every_member_is_and_following_twice_changes_nothing(
    street: Street, accepted: str
) -> None:
    for member in ("food", "drain"):
        street.decide(street.child(accepted, member).number)
        commands.follow_members(accepted, at=AT)
    assert street.case(accepted).open
    street.decide(street.child(accepted, "tobacco").number)
    done = commands.follow_members(accepted, at=AT)
    assert (done.state, done.outcome) == (State.CLOSED, Outcome.GRANTED)
    assert commands.follow_members(accepted, at=AT).version == done.version
    assert queries.replayed(accepted)[0] == queries.replayed(accepted)[1]


def test_a_refusal_cancels_what_rests_on_it_and_stops_nothing_that_has_begun(street: Street, accepted: str) -> None:
    street.decide(street.child(accepted, "food").number, outcome=Outcome.DENIED)
    whole = commands.follow_members(accepted, at=AT)
    assert whole.cancelled == {"tobacco": "food"}
    assert whole.state is State.ACCEPTED
    assert street.child(accepted, "drain").state is State.ACCEPTED
    street.decide(street.child(accepted, "drain").number)
    assert commands.follow_members(accepted, at=AT).outcome is Outcome.PARTLY


def test_whoever_withdraws_the_whole_withdraws_all_that_is_undecided(street: Street, accepted: str) -> None:
    street.decide(street.child(accepted, "food").number)
    commands.withdraw(accepted, by=street.owner, at=AT)
    assert street.case(accepted).outcome is Outcome.WITHDRAWN
    assert street.child(accepted, "drain").outcome is Outcome.WITHDRAWN
    assert street.child(accepted, "food").outcome is Outcome.GRANTED
    assert commands.follow_members(accepted, at=AT).outcome is Outcome.WITHDRAWN


def test_silence_accepts_the_whole_as_of_receipt_and_its_members_with_it(street: Street) -> None:
    number = street.submit()
    commands.settle_due(at=AT + timedelta(days=30))
    drain = street.child(number, "drain")
    assert (street.case(number).accepted, drain.accepted) == (AT.date(), AT.date())


def test_an_officer_of_a_member_s_organ_sees_the_whole_and_a_stranger_neither(street: Street, accepted: str) -> None:
    other = street.officers[street.child(accepted, "drain").organ]
    assert queries.case_page(accepted, by=other, on=AT.date()).case.number == accepted
    for number in (accepted, street.child(accepted, "drain").number):
        with pytest.raises(NotFound):
            queries.case_page(number, by=citizen("person:2", "李四"), on=AT.date())


def test_the_whole_has_its_own_limit_beside_those_of_its_members(street: Street, accepted: str) -> None:
    food = street.child(accepted, "food").number
    pages = [queries.case_page(number, by=street.owner, on=AT.date()) for number in (food, accepted)]
    assert [page.clocks[0].due.date for page in pages] == [date(2026, 3, 9), date(2026, 3, 16)]
