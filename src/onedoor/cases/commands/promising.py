"""容缺 and 告知承诺 of single materials: what was promised comes in, and what a promise said is verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from onedoor.cases.commands import store
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.commands.acts import NO_PAPER
from onedoor.cases.commands.carrying import give
from onedoor.cases.queries.members import cases_of
from onedoor.cases.rules import carrying, promising
from onedoor.cases.rules import events as e
from onedoor.cases.rules.events.promises import OwedReceived
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case, PaperForm
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import Forbidden


@transaction.atomic(durable=True)
def hand_in_owed(
    number: str,
    *,
    by: Actor,
    at: datetime,
    materials: Mapping[str, Sequence[str]],
    paper: Mapping[str, PaperForm] = NO_PAPER,
    version: int | None = None,
) -> Case:
    """补交容缺材料, by the applicant, or at the counter, where ``paper`` may come; each material when it is there.

    Of a bundle once for the whole: every member that waits for it gets it in the same transaction.
    """

    def decide_(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        receives = by.may(Act.RECEIVE, target_of(case))
        if paper and not receives:
            raise Forbidden("只有窗口收件人员可以登记纸质材料。")
        store.bind_files(materials, case_id=case.id, area=case.area, by=by, at=at)
        received = OwedReceived(
            on=now.on,
            materials={key: tuple(files) for key, files in materials.items() if files},
            paper=dict(paper),
            officer=by.name if receives else "",
        )
        if not now.item.members:
            return promising.hand_in(case, received)
        handed.append(carrying.Handed(now.item, received, cases_of(case)))
        return carrying.hand_in(case, handed[0])

    handed: list[carrying.Handed] = []
    doing = Doing(by, at, version, (Act.SUPPLEMENT, Act.RECEIVE))
    case = act(number, doing, decide_)
    for one in handed:
        give(case, one, doing)
    return case


@transaction.atomic(durable=True)
def verify_pledge(
    number: str, *, by: Actor, at: datetime, material: str, held: bool, finding: str, version: int | None = None
) -> Case:
    """核查承诺 in the place of a proof, before the decision or after it, with what was found."""
    return act(
        number,
        Doing(by, at, version, (Act.REVIEW,)),
        lambda c, now: promising.verify(c, now, material=material, held=held, finding=finding),
    )
