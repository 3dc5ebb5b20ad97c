"""The program of ``bench races``: ``python -m onedoor.bench.racing`` in a fresh instance; acts at the same instant.

Eight officers of eight departments on one case: no opinion lost, retries counted. The end of a period against an
officer's act in its last second: one of them wins, every time, and the row equals the replay.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onedoor.bench.lives import Lives
    from onedoor.cases.rules.values import Case
    from onedoor.items.rules import Item
    from onedoor.kernel.actor import Actor

DEPARTMENTS: Final = 8
MOST_TRIES: Final = 1 + DEPARTMENTS  # every other officer may come first once
WAIT_SECONDS: Final = 60
T = TypeVar("T")
OPINION_DAYS: Final = 3


@dataclass
class Together:
    """Opinions given at the same instant: how many cases, retries, opinions lost, officers who saw less than all."""

    cases: int = 0
    retries: int = 0
    lost: int = 0
    blind: int = 0
    took: list[float] = field(default_factory=list)


@dataclass
class Settled:
    """Periods that ended while an officer acted: by whom the case was settled, and where both or neither did."""

    silence: int = 0
    officer: int = 0
    both: int = 0
    neither: int = 0
    unlike: int = 0  # row and replay differ


def asking(item: Item) -> Item:
    """The same item with an opinion of each of eight departments, each with a limit."""
    from onedoor.bench.lives import fanned
    from onedoor.kernel.plan import Plan, Silence

    wide = fanned(item, DEPARTMENTS)
    limit = replace(item.clock.promised, number=OPINION_DAYS)
    steps = tuple(
        step if step is wide.plan.steps[-1] else replace(
            step, organ=organ(number), limit=limit, silence=Silence.DEEMED, silence_basis="性能测试（示例）"
        )
        for number, step in enumerate(wide.plan.steps)
    )  # fmt: skip
    return replace(wide, plan=Plan(steps), sequence="97")


def organ(number: int) -> str:
    """The code of one of the departments."""
    return f"11530524BENCH{number:05}"


def officer(number: int) -> Actor:
    """Whoever gives the opinion of that department."""
    from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant

    grant = Grant(f"bench:{number}", frozenset({Act.VIEW, Act.REVIEW, Act.ACCEPT, Act.REFUSE}), organ(number), "530524")
    return Actor(f"account:bench{number}", f"示例{number}", ActorKind.STAFF, Channel.WEB, grants=(grant,))


def side_by_side(lives: Lives, code: str, *, cases: int) -> Together:
    """So many cases, on each of which eight officers give their opinion from the same page at the same instant."""
    from django.db import connections

    told = Together()
    with ThreadPoolExecutor(DEPARTMENTS) as pool:
        for _ in range(cases):
            number, began = _accepted(lives, code), time.perf_counter()
            gate = threading.Barrier(DEPARTMENTS)
            opine = partial(_opine, number=number, gate=gate, at=lives.at)
            connections.close_all()
            answers = _all([pool.submit(_given_back, partial(opine, department)) for department in range(DEPARTMENTS)])
            told.took.append((time.perf_counter() - began) * 1000)
            told.cases += 1
            told.retries += sum(tries - 1 for tries, _ in answers)
            told.blind += sum(seen != DEPARTMENTS for _, seen in answers)
            told.lost += DEPARTMENTS - len(_equal(number).results)
    return told


def _all(running: Sequence[Future[T]]) -> list[T]:
    """What each answered; of those that failed, whoever failed first of all and not for the others' sake is told."""
    wait(running)
    faults = [fault for one in running if (fault := one.exception())]
    own = [fault for fault in faults if not isinstance(fault, threading.BrokenBarrierError)]
    if faults:
        raise (own or faults)[0]
    return [one.result() for one in running]


def _opine(department: int, *, number: str, gate: threading.Barrier, at: datetime) -> tuple[int, int]:
    """One officer: how often they had to try, and how many opinions they saw when all had spoken."""
    from onedoor.cases import commands, queries
    from onedoor.cases.rules.values import Verdict
    from onedoor.kernel.clock import local_date
    from onedoor.kernel.errors import Conflict

    by, tries = officer(department), 0
    given = {"step": f"opinion_{department + 1}", "verdict": Verdict.PASSED, "opinion": "无异议。"}
    seen = queries.case_page(number, by=by, on=local_date(at)).case.version
    gate.wait(WAIT_SECONDS)
    while tries < MOST_TRIES:
        tries += 1
        try:
            commands.complete_step(number, by=by, at=at, version=seen, **given)  # type: ignore[arg-type]
            break
        except Conflict:
            seen = queries.case_page(number, by=by, on=local_date(at)).case.version
    gate.wait(WAIT_SECONDS)
    return tries, len(queries.case_page(number, by=by, on=local_date(at)).case.results)


def against_silence(lives: Lives, code: str, *, rounds: int) -> Settled:
    """So many periods that end while an officer acts in their last second: acceptance and opinions in turn."""
    told = Settled()
    with ThreadPoolExecutor(2) as pool:
        for turn in range(rounds):
            race = _acceptance if turn % 2 else _opinion
            kinds, number, acts = race(lives, code)
            gate = threading.Barrier(2)
            won = _all([pool.submit(_given_back, partial(_at_once, act, gate=gate)) for act in acts])
            _count(told, number, kinds, officer_won=won[0])
    return told


Race = tuple[tuple[str, str], str, tuple[Callable[[], Any], Callable[[], Any]]]


def _acceptance(lives: Lives, code: str) -> Race:
    """Nobody answered whether the case is accepted: the officer refuses it in the last second of the last day."""
    from onedoor.cases import commands
    from onedoor.cases.rules.values import Outcome

    number = lives.submit(code)
    last, after = _end_of(number, "accept")
    words = {"outcome": Outcome.NOT_REQUIRED, "reason": "不需要许可。", "where_to_turn": "不用办理。"}
    by = replace(officer(0), grants=(replace(officer(0).grants[0], organ=None),))
    refuse = partial(commands.refuse_acceptance, number, by=by, at=last, **words)  # type: ignore[arg-type]
    return ("case_accepted", "case_acceptance_refused"), number, (refuse, partial(commands.settle_due, at=after))


def _opinion(lives: Lives, code: str) -> Race:
    """One opinion did not come, seven are in: its officer gives it in the last second of the last day."""
    from onedoor.cases import commands
    from onedoor.cases.rules.values import Verdict

    number = _accepted(lives, code)
    opine = partial(commands.complete_step, number, verdict=Verdict.PASSED, opinion="无异议。")
    for department in range(1, DEPARTMENTS):
        opine(by=officer(department), at=lives.at, step=f"opinion_{department + 1}")
    last, after = _end_of(number, "opinion_1")
    give = partial(opine, by=officer(0), at=last, step="opinion_1")
    return ("case_opinion_fell_silent", "case_step_completed"), number, (give, partial(commands.settle_due, at=after))


def _at_once(act: Callable[[], Any], *, gate: threading.Barrier) -> bool:
    """Whether this act, started together with the other, was done."""
    from onedoor.kernel.errors import Refused

    gate.wait(WAIT_SECONDS)
    try:
        act()
    except Refused:
        return False
    return True


def _count(told: Settled, number: str, kinds: tuple[str, str], *, officer_won: bool) -> None:
    """Read in the journal who settled it; whoever lost was refused and left nothing behind."""
    by_silence, by_officer = (_facts(number, kind) for kind in kinds)
    told.both += bool(by_silence and by_officer) or len(by_silence) + len(by_officer) > 1
    told.neither += not by_silence and not by_officer
    told.silence += len(by_silence) == 1 and not by_officer and not officer_won
    told.officer += len(by_officer) == 1 and not by_silence and officer_won
    told.unlike += _differs(number)


def _facts(number: str, kind: str) -> list[Any]:
    """The entries of that kind; of opinions only the one that was raced for."""
    from onedoor.cases import queries

    told = queries.facts(_equal(number).id)
    return [f for f in told if f.event.kind == kind and getattr(f.event, "step", "opinion_1") == "opinion_1"]


def _differs(number: str) -> bool:
    from onedoor.cases import queries

    row, replay = queries.replayed(number)
    return row != replay


def _equal(number: str) -> Case:
    from onedoor.cases import queries

    return queries.replayed(number)[0]


def _accepted(lives: Lives, code: str) -> str:
    from onedoor.cases import commands
    from onedoor.kernel.actor import system

    number = lives.submit(code)
    commands.accept(number, by=system("bench"), at=lives.at)
    return number


def _end_of(number: str, task: str) -> tuple[datetime, datetime]:
    """The last second in time for a task, and the first second after."""
    from onedoor.cases import models
    from onedoor.kernel.clock import CHINA

    due = models.Task.objects.get(case__number=number, key=task).due
    assert due is not None
    after = datetime.combine(due + timedelta(days=1), datetime.min.time(), CHINA)
    return after - timedelta(seconds=1), after


def _given_back(work: Callable[[], T]) -> T:
    """Do it, then give this thread's connection back: no pool holds one for each of eight officers and the referee."""
    from django.db import connections

    try:
        return work()
    finally:
        connections.close_all()


def county(at: datetime) -> tuple[Lives, str]:
    """The world of ``bench submit`` with the item that asks eight departments; its code."""
    from onedoor.bench.lives import Lives
    from onedoor.bench.world import found
    from onedoor.items import commands, queries
    from onedoor.items.rules import item_of
    from onedoor.kernel.actor import system

    world = found(at=at)
    item = asking(item_of(queries.published(world.item)))
    commands.publish([item], by=system("bench"), at=at)
    queries.forget()
    return Lives(world, at), item.code


def main() -> None:
    """``{"cases": N, "rounds": N}`` on standard input; counts on standard output."""
    import django

    django.setup()
    from django.utils import timezone

    job = json.load(sys.stdin)
    lives, code = county(timezone.now())
    together = side_by_side(lives, code, cases=job["cases"])
    settled = against_silence(lives, code, rounds=job["rounds"])
    sys.stdout.write(json.dumps({"together": _told(together), "settled": _told(settled)}))


def _told(counts: Together | Settled) -> dict[str, Any]:
    names: Iterable[str] = counts.__dataclass_fields__
    return {name: getattr(counts, name) for name in names}


if __name__ == "__main__":
    main()
