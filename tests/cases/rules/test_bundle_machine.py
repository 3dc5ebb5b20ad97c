"""Whatever is done on a bundle, by whom, in whatever order and on whatever day: it stays lawful and can be ended.

A bundle is a random graph of permits, each with a random graph of steps. Acts go through the rules as commands do it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.cases.bundled import (
    AGENT,
    CALENDAR,
    PLATFORM,
    WAYS,
    WORDS,
    Act,
    Done,
    Life,
    Things,
    begun,
    came_back,
    checked,
    completing,
    decided,
    ends,
    every_minute_is_charged_once,
    followed,
    graphs,
    nothing,
    opened,
    paid,
    relived,
    silences,
    things,
)
from tests.cases.conftest import officer

from onedoor.cases.rules import events as e
from onedoor.cases.rules import gathering, moving, visiting
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.automatic import by_platform
from onedoor.cases.rules.clocks import clocks, profile_of
from onedoor.cases.rules.consulting import answer_late_opinion, give_late_opinion
from onedoor.cases.rules.events.upward import UpperReturned
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import tasks
from onedoor.cases.rules.values import UNDECIDED, Outcome, State, Verdict
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import CHINA, Approver, Ground, due
from onedoor.kernel.errors import Invalid, Refused

PEOPLE = st.sampled_from([officer("甲"), officer("乙"), officer("丙"), officer("代办员")])
ANY = st.integers(0, 99)
STEPS = st.sampled_from(["s0", "s0", "s1", "s1", "s2", "s3", "m0", "m1", "decide"])
VERDICTS = st.sampled_from([Verdict.PASSED, Verdict.PASSED, Verdict.PASSED, Verdict.FAILED, Verdict.SILENT])


class Bundle(RuleBasedStateMachine):
    """One bundle through any acts by anybody; what a rule refuses changes nothing."""

    @initialize(
        made=things(),
        start=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        sales=st.booleans(),
        accepted=st.sampled_from([True, True, False]),
    )
    def submit(self, made: Things, start: date, sales: bool, accepted: bool) -> None:
        self.made, self.answers = made, {"business": "sales" if sales else "catering"}
        self.now = datetime.combine(start, time(9), CHINA)
        self.whole = begun(made, start, self.now, dict(self.answers))
        self.members: dict[str, Life] = {}
        if accepted:
            assert self._do(self.whole, law.accept, officer("甲"))

    def _lives(self) -> Iterator[Life]:
        yield self.whole
        yield from self.members.values()

    def _one(self, pick: int) -> Life:
        lives = [*self._lives(), *self.members.values()]
        return lives[pick % len(lives)]

    def _do(self, life: Life, act: Act, by: Actor, **words: object) -> bool:
        try:
            life.do(Done(act, by, self.now, words))
        except (Refused, Invalid) as fault:
            assert str(fault)  # noqa: PT017 - a clear sentence, never an empty refusal
            return False
        finally:
            self.members |= opened(self.whole, self.made, dict(self.answers), self.now)
        return True

    # time and the platform

    @rule(days=st.integers(0, 9), minutes=st.integers(0, 24 * 60), asleep=st.booleans())
    def time_passes(self, days: int, minutes: int, asleep: bool) -> None:
        """The sweep takes each moment when it comes; if the machine was off, all of them some time later."""
        self.now += timedelta(days=days, minutes=minutes)
        if not asleep:
            self.the_sweep_catches_up()

    @rule()
    def the_sweep_catches_up(self) -> None:
        for life in self._lives():
            while life.alarm and life.alarm <= self.now:
                life.sweep(life.alarm if life.facts[-1].at <= life.alarm else self.now)
                life.done.append(Done(nothing, PLATFORM, self.now, {}))
        self.members |= opened(self.whole, self.made, dict(self.answers), self.now)

    @precondition(lambda self: self.members)
    @rule(pick=ANY, age=st.sampled_from([90, 30, None]))
    def the_platform_does_its_steps(self, pick: int, age: int | None) -> None:
        self._checked([*self.members.values()][pick % len(self.members)], age)

    def _checked(self, life: Life, age: int | None) -> None:
        assert self._do(life, checked, PLATFORM, known={"age": age} if age else {})

    @rule()
    def the_whole_follows_its_members(self) -> None:
        self._do(self.whole, followed, PLATFORM, ended=ends(self.members))

    @rule(pick=ANY)
    def make_the_result(self, pick: int) -> None:
        self._do(self._one(pick), law.close, PLATFORM, licence="L", files=("f",))

    # before acceptance

    @rule(by=PEOPLE)
    def accept(self, by: Actor) -> None:
        self._do(self.whole, law.accept, by)

    @precondition(lambda self: self.whole.case.state is State.SUBMITTED)
    @rule(by=PEOPLE, member=st.sampled_from(["m0", "m1", "m2"]), lacks=st.booleans())
    def a_member_s_organ_says_what_is_missing(self, by: Actor, member: str, lacks: bool) -> None:
        self._do(self.whole, gathering.speak, by, member=member, materials={"form": "请改"} if lacks else {})

    @precondition(lambda self: self.whole.case.state is State.SUBMITTED)
    @rule(by=PEOPLE, keys=st.sets(st.sampled_from(["layout", "form"])))
    def ask_for_a_supplement(self, by: Actor, keys: set[str]) -> None:
        self._do(self.whole, law.request_supplement, by, materials=dict.fromkeys(keys, "请补"))

    @precondition(lambda self: self.whole.case.state is State.SUPPLEMENT)
    @rule()
    def bring_the_supplement(self) -> None:
        files = {key: ("f",) for key in self.whole.case.supplement.materials if key != "form"}  # type: ignore[union-attr]
        came = e.SupplementReceived(on=self.now.date(), materials=files, steps=self.whole.case.steps)
        self._do(self.whole, law.supplement, officer("张三"), received=came)

    @precondition(lambda self: self.whole.case.state is State.SUBMITTED)
    @rule(by=PEOPLE, outcome=st.sampled_from(Outcome), go=st.integers(0, 4))
    def refuse(self, by: Actor, outcome: Outcome, go: int) -> None:
        if go == 0:
            self._do(self.whole, law.refuse_acceptance, by, outcome=outcome, reason="无须", where_to_turn="别处")

    # review

    @rule(pick=ANY, by=PEOPLE, step=STEPS, verdict=VERDICTS)
    def do_any_step(self, pick: int, by: Actor, step: str, verdict: Verdict) -> None:
        self._complete(self._one(pick), by, step=step, verdict=verdict)

    @precondition(lambda self: self.members)
    @rule(pick=ANY, which=ANY, by=PEOPLE, verdict=VERDICTS)
    def do_an_open_step(self, pick: int, which: int, by: Actor, verdict: Verdict) -> None:
        life = [*self.members.values()][pick % len(self.members)]
        if waiting := law.open_steps(life.case, life.item):
            self._complete(life, by, step=waiting[which % len(waiting)].key, verdict=verdict)

    def _complete(self, life: Life, by: Actor, *, step: str, verdict: Verdict) -> None:
        complete = completing(self.whole.case) if life.case.joint else law.complete_step
        self._do(life, complete, by, step=step, verdict=verdict, **WORDS)

    @precondition(lambda self: self.members)
    @rule(pick=ANY, by=PEOPLE, which=ANY, days=st.integers(0, 9))
    def end_a_member(self, pick: int, by: Actor, which: int, days: int) -> None:
        """All that is open, at once: so that others that need it begin. What goes up may come back."""
        life = [*self.members.values()][pick % len(self.members)]
        self._checked(life, which)
        self._pay(life, by, paid)
        for step in law.open_steps(life.case, life.item):
            self._complete(life, by, step=step.key, verdict=Verdict.PASSED)
        self._do(life, decided, by, outcome=Outcome.GRANTED)
        if life.case.above and days:
            self.time_passes(days, 0, asleep=False)
            self._do(life, came_back, by, which=which)
        if life.case.state is State.DECIDED:
            self._do(life, law.close, PLATFORM, licence="L", files=("f",))

    @rule(pick=ANY, by=PEOPLE, way=st.sampled_from(WAYS))
    def pay(self, pick: int, by: Actor, way: Act) -> None:
        self._pay(self._one(pick), by, way)

    def _pay(self, life: Life, by: Actor, way: Act) -> None:
        for key in 2 * [*{**life.case.by_hand, **life.case.payments}]:  # how much it is, and then the money
            self._do(life, way, by, step=key)

    @rule(pick=ANY, which=ANY, by=PEOPLE)
    def send_back(self, pick: int, which: int, by: Actor) -> None:
        life = self._one(pick)
        if done := sorted(life.case.results):
            self._do(life, law.send_back, by, step=done[which % len(done)], reason="再核")

    @precondition(lambda self: any(life.case.silent for life in self.members.values()))
    @rule(by=PEOPLE, verdict=VERDICTS, answered=st.booleans())
    def speak_late(self, by: Actor, verdict: Verdict, answered: bool) -> None:
        for life in self.members.values():
            for step in [*life.case.silent]:
                if self._do(life, give_late_opinion, by, step=step, verdict=verdict, opinion="补来") and answered:
                    self._do(life, answer_late_opinion, by, step=step, taken=True, reason="已核实")

    @rule(pick=ANY, by=PEOPLE, days=st.integers(0, 20))
    def stop(self, pick: int, by: Actor, days: int) -> None:
        last = self.now.date() + timedelta(days=days)
        words = {"ground": Ground.EXPERT_REVIEW, "notified_end": last, "reason": "依法需要"}
        self._do(self._one(pick), law.start_special_procedure, by, **words)

    @rule(pick=ANY, by=PEOPLE)
    def resume(self, pick: int, by: Actor) -> None:
        self._do(self._one(pick), law.end_special_procedure, by, result="已有结果")

    @rule(pick=ANY, by=PEOPLE, approver=st.sampled_from(Approver))
    def extend(self, pick: int, by: Actor, approver: Approver) -> None:
        self._do(self._one(pick), law.extend, by, approver=approver, reason="情况复杂")

    @rule(pick=ANY, by=PEOPLE, outcome=st.sampled_from([Outcome.GRANTED, Outcome.GRANTED, Outcome.DENIED]))
    def decide(self, pick: int, by: Actor, outcome: Outcome) -> None:
        self._do(self._one(pick), decided, by, outcome=outcome)

    @rule(pick=ANY, go=st.integers(0, 5))
    def withdraw(self, pick: int, go: int) -> None:
        life = self._one(pick)
        if go == 0 and self._do(life, law.withdraw, officer("张三"), reason="") and life is self.whole:
            for one in self.members.values():
                if one.case.state in UNDECIDED:
                    assert self._do(one, law.withdraw, officer("张三"), reason="")

    # one visit for all

    @precondition(lambda self: len(self.members) > 1)
    @rule(by=PEOPLE, days=st.integers(0, 5))
    def call_a_joint_visit(self, by: Actor, days: int) -> None:
        needing = visiting.needing(self.whole.case, {key: (one.case, one.item) for key, one in self.members.items()})
        meets = self.now + timedelta(days=days, minutes=1)
        self._do(self.whole, visiting.call, by, meets=meets, place="现场", members=needing, needing=needing)

    @precondition(lambda self: self.whole.case.visit is not None)
    @rule(by=PEOPLE, member=st.sampled_from(["m0", "m1", "m2", "m3"]), alone=st.booleans(), verdict=VERDICTS)
    def sign_or_go_alone(self, by: Actor, member: str, alone: bool, verdict: Verdict) -> None:
        if alone:
            self._do(self.whole, visiting.leave, by, member=member, reason="另有安排")
            return
        one = self.members.get(member)
        try:
            step = visiting.ready_to_sign(one.case, one.item) if one else None
        except Refused:
            return
        found = visiting.Finding(verdict, "查明", ("甲", "乙"))
        if step and one and self._do(self.whole, visiting.sign, by, member=member, found=found):
            assert self._do(one, law.complete_step, by, step=step.key, verdict=verdict, **WORDS), "who signs does it"

    # a service is changed while its cases run

    @precondition(lambda self: self.members)
    @rule(pick=ANY, data=st.data())
    def move(self, pick: int, data: st.DataObject) -> None:
        life = [*self.members.values()][pick % len(self.members)]
        before = life.item
        plan = data.draw(graphs(before=before.plan.steps[:-1]))
        after = replace(
            before, id=before.id + 100, number=before.number + 1, plan=plan, effective_from=self.whole.case.received
        )
        life.settle(self.now)
        life.done.append(Done(nothing, PLATFORM, self.now, {}))
        try:
            now = Occasion(before, CALENDAR, self.now, PLATFORM)
            moved = moving.move(life.case, now, after=after, answers=self.answers, township=None)
        except Refused:
            life.stored(self.now)
            return
        life.take(moved, by=PLATFORM, at=self.now)
        life.item = life.versions[after.id] = after
        life.settle(self.now)
        life.stored(self.now)
        event(f"moved after {min(len(life.case.results), 2)} steps")
        self._equals_the_one_relived(life)

    def _equals_the_one_relived(self, life: Life) -> None:
        if any(isinstance(fact.event, e.StepSentBack | UpperReturned) for fact in life.facts):
            return  # what was sent back stays so: tests of moving say how
        afresh = relived(life, dict(self.answers), until=self.now)
        if afresh is None or silences(afresh) != silences(life):
            event("the same acts are not all there under the new version")
            return
        event("the same acts under the new version make the same case")
        assert replace(life.case, version=0, moved=None) == replace(afresh.case, version=0)

    # what always holds

    @invariant()
    def no_step_runs_before_its_needs(self) -> None:
        for life in self._lives():
            done = life.case.results.keys()
            assert all(done >= set(step.after) for step in law.steps_of(life.case, life.item) if step.key in done)
        granted = {key for key, child in self.whole.case.children.items() if child.outcome is Outcome.GRANTED}
        needs = {step.key: set(step.after) for step in law.steps_of(self.whole.case, self.whole.item)}
        assert all(needs[key] <= granted for key in self.whole.case.children)
        assert self.whole.case.children.keys() == self.members.keys()

    @invariant()
    def no_limit_is_exceeded_without_an_alarm(self) -> None:
        """The joint limit and every other: it was told on its day, or the sweep has yet to take that moment."""
        for life in self._lives():
            for kind, clock in clocks(life.case, profile_of(life.case, life.item)).items():
                last = due(clock, CALENDAR).date
                if self.now.date() > last and (f"clock:{kind}", last) not in life.told:
                    assert life.alarm is not None
                    assert life.alarm <= self.now

    @invariant()
    def somebody_owes_the_next_act(self) -> None:
        for life in self.members.values():
            automatic = {s.key for s in law.open_steps(life.case, life.item) if by_platform(life.case, s)}
            withdrawn = life.case.outcome is Outcome.WITHDRAWN and life.case.unaware is None
            finished = life.case.state is State.CLOSED and (life.case.delivered is not None or withdrawn)
            owed = {task.key for task in tasks(life.case, life.item, CALENDAR)}
            assert bool(owed | automatic) != (life.case.state is State.DECIDED or finished)
            assert not owed & automatic, "what the platform does by itself is nobody's task"
        if self.whole.case.state is State.ACCEPTED:
            ended = [key for key, child in self.whole.case.children.items() if child.outcome is None]
            assert ended, "the whole waits for nobody and is not ended"

    @invariant()
    def nobody_acts_in_their_own_matter(self) -> None:
        for life in self._lives():
            hands = {life.case.acceptor, *(result.by for result in life.case.results.values())}
            assert AGENT not in hands | {life.case.decision.by if life.case.decision else None}

    def teardown(self) -> None:
        if not hasattr(self, "whole"):
            return
        for life in self._lives():
            every_minute_is_charged_once(life, self.now)
        self._it_can_be_brought_to_its_end()
        for life in self._lives():
            told = [replace(f, event=e.from_body(f.event.kind, *e.to_body(f.event))) for f in life.facts]
            assert replay(told) == life.case
            every_minute_is_charged_once(life, self.now)
        event(f"ended as {self.whole.case.outcome}")

    def _it_can_be_brought_to_its_end(self) -> None:
        """Whatever was done: everybody does what they owe, and it ends."""
        for _ in range(60):
            if not self.whole.case.open and not any(life.case.open for life in self.members.values()):
                break
            self.now += timedelta(days=1)
            self.the_sweep_catches_up()
            self._work_on_the_whole()
            for life in [*self.members.values()]:
                self._work_on(life)
            self.the_whole_follows_its_members()
        assert not any(life.case.open for life in self._lives())
        case = self.whole.case
        if case.children and case.outcome is not Outcome.WITHDRAWN:
            assert case.children.keys() | case.cancelled.keys() == {*case.steps, *case.cancelled}
            assert not case.children.keys() & case.cancelled.keys()
            outcomes = {child.outcome for child in case.children.values()}
            assert (case.outcome is Outcome.GRANTED) == (outcomes == {Outcome.GRANTED} and not case.cancelled)

    def _work_on_the_whole(self) -> None:
        if self.whole.case.state is State.SUPPLEMENT:
            self.bring_the_supplement()
        elif self.whole.case.state is State.SUBMITTED and not self._do(self.whole, law.accept, officer("甲")):
            lacking = {key: "请补" for key in gathering.proposals(self.whole.case, self.whole.item)}
            self._do(self.whole, law.request_supplement, officer("甲"), materials=lacking)
        visit = self.whole.case.visit
        for member in visit.waiting if visit and self.whole.case.open else ():
            self._do(self.whole, visiting.leave, officer("甲"), member=member, reason="单独去")

    def _work_on(self, life: Life) -> None:
        by = officer("乙")
        self._checked(life, None)
        self._pay(life, by, paid)
        for step in law.open_steps(life.case, life.item):
            self._do(life, law.complete_step, by, step=step.key, verdict=Verdict.PASSED, **WORDS)
        for key, late in [*life.case.late.items()]:
            if late.taken is None:
                self._do(life, answer_late_opinion, by, step=key, taken=False, reason="已核实")
        failed = any(result.verdict is Verdict.FAILED for result in life.case.results.values())
        self._do(life, decided, by, outcome=Outcome.DENIED if failed else Outcome.GRANTED)
        if life.case.state is State.DECIDED:
            assert self._do(life, law.close, PLATFORM, licence="L", files=("f",))


TestBundle = Bundle.TestCase
TestBundle.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
