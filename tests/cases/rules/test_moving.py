"""A moved case is the one that the same acts would have made of it under the new version, or it is not moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.cases.conftest import Now, fold, national_calendar, officer, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules import moving
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.moving import BY_ANSWERS, Move, Stays, plan_move, standing
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Outcome, State, Verdict
from onedoor.items.rules import ItemVersion
from onedoor.items.rules.codes import Source
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.expr import Value, parse
from onedoor.kernel.plan import Plan, Step, StepKind, problems

FOOD, CALENDAR, DAY = published("食品经营许可"), national_calendar(), date(2026, 3, 2)
FACTS: dict[str, Value] = {"business": "catering", "rented": "no"}
WATER, TOWN = "11530524015240000A", "11530524015240000B"
CATERING, SALES = parse({"eq": ["$business", "catering"]}), parse({"eq": ["$business", "sales"]})


def step(key: str, *after: str, kind: StepKind = StepKind.OPINION, organ: str = WATER, **more: object) -> Step:
    return Step(key, f"环节{key}", kind, organ=organ, after=after, **more)  # type: ignore[arg-type]


def version(*steps: Step, number: int = 1, needs: Iterable[str] | None = None, **changes: object) -> ItemVersion:
    last = tuple(needs) if needs is not None else tuple(each.key for each in steps)
    plan = Plan((*steps, step("decide", *last, kind=StepKind.DECISION, organ="own")))
    bare = tuple(replace(material, source=Source.SHARED) for material in FOOD.materials)
    made = replace(FOOD, id=number, number=number, plan=plan, **{"materials": bare, **changes})  # type: ignore[arg-type]
    assert problems(made.plan) == ()
    return made


def occasion(item: ItemVersion, by: str = "王某") -> Occasion:
    return Occasion(item, CALENDAR, datetime.combine(DAY, time(10), CHINA), officer(by))


def received(item: ItemVersion) -> Case:
    return fold(None, (submitted(item, DAY, dict(FACTS)),), occasion(item, "张三"))


def accepted(item: ItemVersion) -> Case:
    case = received(item)
    return fold(case, law.accept(case, occasion(item)), occasion(item))


def done(case: Case, item: ItemVersion, *keys: str) -> Case:
    for key in keys:
        act = law.complete_step(
            case, occasion(item), step=key, verdict=Verdict.PASSED, opinion="查明", officers=("甲", "乙")
        )
        case = fold(case, act, occasion(item))
    return case


def found(
    case: Case, before: ItemVersion, after: ItemVersion, answers: dict[str, Value] | None = FACTS
) -> Move | Stays:
    return plan_move(standing(case), before, after, answers=answers)


def codes(case: Case, before: ItemVersion, after: ItemVersion, answers: dict[str, Value] | None = FACTS) -> list[str]:
    answer = found(case, before, after, answers)
    return [reason.code for reason in answer.reasons] if isinstance(answer, Stays) else []


def moved(case: Case, before: ItemVersion, after: ItemVersion) -> Case:
    act = moving.move(case, occasion(before), after=after, answers=FACTS, township=None)
    return fold(case, act, occasion(before))


JOIN = version(step("a"), step("b"), step("c"))


def test_a_case_that_waits_at_a_join_goes_on_when_an_opinion_is_taken_out_and_another_put_in() -> None:
    after = version(step("a"), step("b"), step("d"), number=2)
    case = done(accepted(JOIN), JOIN, "a", "b")
    answer = found(case, JOIN, after)
    assert isinstance(answer, Move)
    assert [each.key for each in answer.fallen] == ["c"]
    assert [each.key for each in answer.added] == ["d"]
    case = moved(case, JOIN, after)
    assert case.item_version == 2
    assert [each.key for each in law.open_steps(case, after)] == ["d"]
    assert [each.key for each in law.open_steps(done(case, after, "d"), after)] == ["decide"]


def test_the_last_open_opinion_falls_away_and_the_decision_is_due() -> None:
    after = version(step("a"), step("b"), number=2)
    case = moved(done(accepted(JOIN), JOIN, "a", "b"), JOIN, after)
    assert [each.key for each in law.open_steps(case, after)] == ["decide"]


def test_a_finished_step_without_counterpart_refuses_by_name() -> None:
    after = version(step("b"), step("c"), number=2)
    case = done(accepted(JOIN), JOIN, "a")
    assert codes(case, JOIN, after) == ["step_gone"]
    with pytest.raises(Refused, match="「环节a」已经办结，新版没有这个环节"):
        moved(case, JOIN, after)


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((step("a", kind=StepKind.REVIEW), step("b"), step("c")), "step_kind"),
        ((step("a", organ=TOWN), step("b"), step("c")), "step_organ"),
        ((step("a", officers=2), step("b"), step("c")), "step_officers"),
        ((step("n"), step("a", "n"), step("b"), step("c")), "step_needs"),
        ((step("a"), step("b", "a"), step("c")), "step_order"),
    ],
)
def test_a_finished_step_that_the_new_plan_does_otherwise_refuses(steps: tuple[Step, ...], code: str) -> None:
    assert codes(done(accepted(JOIN), JOIN, "a", "b"), JOIN, version(*steps, number=2)) == [code]


def test_an_open_step_may_change_organ_and_leaves_the_hand_that_held_it() -> None:
    case = replace(accepted(JOIN), holders={"a": "account:1", "b": "account:2"})
    after = version(step("a", organ=TOWN), step("b"), step("c"), number=2)
    case = moved(case, JOIN, after)
    assert case.owners["a"] == TOWN
    assert case.holders == {"b": "account:2"}


def test_a_decided_case_stays() -> None:
    case = done(accepted(JOIN), JOIN, "a", "b", "c")
    act = law.decide(case, occasion(JOIN), outcome=Outcome.GRANTED, reasons="符合", article="第三十五条")
    case = fold(case, act, occasion(JOIN))
    assert case.state is State.DECIDED
    assert codes(case, JOIN, version(step("a"), number=2)) == ["decided"]


def test_the_case_of_a_bundle_stays_while_its_members_move_each_by_itself() -> None:
    before = version(step("a"))
    bundle = replace(before, id=2, number=2, members=(object(),))  # type: ignore[arg-type]
    assert codes(accepted(before), before, bundle) == ["bundle"]


def asking(number: int, **changes: object) -> ItemVersion:
    paper = replace(FOOD.materials[0], key="paper", name="新材料", source=Source.APPLICANT, when=None, **changes)  # type: ignore[arg-type]
    return version(step("a"), number=number, materials=(paper,))


def test_an_accepted_case_is_never_asked_for_a_new_material() -> None:
    before, after = version(step("a")), asking(2)
    assert codes(accepted(before), before, after) == ["material"]
    waiting = received(before)
    answer = found(waiting, before, after)
    assert isinstance(answer, Move)
    assert [material.key for material in answer.materials] == ["paper"]
    told = law.request_supplement(waiting, occasion(before), materials={"form": "请改"})
    assert codes(fold(waiting, told, occasion(before)), before, after) == ["material"]


def test_a_material_that_was_asked_or_handed_in_before_is_not_new() -> None:
    before = asking(1)
    assert codes(accepted(before), before, asking(2)) == []
    bare = version(step("a"))
    brought = replace(accepted(bare), materials={"paper": ("f",)})
    assert codes(brought, bare, asking(2)) == []


def test_no_limit_of_a_running_case_gets_longer() -> None:
    promised = replace(FOOD.clock.promised, number=FOOD.clock.promised.number + 5)
    after = version(step("a"), number=2, clock=replace(FOOD.clock, promised=promised))
    before = version(step("a"))
    assert codes(accepted(before), before, after) == ["limit"]
    assert codes(accepted(before), after, replace(before, number=3)) == []


def test_without_the_answers_only_what_hangs_on_them_stays_open() -> None:
    before = version(step("a", when=CATERING), step("b"))
    same = version(step("a", when=CATERING), step("b"), step("c", when=CATERING), number=2)
    other = version(step("a", when=CATERING), step("b"), step("c", when=SALES), number=2)
    case = accepted(before)
    assert found(case, before, same, None) == found(case, before, same)
    assert codes(case, before, other, None) == [BY_ANSWERS]
    answer = found(case, before, other)
    assert isinstance(answer, Move)
    assert "c" not in answer.steps


def test_what_hangs_on_a_question_that_was_never_asked_refuses() -> None:
    before = version(step("a"))
    fresh = replace(FOOD.situations[0], key="night", question="夜间经营吗？")
    when = parse({"eq": ["$night", fresh.options[0].value]})
    after = version(step("a"), step("b", when=when), number=2, situations=(*FOOD.situations, fresh))
    assert codes(accepted(before), before, after) == ["unanswered"]


def test_acceptance_done_by_another_organ_stays_done_there() -> None:
    before = version(step("a"))
    after = version(step("a"), number=2)
    after = replace(after, plan=replace(after.plan, acceptance=TOWN))
    assert codes(accepted(before), before, after) == ["acceptance"]
    assert codes(received(before), before, after) == []


def test_only_a_newer_version_in_force_is_a_target() -> None:
    before, case = version(step("a"), number=2), received(version(step("a"), number=2))
    for after in (
        version(step("a"), number=2),
        version(step("a"), number=1),
        version(step("a"), number=3, effective_from=date(2026, 3, 3)),
    ):
        with pytest.raises(Refused, match="已经生效的更新版本"):
            moved(case, before, after)


def test_undoing_a_move_restores_the_case_while_nothing_was_done_since() -> None:
    after = version(step("a"), step("d"), number=2)
    case = replace(done(accepted(JOIN), JOIN, "a"), holders={"b": "account:2"})
    there = moved(case, JOIN, after)
    back = fold(there, moving.move_back(there, occasion(after), touched=False), occasion(after))
    assert back == replace(case, version=back.version)
    with pytest.raises(Refused, match="已经办过事"):
        moving.move_back(there, occasion(after), touched=True)
    with pytest.raises(Refused, match="没有迁移过"):
        moving.move_back(case, occasion(JOIN), touched=False)


def test_a_case_is_kept_with_a_reason_once_and_a_move_by_itself_ends_that() -> None:
    case = accepted(JOIN)
    with pytest.raises(Invalid, match="为什么"):
        moving.keep(case, occasion(JOIN), reason=" ")
    kept = fold(case, moving.keep(case, occasion(JOIN), reason="申请人要求"), occasion(JOIN))
    assert kept.stays
    with pytest.raises(Refused, match="已经决定"):
        moving.keep(kept, occasion(JOIN), reason="再来")
    assert not moved(kept, JOIN, version(step("a"), step("b"), number=2)).stays


def test_steps_and_rests_follow_a_step_that_is_not_called_for(now: Now, food: ItemVersion) -> None:
    item = version(step("a"), step("b", "a", when=SALES), step("c", "b"))
    case = accepted(item)
    assert [each.key for each in law.open_steps(case, item)] == ["a"]


Row = tuple[set[int], bool, bool]
KEYS = "abcdef"


@st.composite
def plans(draw: st.DrawFn) -> tuple[Step, ...]:
    rows = draw(st.lists(st.tuples(st.sets(st.integers(0, 5), max_size=3), st.integers(0, 7)), min_size=1, max_size=6))
    order = draw(st.permutations(KEYS))
    return tuple(
        step(
            order[n],
            *(order[m] for m in sorted(needs) if m < n),
            kind=StepKind.REVIEW if odd == 1 else StepKind.OPINION,
            organ=TOWN if odd == 2 else WATER,
            when=CATERING if odd == 3 else SALES if odd == 4 else None,
        )
        for n, (needs, odd) in enumerate(rows)
    )


def relive(facts: list[Fact], after: ItemVersion) -> Case | None:
    """The same acts under the new version from the first; None where one of them would not have been lawful.

    What was sent back stays sent back: that is told by the fact, not decided again.
    """
    case = received(after)
    for fact in facts[1:]:
        try:
            act = again(case, fact.event, after)
        except Refused:
            return None
        case = fold(case, act, occasion(after))
    return case


def again(case: Case, told: e.Event, item: ItemVersion) -> tuple[e.Event, ...]:
    if isinstance(told, e.StepCompleted):
        return law.complete_step(
            case, occasion(item), step=told.step, verdict=told.verdict, opinion="查明", officers=told.officers
        )
    if isinstance(told, e.StepSentBack):
        law.send_back(case, occasion(item), step=told.step, reason="再核")
        return (told,)
    return law.accept(case, occasion(item))


@settings(max_examples=120, deadline=None)
@given(plans(), plans(), st.lists(st.tuples(st.integers(0, 99), st.booleans()), max_size=9), st.booleans())
def test_a_moved_case_equals_the_one_relived_under_the_new_version(
    old: tuple[Step, ...], new: tuple[Step, ...], picks: list[tuple[int, bool]], related: bool
) -> None:
    new = (
        (*old[: len(old) // 2], *(s for s in new if s.key not in {o.key for o in old[: len(old) // 2]}))
        if related
        else new
    )
    known = {each.key for each in new}
    new = tuple(replace(each, after=tuple(k for k in each.after if k in known)) for each in new)
    before, after = version(*old), version(*new, number=2)
    facts, case, sent_back = live(before, picks)
    assert replay(facts) == case
    assert isinstance(found(case, before, replace(before, number=3)), Move), "a case can always move to the same plan"
    event(f"moves: {isinstance(found(case, before, after), Move)}, finished: {min(len(case.results), 2)}")
    if not isinstance(found(case, before, after), Move):
        return
    there, afresh = moved(case, before, after), relive(facts, after)
    if afresh is None:
        assert sent_back, "without sending back, every act of a case that moves would have been lawful"
    else:
        assert replace(there, version=0, moved=None) == replace(afresh, version=0)
    finish(there, after)


def live(item: ItemVersion, picks: list[tuple[int, bool]]) -> tuple[list[Fact], Case, bool]:
    """A random life up to some point before the decision."""
    facts = [Fact(1, occasion(item).at, "account:张三", "web", submitted(item, DAY, dict(FACTS)))]
    case, sent_back = replay(facts), False
    for pick, back in picks:
        acts = again_open(case, item, pick, back=back)
        sent_back |= any(isinstance(act, e.StepSentBack) for act in acts)
        facts += [Fact(len(facts) + 1, occasion(item).at, "account:王某", "web", act) for act in acts]
        case = replay(facts)
    return facts, case, sent_back


def again_open(case: Case, item: ItemVersion, pick: int, *, back: bool) -> tuple[e.Event, ...]:
    if case.state is State.SUBMITTED:
        return law.accept(case, occasion(item))
    if back and case.results and pick % 3 == 0:
        return law.send_back(case, occasion(item), step=sorted(case.results)[pick % len(case.results)], reason="再核")
    waiting = [each.key for each in law.open_steps(case, item) if each.kind is not StepKind.DECISION]
    if not waiting:
        return ()
    key = waiting[pick % len(waiting)]
    return law.complete_step(
        case, occasion(item), step=key, verdict=Verdict.PASSED, opinion="查明", officers=("甲", "乙")
    )


def finish(case: Case, item: ItemVersion) -> None:
    """Whatever was moved can be brought to its decision."""
    while acts := again_open(case, item, 0, back=False):
        case = fold(case, acts, occasion(item))
    assert [each.key for each in law.open_steps(case, item)] == ["decide"]
