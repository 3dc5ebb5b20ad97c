"""容缺受理 and 证明事项告知承诺: what is promised of single materials, by when it comes, and what stands until then.

DOMAIN §4.0 rule 15: accepted, so the clock runs; no licence before the paper comes; the promised day lies before the
limit; a lapse means 视为撤回 only by a cited local rule. The applicant may always choose the normal way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import clocks, profile_of
from onedoor.cases.rules.demands import required
from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Outcome, Pledge, State
from onedoor.items.rules.promises import Lapse
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import due
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import law
from onedoor.kernel.workdays import Calendar, add_workdays

HANDED_IN = frozenset({State.SUBMITTED, State.SUPPLEMENT, State.ACCEPTED})


@law("行政许可法", 32, 42)
def tolerated(case: Case, accepted: e.Accepted, item: ItemVersion, *, calendar: Calendar) -> tuple[e.Event, ...]:
    """容缺受理, with the acceptance: the last day of each material that was promised for later; none where none was.

    So many working days after the day on which the acceptance was known, and before the limit ends. In a bundle each
    member's case gets the days of its own (``carrying``).
    """
    later = [key for key, pledge in case.promised.items() if pledge is Pledge.LATER]
    if not later or item.members:
        return ()
    after = replace(case, state=State.ACCEPTED, accepted=accepted.effective, accepted_on=accepted.on)
    running = clocks(after, profile_of(after, item)).values()
    before = [end.date - timedelta(days=1) for end in (due(clock, calendar) for clock in running)]
    limit = min((day for day in before if day >= accepted.on), default=None)
    days = {key: add_workdays(accepted.on, item.material(key).tolerated_days, calendar).date for key in later}
    last = {key: min(day, limit) if limit else day for key, day in days.items()}
    return (p.MaterialsTolerated(on=accepted.on, due=last, document=number_of(case.number, Paper.TOLERANCE)),)


def awaited(case: Case) -> frozenset[str]:
    """The materials that may be handed in now: promised for later, whose promise did not prove true, or overlooked."""
    if case.state not in HANDED_IN:
        return frozenset()
    later = frozenset(key for key, pledge in case.promised.items() if pledge is Pledge.LATER)
    return later | untrue(case) | {key for key, one in case.overlooked.items() if not one.declined}


def untrue(case: Case) -> frozenset[str]:
    """The proofs in whose place a promise was made that did not prove true, and that have not come since."""
    return frozenset(key for key in case.promised if case.verified.get(key) is False)


def hand_in(case: Case, received: p.OwedReceived) -> tuple[e.Event, ...]:
    """补交: what is awaited, one by one or together; nothing else is asked for or taken."""
    return (handed_in(received, awaited(case)),)


def handed_in(received: p.OwedReceived, waiting: frozenset[str]) -> p.OwedReceived:
    """What has come, where it is awaited; Refused or Invalid."""
    if not waiting:
        raise Refused("nothing_owed", "这件没有等您补交的材料，可能已经交过，或者已经办结。请刷新页面。")
    brought = {key for key, files in received.materials.items() if files} | received.paper.keys()
    if not brought:
        raise Invalid([FieldError("materials", "请至少交一份要补交的材料。")])
    if not brought <= waiting:
        raise Invalid([FieldError("materials", "只收等您补交的材料，别的不用交。请刷新页面。")])
    return received


def lapses(case: Case, item: ItemVersion, *, on: date) -> tuple[e.Event, ...]:
    """容缺逾期: what was promised and did not come by the day before ``on``, each once for its last day."""
    if case.state is not State.ACCEPTED:
        return ()
    late = {key: last for key, last in case.owed.items() if on > last and case.lapsed.get(key) != last}
    effect = Lapse.WITHDRAWN if item.tolerance.withdraws else Lapse.OVERDUE
    basis = item.tolerance.lapse_basis if item.tolerance.withdraws else ""
    return tuple(
        p.ToleranceLapsed(tuple(key for key in late if late[key] == last), effect, due=last, on=on, basis=basis)
        for last in sorted(set(late.values()))
    )


def verify(case: Case, now: Occasion, *, material: str, held: bool, finding: str) -> tuple[e.Event, ...]:
    """核查承诺: whether the promise in the place of a proof is true; before the decision and after it."""
    if now.item.members:
        raise Refused("bundle", "一件事里的承诺由要这份材料的部门核查。请打开那个并联办件。")
    if case.promised.get(material) is not Pledge.INSTEAD:
        raise Refused("no_pledge", "这份材料没有用承诺代替，不需要核查。请刷新页面。")
    if case.verified.get(material) is not None:
        raise Refused("verified_already", "这份承诺已经核查过。请刷新页面。")
    required(opinion=finding)
    return (p.PledgeVerified(material=material, held=held, on=now.on, finding=finding, officer=now.by.name),)


def nothing_owed(case: Case, item: ItemVersion, outcome: Outcome) -> None:
    """Refused where it would be granted while a promised material has not come, or a promise proved untrue."""
    if outcome is not Outcome.GRANTED:
        return
    if owed := [item.material(key).name for key, kind in case.promised.items() if kind is Pledge.LATER]:
        told = f"容缺的材料还没有交来：{'、'.join(owed)}。收到以后才能准予；到办理期限仍没有收到的，依法作出不予决定。"
        raise Refused("material_owed", told)
    if false := [item.material(key).name for key in untrue(case)]:
        told = f"代替证明的承诺核查不实：{'、'.join(false)}。申请人补交证明以后才能准予，否则依法作出不予决定。"
        raise Refused("pledge_untrue", told)
