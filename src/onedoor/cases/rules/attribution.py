"""责任时间归集: who held a case for how many working minutes, from its submission to 办结.

Each minute is charged to exactly one party by what was known in it, not by who turned out to be the last. The sum of
the shares is the whole time. Legal periods are counted in days, and elsewhere (``clocks``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile

from onedoor.cases.rules.automatic import by_platform
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.settling import silent_on
from onedoor.cases.rules.tasks import ACCEPTANCE
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import CHINA, local_date
from onedoor.kernel.hours import Office, minutes_between
from onedoor.kernel.law import law
from onedoor.kernel.plan import Step


class Party(StrEnum):
    """Who can hold a case."""

    APPLICANT = "applicant"  # 申请人：等待补正、缴费
    ORGAN = "organ"  # 机关：受理、审查环节
    SPECIAL = "special"  # 特别程序，到告知的结束日为止
    INTERMEDIARY = "intermediary"  # 中介机构
    PLATFORM = "platform"  # 平台：自动核验、核定费用、制作结果
    UPPER = "upper"  # 上级机关：从报送到答复


RESULT = "result"
SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True)
class Holder:
    """A party, with the organ where it is one, and what it holds the case for: a task, a step, a special procedure.

    ``organ`` is a code, and of the upper level, which works outside the platform, its name.
    """

    party: Party
    organ: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """The working minutes charged to one holder."""

    holder: Holder
    minutes: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """All shares of a case, in the order in which the holders first had it; ``minutes`` is their sum.

    ``until``: the moment of 办结, or the one asked about while the case is under way (``running``).
    """

    shares: tuple[Share, ...]
    minutes: int
    until: datetime
    running: bool

    def by_party(self) -> tuple[Share, ...]:
        """The shares summed up by party and organ, whatever the work was."""
        found: dict[Holder, int] = defaultdict(int)
        for share in self.shares:
            found[Holder(share.holder.party, share.holder.organ)] += share.minutes
        return tuple(Share(holder, minutes) for holder, minutes in found.items())


@law("行政许可法", 43, 45)
def attribution(
    facts: Sequence[Fact], items: Mapping[int, ItemVersion], *, office: Office, until: datetime
) -> Attribution:
    """Charge each working minute up to ``until`` or 办结; ValueError where the first fact is not a submission.

    ``items``: the versions that the case ran under, by id; each minute is charged by the one of its time.

    While several steps are open the minutes are shared equally among their organs, and an organ's among its steps;
    what does not divide goes to the first in the plan's order.
    """
    held: dict[tuple[Holder, ...], int] = defaultdict(int)
    start = end = facts[0].at
    running = True
    told = list(takewhile(lambda fact: fact.at <= until, facts)) or facts[:1]
    for holders, since, till in _stretches(told, items, until=until):
        running = bool(holders)
        if not running:
            break
        held[holders] += minutes_between(since, till, office=office)
        end = till
    shares: dict[Holder, int] = defaultdict(int)
    for holders, minutes in held.items():
        for share in _split(holders, minutes):
            shares[share.holder] += share.minutes
    whole = minutes_between(start, end, office=office)
    return Attribution(tuple(Share(*each) for each in shares.items() if each[1]), whole, end, running)


def in_units(minutes: Sequence[int], *, unit: int) -> tuple[int, ...]:
    """Minutes in whole units so that they sum up to the rounded sum: the largest remainders are rounded up first."""
    total = (2 * sum(minutes) + unit) // (2 * unit)
    found = [each // unit for each in minutes]
    order = sorted(range(len(minutes)), key=lambda at: (-(minutes[at] % unit), at))
    for at in order[: total - sum(found)]:
        found[at] += 1
    return tuple(found)


Stretch = tuple[tuple[Holder, ...], datetime, datetime]


def _stretches(facts: Sequence[Fact], items: Mapping[int, ItemVersion], *, until: datetime) -> Iterator[Stretch]:
    """Who holds the case from when till when, fact after fact; nobody from 办结 on."""
    case: Case | None = None
    since = facts[0].at
    for fact, following in zip(facts, [*facts[1:], None], strict=True):
        case = apply(case, fact)
        till = max(since, min(until, _moment(following) if following else until))
        for begin, end in _cut(since, till, case):
            yield _holders(case, items[case.item_version], at=begin), begin, end
        since = till


def _moment(fact: Fact) -> datetime:
    """When a fact changed who holds the case: silence at the end of its last day, whenever that was written down."""
    last = silent_on(fact.event)
    return min(fact.at, datetime.combine(last + timedelta(days=1), time.min, CHINA)) if last else fact.at


def _cut(since: datetime, till: datetime, case: Case) -> Iterator[tuple[datetime, datetime]]:
    """The stretch between two facts, cut where a special procedure, or the term of a payment, reaches its end."""
    ends = [stop.notified_end for stop in case.exclusions if stop.ended is None]
    ends += [held.until for held in case.payments.values() if held.waits]
    cuts = sorted(datetime.combine(day + timedelta(days=1), time.min, CHINA) for day in ends)
    moments = [since, *(cut for cut in cuts if since < cut < till), till]
    yield from pairwise(moments)


def _holders(case: Case, item: ItemVersion, *, at: datetime) -> tuple[Holder, ...]:
    if case.state is State.SUBMITTED:
        return (Holder(Party.ORGAN, case.owners[ACCEPTANCE], ACCEPTANCE),)
    if case.state is State.SUPPLEMENT:
        return (Holder(Party.APPLICANT, work=SUPPLEMENT),)
    if case.state is State.DECIDED:
        return (Holder(Party.PLATFORM, work=RESULT),)
    if case.state is State.CLOSED:
        return ()
    return _reviewing(case, item, at=at)


def _reviewing(case: Case, item: ItemVersion, *, at: datetime) -> tuple[Holder, ...]:
    """The upper level once it was sent there; the special procedure up to its notified end; else whoever owns an open
    step.
    """
    if case.above:
        return (Holder(Party.UPPER, case.above.organ, case.above.step),)
    day = local_date(at)
    for stop in case.exclusions:
        if stop.ended is None and day <= stop.notified_end:
            return (Holder(Party.SPECIAL, work=stop.ground),)
    found = tuple(_holder(case, step, on=day) for step in open_steps(case, item))
    return found or (Holder(Party.ORGAN, case.organ),)


def _holder(case: Case, step: Step, *, on: date) -> Holder:
    """Who has an open step: the platform what it does by itself, the applicant what is to be paid until its last day,
    though the legal limit runs on, else the organ that owns it.
    """
    if by_platform(case, step):
        return Holder(Party.PLATFORM, work=step.key)
    held = case.payments.get(step.key)
    if held and held.waits and on <= held.until:
        return Holder(Party.APPLICANT, work=step.key)
    return Holder(Party.ORGAN, case.owners[step.key], step.key)


def _split(holders: Sequence[Holder], minutes: int) -> Iterator[Share]:
    """Equally among parties and organs, then among the steps of each."""
    several = tuple(dict.fromkeys((holder.party, holder.organ) for holder in holders))
    for one, part in zip(several, _equally(minutes, len(several)), strict=True):
        own = [holder for holder in holders if (holder.party, holder.organ) == one]
        yield from (Share(*each) for each in zip(own, _equally(part, len(own)), strict=True))


def _equally(minutes: int, parts: int) -> tuple[int, ...]:
    each, over = divmod(minutes, parts)
    return tuple(each + (at < over) for at in range(parts))
