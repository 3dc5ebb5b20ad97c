"""Bundles of random graphs without a database: the whole, the cases of its members, and the sweep over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from hypothesis import strategies as st
from tests.cases.conftest import national_calendar, published, submitted

from onedoor.cases.rules import automatic, joint, paying, upward, visiting
from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.attribution import attribution
from onedoor.cases.rules.clocks import acceptance_start, begun_too_late, governing, profile_of
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.reminders import alarmed
from onedoor.cases.rules.settling import settled
from onedoor.cases.rules.standing import standing_of
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome, State, Verdict
from onedoor.items.rules.values import Fee, ItemVersion, Member
from onedoor.kernel.actor import Actor, system
from onedoor.kernel.clock import (
    AllowedGround,
    Approver,
    ClockProfile,
    Extension,
    Ground,
    Limit,
    ProfileKind,
    StartEvent,
    Unit,
    local_date,
)
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.expr import Value, parse
from onedoor.kernel.hours import Hours, Office, minutes_between
from onedoor.kernel.law import Article
from onedoor.kernel.plan import Check, Plan, Silence, Step, StepKind, Upper, problems

FOOD, CALENDAR = published("食品经营许可"), national_calendar()
PLATFORM = system("platform")
OFFICE = Office(
    CALENDAR, (Hours(date(2004, 1, 1), ((time(8, 30), time(11, 30)), (time(14, 30), time(17, 30))), "示例"),)
)
AGENT = "account:代办员"
WORDS = {"opinion": "查明", "officers": ("甲", "乙")}
CATERING, SALES = parse({"eq": ["$business", "catering"]}), parse({"eq": ["$business", "sales"]})
KINDS = (
    StepKind.REVIEW,
    StepKind.OPINION,
    StepKind.SITE_VISIT,
    StepKind.SIGN_OFF,
    StepKind.REGISTER_CHECK,
    StepKind.PAYMENT,
)
CHECK = Check(parse({"ge": ["$age", 80]}), "年满八十周岁的，视为核实。", "示例")

FIXED = Fee(
    "登记费", "80元/件", "民法典第二百二十三条；发改价格规〔2016〕2559号", 8000, reducible=True, reduction_basis="示例"
)
BY_AREA = Fee("修复费", "按面积计算", "城市道路管理条例第三十七条")
FEES = ((FIXED,), (FIXED,), (replace(FIXED, when=SALES),), (BY_AREA,))

Act = Callable[..., tuple[e.Event, ...]]


def limit(days: int, start: StartEvent = StartEvent.ACCEPTED) -> Limit:
    return Limit(days, Unit.WORKDAY, start, note="示例")


def permit(days: int, *, extension: Extension) -> ClockProfile:
    return ClockProfile(
        ProfileKind.PERMIT,
        acceptance=limit(5, StartEvent.RECEIVED),
        legal=limit(days),
        promised=limit(max(1, days // 2)),
        silence_accepts=True,
        supplement_silence_accepts=True,
        extension=extension,
        grounds=(AllowedGround(Ground.EXPERT_REVIEW, Article("行政许可法", "45")),),
        delivery=limit(10, StartEvent.DECIDED),
    )


@st.composite
def graphs(draw: st.DrawFn, *, before: Sequence[Step] = ()) -> Plan:
    """A sound plan of up to four steps and the decision, of half of them that of the upper level; some of ``before``
    may stand in it unchanged.
    """
    rows = draw(st.lists(st.tuples(st.sets(st.integers(0, 3)), st.integers(0, 14)), min_size=1, max_size=4))
    steps = [_step(f"s{n}", tuple(f"s{m}" for m in sorted(needs) if m < n), odd) for n, (needs, odd) in enumerate(rows)]
    kept = before[: draw(st.integers(0, len(before)))] if before else ()
    steps = [*kept, *(one for one in steps if one.key not in {each.key for each in kept})]
    known = {one.key for one in steps}
    steps = [replace(one, after=tuple(key for key in one.after if key in known)) for one in steps]
    above = Upper("某市某局", limit(5, StartEvent.RECEIVED)) if draw(st.booleans()) else None
    kind = StepKind.UPWARD if above else StepKind.DECISION
    plan = Plan((*steps, Step("decide", "决定", kind, after=tuple(sorted(known)), upper=above)))
    assert problems(plan) == ()
    return plan


def _step(key: str, after: tuple[str, ...], odd: int) -> Step:
    kind = KINDS[odd % len(KINDS)]
    opinion = kind is StepKind.OPINION
    return Step(
        key,
        f"环节{key}",
        kind,
        after=after,
        organ="organ of opinions" if opinion else "own",
        limit=limit(3) if odd > 3 or kind is StepKind.PAYMENT else None,
        when={9: CATERING, 10: SALES}.get(odd),
        officers=2 if kind is StepKind.SITE_VISIT else 1,
        check=CHECK if kind is StepKind.REGISTER_CHECK else None,
        silence=Silence.LEAD_DECIDES if opinion and odd > 7 else Silence.ESCALATE,
    )


@dataclass(frozen=True, repr=False)
class Things:
    """A bundle, and the item of each member."""

    whole: ItemVersion
    members: dict[str, ItemVersion]


@st.composite
def things(draw: st.DrawFn) -> Things:
    """Two to four permits, some of which need the result of another, under a joint limit of their own."""
    keys = [f"m{number}" for number in range(draw(st.integers(2, 4)))]
    members = tuple(
        Member(
            key,
            f"item {key}",
            f"许可{key}",
            after=tuple(sorted(draw(st.sets(st.sampled_from(keys[:place]))))) if place else (),
            when=draw(st.sampled_from([None, None, None, SALES])) if place else None,
            opinion=limit(2, StartEvent.RECEIVED) if draw(st.booleans()) else None,
        )
        for place, key in enumerate(keys)
    )
    head = Extension(10, Unit.WORKDAY, Approver.ORGAN_HEAD, Article("行政许可法", "42(1)"))
    items = {
        key: replace(
            FOOD, id=place, organ=f"organ {key}", plan=draw(graphs()), fees=draw(st.sampled_from(FEES)),
            clock=permit(draw(st.integers(3, 20)), extension=head),
        )
        for place, key in enumerate(keys, 10)
    }  # fmt: skip
    county = Extension(15, Unit.WORKDAY, Approver.GOVERNMENT_LEADER, Article("行政许可法", "42(2)"))
    joined = replace(permit(draw(st.integers(4, 45)), extension=county), grounds=())
    steps = tuple(Step(m.key, m.name, StepKind.CHILD, items[m.key].organ, m.after, when=m.when) for m in members)
    return Things(replace(FOOD, members=members, plan=Plan(steps), clock=joined), items)


@dataclass(frozen=True)
class Done:
    """An act that was done, so that it can be done again."""

    act: Act
    by: Actor
    at: datetime
    words: dict[str, object]


@dataclass
class Life:
    """One case as the platform keeps it: its facts, its fold, the next moment for the sweep, and who was told what."""

    item: ItemVersion
    first: e.Submitted
    at: datetime
    by: str = "account:张三"
    facts: list[Fact] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    told: set[tuple[str, date]] = field(default_factory=set)  # what turned red, with its last day
    alarm: datetime | None = None
    kept: Case | None = None  # as it was stored last
    case: Case = field(init=False)
    versions: dict[int, ItemVersion] = field(init=False)  # those that it ran under

    def __post_init__(self) -> None:
        self.versions = {self.item.id: self.item}
        self.case = apply(None, Fact(1, self.at, self.by, "web", self.first))
        self.facts.append(Fact(1, self.at, self.by, "web", self.first))
        self.stored(self.at)

    def take(self, events: Sequence[e.Event], *, by: Actor, at: datetime) -> None:
        for event in events:
            fact = Fact(len(self.facts) + 1, at, by.ref, "web", event)
            self.case = apply(self.case, fact)
            self.facts.append(fact)

    def settle(self, at: datetime) -> None:
        """What the law brings about goes before every act."""
        self.take(settled(self.case, self.item, calendar=CALENDAR, on=local_date(at)), by=PLATFORM, at=at)

    def do(self, done: Done) -> None:
        """One act as a command does it; a fault of the rule changes nothing but what the law did."""
        self.settle(done.at)
        try:
            self.take(
                done.act(self.case, Occasion(self.item, CALENDAR, done.at, done.by), **done.words),
                by=done.by,
                at=done.at,
            )
            self.done.append(done)
        finally:
            self.stored(done.at)

    def stored(self, at: datetime, *, swept: bool = False) -> None:
        """The next moment; one that has come and was not swept yet is left to the sweep."""
        profile, on = profile_of(self.case, self.item), local_date(at)
        before, self.kept = self.kept, self.case
        runs = governing(self.case, profile, CALENDAR) is not None
        if not swept and runs and self.alarm and self.alarm <= at:
            return
        if not swept and begun_too_late(self.case, profile, before=before, calendar=CALENDAR, on=on):
            self.alarm = at
            return
        self.alarm = standing_of(self.case, self.item, CALENDAR).next_alarm(at)

    def sweep(self, at: datetime) -> None:
        """The moment that has come: let the law act, tell what is red."""
        self.settle(at)
        self.stored(at, swept=True)
        on = local_date(at)
        found = alarmed(self.case, self.item, calendar=CALENDAR, on=on)
        self.told |= {(one.key, one.due) for one in found if on > one.due}


def begun(made: Things, on: date, at: datetime, facts: dict[str, object]) -> Life:
    """The application for the whole."""
    first = replace(submitted(made.whole, on, facts), agent=AGENT)
    return Life(made.whole, first, at)


def opened(whole: Life, made: Things, facts: dict[str, object], at: datetime) -> dict[str, Life]:
    """The cases of the members that can begin now, each accepted with the whole."""
    found: dict[str, Life] = {}
    for member in joint.to_open(whole.case, whole.item):
        item, on = made.members[member.key], local_date(at)
        number = f"53052420260302{item.id:07}"
        began = (whole.case.accepted or on) if not member.after else on
        first = replace(
            submitted(item, acceptance_start(whole.case) if not member.after else began, facts),
            id=item.id, number=number, agent=AGENT, joint=whole.case.number,
        )  # fmt: skip
        life = Life(item, first, at, by=PLATFORM.ref)
        life.take((e.Accepted(how=AcceptedBy.JOINT, effective=began, on=on),), by=PLATFORM, at=at)
        life.stored(at)
        whole.take((e.MemberOpened(member.key, number, on),), by=PLATFORM, at=at)
        found[member.key] = life
    if found:
        whole.stored(at)
    return found


def nothing(_case: Case, _now: Occasion) -> tuple[e.Event, ...]:
    return ()


def checked(case: Case, now: Occasion, *, known: dict[str, Value]) -> tuple[e.Event, ...]:
    """What the platform does by itself, wherever it is ready."""
    waiting = law.open_steps(case, now.item)
    done = [automatic.check_register(case, now, step, answers={}, known=known) for step in waiting]
    done += [paying.ask(case, now, step, answers={}) for step in waiting]
    return tuple(event for events in done for event in events)


def paid(case: Case, now: Occasion, *, step: str, receipt: str = "12345678") -> tuple[e.Event, ...]:
    """How much it is, where an officer says so; else it is paid."""
    if step in case.by_hand and step not in paying.asked_of(case):
        fees = paying.due_fees(now.item, {})
        words = {"amounts": {BY_AREA.name: 5000}, "computation": "查明"}
        return paying.set_charges(case, now, step=step, fees=fees, **words)  # type: ignore[arg-type]
    cents = paying.waiting(case, step).cents
    return paying.record_payment(case, now, step=step, receipt=receipt, cents=cents, paid_on=now.on)


def reduced(case: Case, now: Occasion, *, step: str, cents: int = 1000) -> tuple[e.Event, ...]:
    """减免, first proposed, then approved."""
    if (held := case.payments.get(step)) and held.relief:
        return paying.decide_relief(case, now, step=step, granted=True, reason="查明")
    return paying.propose_relief(case, now, step=step, cents=cents, basis="示例", reason="查明")


def waived(case: Case, now: Occasion, *, step: str) -> tuple[e.Event, ...]:
    return reduced(case, now, step=step, cents=0)


def unpaid(case: Case, now: Occasion, *, step: str) -> tuple[e.Event, ...]:
    return paying.give_up(case, now, step=step, reason="催过")


WAYS = (paid, reduced, waived, unpaid)


def completing(whole: Case) -> Act:
    """A step of a member is done as its command does it: a visit that is called for all is signed there."""

    def complete(case: Case, now: Occasion, *, step: str, **words: object) -> tuple[e.Event, ...]:
        found = next((one for one in now.item.plan.steps if one.key == step), None)
        if case.joint and found and found.kind is StepKind.SITE_VISIT:
            visiting.not_called(whole, case.number)
        return law.complete_step(case, now, step=step, **words)  # type: ignore[arg-type]

    return complete


def decided(case: Case, now: Occasion, *, outcome: Outcome) -> tuple[e.Event, ...]:
    """Here; or it is sent up, and what is there already is answered."""
    if case.above:
        paper = {"decided_on": now.on, "number": "保市许〔2026〕1号", "files": {"f": "ab"}}
        return upward.record_answer(case, now, outcome=outcome, reasons="查明", **paper)  # type: ignore[arg-type]
    if now.item.plan.steps[-1].upper:
        return upward.report_upward(case, now, verdict=Verdict.PASSED, opinion="查明", way="机要交换", answers={})
    return law.decide(case, now, outcome=outcome, reasons="查明", article="第三十八条")


def came_back(case: Case, now: Occasion, *, which: int) -> tuple[e.Event, ...]:
    """From above for more review; or the upper level is told that it was withdrawn."""
    if case.state is State.CLOSED:
        return upward.tell_of_withdrawal(case, now, on=now.on, way="电话")
    done = [*sorted(case.results), ""]
    step = done[which % max(1, len(done) - 1)]
    return upward.record_return(case, now, step=step, returned_on=now.on, reason="再核", files={"f": "ab"})


def ends(members: dict[str, Life]) -> dict[str, joint.Ended]:
    """What the cases of the members came to, by number."""
    cases = [life.case for life in members.values()]
    return {case.number: joint.Ended(case.outcome, case.closed) for case in cases if case.outcome and case.closed}


def followed(case: Case, now: Occasion, *, ended: dict[str, joint.Ended]) -> tuple[e.Event, ...]:
    """The whole takes note of what its members came to."""
    noted = joint.ended(case, now.item, now=ended, on=now.on)
    seen = case
    for told in noted:
        seen = folded(seen, told, now)
    return (*noted, *visiting.overtaken(case, seen, now), *joint.closed(seen, on=now.on))


def folded(case: Case, told: e.Event, now: Occasion) -> Case:
    return apply(case, Fact(case.version + 1, now.at, now.by.ref, "web", told))


def relived(life: Life, facts: dict[str, object], *, until: datetime) -> Life | None:
    """The same acts by the same people at the same times under its version of now; None where one is not lawful."""
    item: ItemVersion = life.item
    plain = submitted(item, life.first.received, facts)
    first = replace(life.first, item_version=item.id, steps=plain.steps, owners=plain.owners)
    found = Life(item, first, life.at, by=life.by)
    accepted = next(fact for fact in life.facts if isinstance(fact.event, e.Accepted))
    assert accepted.event.how is AcceptedBy.JOINT  # type: ignore[attr-defined]
    found.take((accepted.event,), by=PLATFORM, at=accepted.at)
    for done in life.done:
        try:
            found.do(done)
        except (Refused, Invalid):
            return None
    found.settle(until)
    return found


def silences(life: Life) -> set[e.Event]:
    """What came about without anybody's act: under another plan it may come on another day, or not at all."""
    by_itself = (e.OpinionFellSilent, e.RegisterChecked, e.PaymentLeftToOfficer, e.PaymentAsked, e.PaymentExempted)
    return {fact.event for fact in life.facts if isinstance(fact.event, by_itself)}


def every_minute_is_charged_once(life: Life, now: datetime) -> None:
    until = max(now, life.facts[-1].at)
    charged = attribution(life.facts, life.versions, office=OFFICE, until=until)
    assert sum(share.minutes for share in charged.shares) == charged.minutes
    end = until if life.case.open else charged.until
    assert charged.minutes == minutes_between(life.facts[0].at, end, office=OFFICE)
