"""Whatever officers and applicants do, in whatever order and on whatever day, the lifecycle stays lawful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.cases.conftest import national_calendar, officer, published, submitted
from tests.cases.rules.test_paying import BY_AREA, HOME
from tests.cases.rules.test_paying import KEY as PAY
from tests.cases.rules.test_paying import of as to_be_paid

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules import paying, upward
from onedoor.cases.rules.attribution import Attribution, Party, attribution
from onedoor.cases.rules.automatic import by_platform
from onedoor.cases.rules.clocks import ClockKind, clock_ends, clocks, first_turn, settle
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.fold import apply, replay
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.reminders import LATE_ABOVE, alarmed
from onedoor.cases.rules.tasks import ANSWER, tasks
from onedoor.cases.rules.values import Case, Delivery, Outcome, State, Verdict
from onedoor.items.rules import Fee, ItemVersion
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import (
    CHINA,
    AllowedGround,
    Approver,
    Clock,
    Ground,
    Limit,
    StartEvent,
    Unit,
    account,
    due,
)
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.hours import Hours, Office, minutes_between
from onedoor.kernel.law import Article
from onedoor.kernel.plan import Plan, StepKind, Upper

PLAIN, CALENDAR = published("食品经营许可"), national_calendar()
EXPERTS = AllowedGround(Ground.EXPERT_REVIEW, Article("行政许可法", "45"))
FOOD = replace(PLAIN, clock=replace(PLAIN.clock, grounds=(*PLAIN.clock.grounds, EXPERTS)))
PEOPLE = st.sampled_from([officer(name) for name in ("甲", "乙", "丙")])
OFFICE = Office(
    CALENDAR, (Hours(date(2004, 1, 1), ((time(8, 30), time(11, 30)), (time(14, 30), time(17, 30))), "示例"),)
)
TEXTS = st.sampled_from(["", "理由充分"])
WITHIN = Limit(5, Unit.WORKDAY, StartEvent.RECEIVED, note="示例")
*BEFORE, LAST = FOOD.plan.steps
FOR_ABOVE = replace(FOOD, plan=Plan((*BEFORE, replace(LAST, kind=StepKind.UPWARD, upper=Upper("某市某局", WITHIN)))))
DAYS = st.sampled_from([0, 0, 0, 1, 3, -1])


class OneCase(RuleBasedStateMachine):
    """One case through any acts; refused acts change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 1, 5, 9, tzinfo=CHINA)
        self.facts: list[Fact] = []
        self.case: Case
        self.item: ItemVersion

    def begin(self, item: ItemVersion, start: date, business: str) -> None:
        self.item = item
        self.now = datetime.combine(start, time(9), CHINA)
        event = submitted(item, start, {"business": business})
        self._take((replace(event, owners={**event.owners, "visit": "another organ"}),), officer("张三"))

    @property
    def today(self) -> date:
        return self.now.date()

    def _now(self, by: Actor) -> Occasion:
        return Occasion(self.item, CALENDAR, self.now, by)

    def _take(self, events: tuple[e.Event, ...], by: Actor) -> None:
        for event in events:
            seq = len(self.facts) + 1
            fact = Fact(seq, self._now(by).at, by.ref, "web", event)
            self.case = apply(self.case if self.facts else None, fact)
            self.facts.append(fact)

    def _try(self, act, by: Actor, **words: object) -> None:  # type: ignore[no-untyped-def]
        now = self._now(by)
        self._take(settle(self.case, FOOD.clock, calendar=CALENDAR, on=self.today), by)
        try:
            self._take(act(self.case, now, **words), by)
        except (Refused, Invalid) as fault:
            assert str(fault)  # noqa: PT017 - a clear sentence, never an empty refusal

    @rule(days=st.integers(0, 12), minutes=st.integers(0, 24 * 60))
    def time_passes(self, days: int, minutes: int) -> None:
        self.now += timedelta(days=days, minutes=minutes)

    @rule(by=PEOPLE, step=st.sampled_from(["papers", "visit", "check", "decide"]), verdict=st.sampled_from(Verdict))
    def review(self, by: Actor, step: str, verdict: Verdict) -> None:
        self._try(law.complete_step, by, step=step, verdict=verdict, opinion="查明", officers=("甲", "乙"))

    @rule(by=PEOPLE, step=st.sampled_from(["papers", "visit", "check"]))
    def send_back(self, by: Actor, step: str) -> None:
        self._try(law.send_back, by, step=step, reason="再核")

    @rule(by=PEOPLE, ground=st.sampled_from(Ground), days=st.integers(-1, 20))
    def stop(self, by: Actor, ground: Ground, days: int) -> None:
        end = self.today + timedelta(days=days)
        self._try(law.start_special_procedure, by, ground=ground, notified_end=end, reason="依法需要")

    @rule(by=PEOPLE)
    def resume(self, by: Actor) -> None:
        self._try(law.end_special_procedure, by, result="已有结果")

    @rule(by=PEOPLE, approver=st.sampled_from(Approver))
    def extend(self, by: Actor, approver: Approver) -> None:
        self._try(law.extend, by, approver=approver, reason="情况复杂")

    @rule()
    def withdraw(self) -> None:
        self._try(law.withdraw, officer("张三"), reason="")

    @invariant()
    def state_is_a_fold_and_every_fact_survives_the_journal(self) -> None:
        if self.facts:
            told = [
                Fact(f.seq, f.at, f.actor, f.channel, e.from_body(f.event.kind, *e.to_body(f.event)))
                for f in self.facts
            ]
            assert replay(told) == self.case

    @invariant()
    def somebody_owes_the_next_act_or_the_applicant_does_or_it_is_over(self) -> None:
        if not self.facts:
            return
        owed = tasks(self.case, self.item, CALENDAR)
        automatic = any(by_platform(self.case, step) for step in law.open_steps(self.case, self.item))
        waits = self.case.state in {State.SUPPLEMENT, State.DECIDED}
        withdrawn = self.case.outcome is Outcome.WITHDRAWN and not self.case.unaware
        over = self.case.state is State.CLOSED and (self.case.delivered or withdrawn)
        assert bool(owed or automatic) != bool(waits or over)

    @invariant()
    def a_decision_never_precedes_acceptance_and_never_skips_a_step(self) -> None:
        if self.facts and self.case.decision:
            assert self.case.accepted is not None
            assert set(self.case.results) >= set(self.case.steps)

    @invariant()
    def nothing_but_special_procedures_the_upper_level_and_one_extension_moves_the_legal_end(self) -> None:
        if not self.facts or self.case.state is not State.ACCEPTED or self.case.above:
            return
        clock = clocks(self.case, FOOD.clock)[ClockKind.LEGAL]
        extension = FOOD.clock.extension
        assert extension is not None
        assert self.case.added in {0, extension.number}
        plain = due(type(clock)(clock.limit, clock.started, clock.added), CALENDAR)
        assert due(clock, CALENDAR) >= plain
        assert bool(self.case.exclusions or self.case.returned) or due(clock, CALENDAR) == plain

    @invariant()
    def the_next_alarm_lies_ahead(self) -> None:
        if self.facts:
            ends = {end.date for end in clock_ends(self.case, FOOD.clock, CALENDAR).values()}
            moment = first_turn(ends, calendar=CALENDAR, after=self.facts[-1].at)
            assert moment is None or moment > self.facts[-1].at

    @invariant()
    def every_working_minute_is_charged_to_exactly_one_party(self) -> None:
        if not self.facts:
            return
        charged = self._charged()
        assert sum(share.minutes for share in charged.shares) == charged.minutes
        assert charged.running == self.case.open
        end = self.now if self.case.open else charged.until
        assert charged.minutes == minutes_between(self.facts[0].at, end, office=OFFICE)

    def _charged(self) -> Attribution:
        return attribution(self.facts, {self.item.id: self.item}, office=OFFICE, until=self.now)


class Lifecycle(OneCase):
    """From its submission through any acts."""

    @initialize(start=st.dates(date(2025, 1, 1), date(2026, 6, 30)), business=st.sampled_from(["catering", "sales"]))
    def submit(self, start: date, business: str) -> None:
        self.begin(FOOD, start, business)

    @rule(by=PEOPLE)
    def accept(self, by: Actor) -> None:
        self._try(law.accept, by)

    @rule(by=PEOPLE, keys=st.sets(st.sampled_from(["layout", "rules", "form"])))
    def ask_for_a_supplement(self, by: Actor, keys: set[str]) -> None:
        self._try(law.request_supplement, by, materials=dict.fromkeys(keys, "请补"))

    @rule(full=st.booleans())
    def bring_the_supplement(self, full: bool) -> None:
        asked = self.case.supplement.materials if self.case.supplement else {}
        files = {key: ("f",) for key in asked if full and key != "form"}
        came = e.SupplementReceived(on=self.today, materials=files, steps=self.case.steps)
        self._try(law.supplement, officer("张三"), received=came)

    @rule(by=PEOPLE, outcome=st.sampled_from(Outcome), reason=TEXTS)
    def refuse(self, by: Actor, outcome: Outcome, reason: str) -> None:
        self._try(law.refuse_acceptance, by, outcome=outcome, reason=reason, where_to_turn=reason)

    @rule(by=PEOPLE, outcome=st.sampled_from([Outcome.GRANTED, Outcome.DENIED]))
    def decide(self, by: Actor, outcome: Outcome) -> None:
        self._try(law.decide, by, outcome=outcome, reasons="查明", article="食品安全法第三十五条")

    @rule()
    def make_the_result(self) -> None:
        self._try(law.close, officer("平台"), licence="L", files=("f",))

    @rule(by=PEOPLE)
    def deliver(self, by: Actor) -> None:
        self._try(law.deliver, by, method=Delivery.WINDOW, receiver="张三")

    @precondition(lambda self: self.case.state is State.CLOSED)
    @rule(level=st.integers(0, 6))
    def rate(self, level: int) -> None:
        self._try(law.rate, officer("张三"), level=level, comment="")


class SentUp(OneCase):
    """One case of which the upper level decides: it is reviewed, and mostly there already."""

    @initialize(start=st.dates(date(2025, 1, 1), date(2026, 6, 30)), sent=st.sampled_from([True, True, False]))
    def submit(self, start: date, sent: bool) -> None:
        self.begin(FOR_ABOVE, start, "catering")
        self._try(law.accept, officer("甲"))
        for step in (step.key for step in BEFORE if step.key in self.case.steps):
            self.review(officer("乙"), step, Verdict.PASSED)
        if sent:
            self.send_up(officer("丙"), Verdict.PASSED)
        assert bool(self.case.above) == sent

    @rule(by=PEOPLE, verdict=st.sampled_from(Verdict))
    def send_up(self, by: Actor, verdict: Verdict) -> None:
        self._try(upward.report_upward, by, verdict=verdict, opinion="查明", way="机要交换", answers={})

    @rule(by=PEOPLE)
    def review_all_and_send_up(self, by: Actor) -> None:
        for step in law.open_steps(self.case, self.item):
            self.review(by, step.key, Verdict.PASSED)
        self.send_up(by, Verdict.PASSED)

    @precondition(lambda self: self.case.above)
    @rule(by=PEOPLE, step=st.sampled_from(["papers", "visit", "check", "decide"]), after=st.integers(0, 9), days=DAYS)
    def come_back(self, by: Actor, step: str, after: int, days: int) -> None:
        self.now += timedelta(days=after)
        dated, files = self.today - timedelta(days=days), {"f": "ab"}
        self._try(upward.record_return, by, step=step, returned_on=dated, reason="再核", files=files)

    @precondition(lambda self: self.case.above)
    @rule(by=PEOPLE, outcome=st.sampled_from([Outcome.GRANTED, Outcome.DENIED, Outcome.PARTLY]), days=DAYS, text=TEXTS)
    def hear_from_above(self, by: Actor, outcome: Outcome, days: int, text: str) -> None:
        words = {"number": "保市许〔2026〕1号", "reasons": text, "files": {"f": "ab"}}
        self._try(upward.record_answer, by, outcome=outcome, decided_on=self.today - timedelta(days=days), **words)

    @precondition(lambda self: self.case.above and self.case.state is State.CLOSED)
    @rule(by=PEOPLE, days=DAYS, text=TEXTS)
    def tell_above_of_the_withdrawal(self, by: Actor, days: int, text: str) -> None:
        self._try(upward.tell_of_withdrawal, by, on=self.today - timedelta(days=days), way=text)

    @invariant()
    def only_the_limit_there_runs_while_it_is_above_and_its_days_are_not_counted_here(self) -> None:
        if not self.facts or self.case.state is not State.ACCEPTED:
            return
        running = clocks(self.case, self.item.clock)
        if self.case.above:
            assert running == {ClockKind.UPPER: Clock(WITHIN, self.case.above.on)}
            return
        counted = [day.date for day in account(running[ClockKind.LEGAL], CALENDAR) if day.count]
        assert not any(one.on < day <= one.came for day in counted for one in self.case.returned)

    @invariant()
    def the_upper_level_is_charged_with_the_minutes_that_it_had_and_no_others(self) -> None:
        if not self.facts:
            return
        had, since = 0, None
        for fact in self.facts:
            if isinstance(fact.event, e.ReportedUpward):
                since = fact.at
            elif since and isinstance(fact.event, u.UpperReturned | e.UpperDecided | e.Withdrawn):
                had, since = had + minutes_between(since, fact.at, office=OFFICE), None
        had += minutes_between(since, self.now, office=OFFICE) if since else 0
        assert had == sum(one.minutes for one in self._charged().shares if one.holder.party is Party.UPPER)

    @invariant()
    def whoever_waits_is_told_when_the_upper_level_is_late(self) -> None:
        if not self.facts:
            return
        told = {one.key: one for one in alarmed(self.case, self.item, calendar=CALENDAR, on=self.today)}
        above = self.case.above if self.case.state is State.ACCEPTED else None
        late = bool(above) and self.today > due(Clock(WITHIN, above.on), CALENDAR).date
        assert (LATE_ABOVE in told) == late
        assert not late or {f"task:{ANSWER}", f"clock:{ClockKind.UPPER}"} <= told.keys()


class Paid(OneCase):
    """One case with something to pay after its review, by a fixed amount or by a tariff."""

    @initialize(start=st.dates(date(2025, 1, 1), date(2026, 6, 30)), fee=st.sampled_from([HOME, HOME, BY_AREA]))
    def submit(self, start: date, fee: Fee) -> None:
        self.begin(to_be_paid(FOOD, fee), start, "catering")
        self._try(law.accept, officer("甲"))
        self.review(officer("乙"), "papers", Verdict.PASSED)
        self.the_platform_asks()

    @rule()
    def the_platform_asks(self) -> None:
        def ask(case: Case, now: Occasion) -> tuple[e.Event, ...]:
            waiting = law.open_steps(case, now.item)
            return tuple(told for step in waiting for told in paying.ask(case, now, step, answers={}))

        self._try(ask, officer("平台"))

    @rule(by=PEOPLE, yuan=st.sampled_from([0, 50]))
    def reckon(self, by: Actor, yuan: int) -> None:
        words = {"amounts": {BY_AREA.name: yuan * 100}, "computation": "查明"}
        self._try(paying.set_charges, by, step=PAY, fees=paying.due_fees(self.item, {}), **words)

    @precondition(lambda self: PAY in self.case.payments)
    @rule(by=PEOPLE, short=st.sampled_from([0, 0, 0, 1]), days=DAYS)
    def bring_the_receipt(self, by: Actor, short: int, days: int) -> None:
        cents, paid_on = self.case.payments[PAY].cents - short, self.today - timedelta(days=days)
        self._try(paying.record_payment, by, step=PAY, receipt="12345678", cents=cents, paid_on=paid_on)

    @rule(by=PEOPLE, cents=st.sampled_from([0, 1000, 8000]))
    def propose_a_relief(self, by: Actor, cents: int) -> None:
        self._try(paying.propose_relief, by, step=PAY, cents=cents, basis="示例", reason="查明")

    @rule(by=PEOPLE, granted=st.booleans())
    def decide_on_it(self, by: Actor, granted: bool) -> None:
        self._try(paying.decide_relief, by, step=PAY, granted=granted, reason="查明")

    @rule(by=PEOPLE)
    def wait_no_longer(self, by: Actor) -> None:
        self._try(paying.give_up, by, step=PAY, reason="催过")

    @rule(by=PEOPLE, outcome=st.sampled_from([Outcome.GRANTED, Outcome.DENIED]))
    def decide(self, by: Actor, outcome: Outcome) -> None:
        self._try(law.decide, by, outcome=outcome, reasons="查明", article="食品安全法第三十五条")

    @invariant()
    def nothing_is_granted_unpaid_and_nothing_paid_is_asked_for_again(self) -> None:
        if not self.facts:
            return
        held = self.case.payments.get(PAY)
        assert self.case.outcome is not Outcome.GRANTED or (held is not None and held.settled)
        kinds = [fact.event.kind for fact in self.facts]
        if e.PaymentReceived.kind in kinds:
            after = kinds[kinds.index(e.PaymentReceived.kind) + 1 :]
            assert not {e.PaymentAsked.kind, e.PaymentReceived.kind, e.PaymentExempted.kind}.intersection(after)

    @invariant()
    def the_applicant_is_charged_with_no_minute_in_which_nothing_was_asked_of_them(self) -> None:
        asked = [fact.at for fact in self.facts if isinstance(fact.event, e.PaymentAsked)]
        theirs = sum(one.minutes for one in self._charged().shares if one.holder.party is Party.APPLICANT)
        assert not theirs or asked
        assert not asked or theirs <= minutes_between(asked[0], max(self.now, asked[0]), office=OFFICE)


TestLifecycle = Lifecycle.TestCase
TestLifecycle.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)

TestSentUp = SentUp.TestCase
TestSentUp.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)

TestPaid = Paid.TestCase
TestPaid.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
