"""容缺 and 告知承诺 of single materials: the clock runs, nothing is granted before the paper comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.conftest import Now, fold, officer, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.application import Application, clean, due_from, missing, promisable
from onedoor.cases.rules.clocks import ClockKind, clocks, profile_of
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.papers import Matter, Paper, sends, write
from onedoor.cases.rules.promising import awaited, hand_in, lapses, nothing_owed, tolerated, untrue, verify
from onedoor.cases.rules.reminders import alarmed
from onedoor.cases.rules.settling import settled
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case, Outcome, PaperForm, Pledge, State
from onedoor.documents import rules as documents
from onedoor.items.rules import ItemVersion
from onedoor.items.rules.promises import Lapse, Tolerance
from onedoor.kernel.clock import CHINA, due
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.workdays import Calendar

RECEIVED, ACCEPTED, LAST, AFTER = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6), date(2026, 3, 7)
RULES, LAYOUT = "rules", "layout"
FACTS = {"business": "catering", "rented": "no", "rules_adopted": False, "applicant.agent": False}


@pytest.fixture(scope="module")
def item(food: ItemVersion) -> ItemVersion:
    """Food business: its rules of hygiene may come three working days later, a promise may stand for its layout."""
    materials = tuple(replace(m, pledge="示例规定") if m.key == LAYOUT else m for m in food.materials)
    return replace(food, materials=materials)


def begun(item: ItemVersion, now: Now, **promised: Pledge) -> Case:
    fact = replace(submitted(item, RECEIVED, FACTS), promised=promised)
    return fold(None, (fact,), now(RECEIVED, "张三", item))


def accepted(case: Case, item: ItemVersion, now: Now) -> Case:
    when = now(ACCEPTED, "收件员", item)
    return fold(case, law.accept(case, when), when)


def test_what_may_come_later_must_be_handed_in_or_promised(item: ItemVersion) -> None:
    assert {LAYOUT, RULES} <= {material.key for material in due_from(item, FACTS)}
    assert promisable(item, FACTS) == {RULES: (Pledge.LATER,), LAYOUT: (Pledge.INSTEAD,)}
    bare = Application(item=item.code, answers={"rules_adopted": False}, situations={}, applicant="person:1")
    assert {RULES, LAYOUT} <= missing(bare, item, today=RECEIVED).keys()
    both = replace(bare, promised={RULES: Pledge.LATER, LAYOUT: Pledge.INSTEAD})
    assert not {RULES, LAYOUT} & missing(both, item, today=RECEIVED).keys()
    assert bare.digest() != both.digest()


def test_only_what_the_item_offers_may_be_promised(item: ItemVersion) -> None:
    asked = Application(
        item=item.code, answers={}, situations={"business": "catering", "rented": "no"}, applicant="person:1",
        promised={LAYOUT: Pledge.LATER},
    )  # fmt: skip
    with pytest.raises(Invalid) as caught:
        clean(asked, item, today=RECEIVED)
    assert "materials.layout" in {error.field for error in caught.value.errors}


def test_with_the_acceptance_each_promise_gets_its_day_and_the_limit_runs(
    item: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = accepted(begun(item, now, rules=Pledge.LATER), item, now)
    assert case.owed == {RULES: LAST}
    assert ClockKind.LEGAL in clocks(case, profile_of(case, item))
    assert accepted(begun(item, now), item, now).owed == {}


@given(st.integers(1, 60))
def test_the_promised_day_always_lies_before_the_limit(item: ItemVersion, calendar: Calendar, days: int) -> None:
    materials = tuple(replace(m, tolerated_days=days) if m.key == RULES else m for m in item.materials)
    slow = replace(item, materials=materials)
    case = fold(None, (replace(submitted(slow, RECEIVED, FACTS), promised={RULES: Pledge.LATER}),), _at(slow, calendar))
    fact = law.accept(case, _at(slow, calendar))[0]
    (given_,) = tolerated(case, fact, slow, calendar=calendar)  # type: ignore[arg-type]
    assert isinstance(given_, p.MaterialsTolerated)
    after = fold(case, (fact,), _at(slow, calendar))
    ends = [due(clock, calendar).date for clock in clocks(after, profile_of(after, slow)).values()]
    assert RECEIVED <= given_.due[RULES] < min(ends)


def _at(item: ItemVersion, calendar: Calendar) -> Occasion:
    return Occasion(item, calendar, datetime.combine(RECEIVED, time(10), CHINA), officer("收件员"))


def test_silence_that_accepts_tolerates_too_from_the_day_it_is_known(
    item: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = begun(item, now, rules=Pledge.LATER)
    kinds = [event.kind for event in settled(case, item, calendar=calendar, on=date(2026, 3, 10))]
    assert kinds == ["case_accepted", "case_materials_tolerated"]
    deemed = fold(case, settled(case, item, calendar=calendar, on=date(2026, 3, 10)), now(date(2026, 3, 10), item=item))
    assert deemed.owed[RULES] >= date(2026, 3, 9)


def test_nothing_is_granted_before_the_paper_comes(item: ItemVersion, now: Now) -> None:
    case = accepted(begun(item, now, rules=Pledge.LATER), item, now)
    with pytest.raises(Refused, match="容缺的材料还没有交来：保证食品安全的规章制度"):
        nothing_owed(case, item, Outcome.GRANTED)
    nothing_owed(case, item, Outcome.DENIED)
    came = fold(case, hand_in(case, p.OwedReceived(LAST, {RULES: ("f2",)})), now(LAST, "张三", item))
    assert came.materials[RULES] == ("f2",)
    assert (came.owed, came.promised, awaited(came)) == ({}, {}, frozenset())
    nothing_owed(came, item, Outcome.GRANTED)


def test_only_what_was_promised_is_taken_and_only_while_it_is_owed(item: ItemVersion, now: Now) -> None:
    case = accepted(begun(item, now, rules=Pledge.LATER), item, now)
    with pytest.raises(Invalid, match="至少交一份"):
        hand_in(case, p.OwedReceived(LAST, {RULES: ()}))
    with pytest.raises(Invalid, match="只收等您补交的材料"):
        hand_in(case, p.OwedReceived(LAST, {}, {LAYOUT: PaperForm.COPY}))
    with pytest.raises(Refused, match="没有等您补交"):
        hand_in(replace(case, promised={}), p.OwedReceived(LAST, {RULES: ("f",)}))
    assert awaited(replace(case, state=State.CLOSED)) == frozenset()


def test_a_lapse_is_recorded_once_and_ends_the_case_only_by_a_local_rule(
    item: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = accepted(begun(item, now, rules=Pledge.LATER), item, now)
    assert lapses(case, item, on=LAST) == ()
    late = fold(case, lapses(case, item, on=AFTER), now(AFTER, item=item))
    assert (late.state, late.lapsed) == (State.ACCEPTED, {RULES: LAST})
    assert lapses(late, item, on=date(2026, 3, 20)) == ()
    uncited = replace(item, tolerance=Tolerance("清单", Lapse.WITHDRAWN))
    assert [event.effect for event in lapses(case, uncited, on=AFTER)] == [Lapse.OVERDUE]  # type: ignore[attr-defined]
    strict = replace(item, tolerance=Tolerance("清单", Lapse.WITHDRAWN, "示例办法第五条"))
    gone = fold(case, lapses(case, strict, on=AFTER), now(AFTER, item=strict))
    assert (gone.state, gone.outcome) == (State.CLOSED, Outcome.WITHDRAWN)
    kind = p.ToleranceLapsed.kind
    assert [each.template for each in (told(kind, late, None), told(kind, gone, None)) if each] == [
        "owed_late",
        "owed_withdrawn",
    ]


def test_whoever_promised_is_reminded_before_the_day_and_the_decider_told_after_it(
    item: ItemVersion, now: Now, calendar: Calendar
) -> None:
    case = accepted(begun(item, now, rules=Pledge.LATER), item, now)

    def owed(on: date) -> list[tuple[str, str]]:
        found = alarmed(case, item, calendar=calendar, on=on)
        return [(each.holder, each.template) for each in found if each.key.startswith("owed:")]

    assert owed(ACCEPTED) == []
    assert owed(date(2026, 3, 5)) == [("person:1", "owed_soon")]
    assert owed(AFTER) == [("", "")]


def test_a_promise_in_the_place_of_a_proof_is_verified_once_and_an_untrue_one_grants_nothing(
    item: ItemVersion, now: Now
) -> None:
    case = accepted(begun(item, now, layout=Pledge.INSTEAD), item, now)
    nothing_owed(case, item, Outcome.GRANTED)
    when = now(LAST, "审查员", item)
    with pytest.raises(Invalid):
        verify(case, when, material=LAYOUT, held=False, finding=" ")
    with pytest.raises(Refused, match="没有用承诺代替"):
        verify(case, when, material=RULES, held=True, finding="查了")
    false = fold(case, verify(case, when, material=LAYOUT, held=False, finding="图与现场不一致"), when)
    assert untrue(false) == awaited(false) == {LAYOUT}
    with pytest.raises(Refused, match="承诺核查不实"):
        nothing_owed(false, item, Outcome.GRANTED)
    with pytest.raises(Refused, match="已经核查过"):
        verify(false, when, material=LAYOUT, held=True, finding="查了")
    brought = fold(false, hand_in(false, p.OwedReceived(LAST, {}, {LAYOUT: PaperForm.ORIGINAL})), when)
    nothing_owed(brought, item, Outcome.GRANTED)


def test_a_supplement_may_be_answered_with_a_promise(item: ItemVersion, now: Now) -> None:
    case, when = begun(item, now), now(ACCEPTED, "收件员", item)
    case = fold(case, law.request_supplement(case, when, materials={RULES: "没有交"}), when)
    answer = e.SupplementReceived(ACCEPTED, {}, case.steps, promised={RULES: Pledge.LATER})
    case = fold(case, law.supplement(case, when, answer), when)
    assert awaited(case) == {RULES}
    assert accepted(case, item, now).owed == {RULES: LAST}


def matter(case: Case, facts: tuple[Fact, ...], item: ItemVersion, calendar: Calendar) -> Matter:
    return Matter(
        case=case, item=item, facts=facts, answers={}, calendar=calendar, organ_name=item.organ_name, contact="0875-1",
    )  # fmt: skip


def test_the_promise_and_the_notice_say_what_by_when_and_what_follows(
    item: ItemVersion, now: Now, calendar: Calendar
) -> None:
    first = replace(submitted(item, RECEIVED, FACTS), promised={RULES: Pledge.LATER, LAYOUT: Pledge.INSTEAD})
    fact = Fact(1, now(RECEIVED).at, "account:张三", "web", first)
    assert sends(fact) == (Paper.RECEIPT, Paper.PROMISE)
    case = fold(None, (first,), now(RECEIVED, "张三", item))
    letter = write(Paper.PROMISE, matter(case, (fact,), item, calendar))
    assert isinstance(letter, documents.PromiseLetter)
    documents.check(letter)
    assert "3个工作日内交来" in letter.promises[0]
    assert "示例规定" in letter.promises[1]
    assert any("依法撤销" in line for line in letter.consequences)
    when = now(ACCEPTED, "收件员", item)
    acts = law.accept(case, when)
    told_ = tuple(Fact(seq, when.at, "account:收件员", "web", event) for seq, event in enumerate(acts, 2))
    notice = write(Paper.TOLERANCE, matter(fold(case, acts, when), (fact, *told_), item, calendar))
    assert isinstance(notice, documents.ToleranceNotice)
    documents.check(notice)
    assert [line.due for line in notice.owed] == [LAST]
    acceptance = write(Paper.ACCEPTANCE, matter(fold(case, acts[:1], when), (fact, *told_[:1]), item, calendar))
    assert isinstance(acceptance, documents.AcceptanceNotice)
    assert acceptance.tolerated
