"""The documents that a case of an item would give rise to, written before there is one: nothing is numbered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers.citing import cited
from onedoor.cases.rules.papers.writers import write
from onedoor.cases.rules.papers.writing import Matter
from onedoor.cases.rules.values import AcceptedBy, Outcome
from onedoor.documents import rules as documents
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Channel
from onedoor.kernel.clock import local_date
from onedoor.kernel.expr import Value
from onedoor.kernel.plan import StepKind
from onedoor.kernel.workdays import Calendar

NUMBER = "示例"
SOMEBODY = "张小满"  # the invented person of all samples


def rehearse(
    item: ItemVersion, answers: Mapping[str, Value], *, at: datetime, calendar: Calendar
) -> tuple[documents.Document, ...]:
    """申请回执, 受理通知书, 准予 and 不予决定书 for somebody who answers so; a bundle decides nothing itself."""
    day = local_date(at)
    brought: dict[str, tuple[str, ...]] = {
        material.key: ("示例",) for material in item.materials if not material.exempt
    }
    submitted = e.Submitted(
        id=0, number=NUMBER, item=item.code, item_version=item.id, item_name=item.name, organ=item.organ,
        area=item.area, applicant="person:0", agent=None, received=day, electronic_service=True, steps=(), owners={},
        materials=brought, applicant_name=SOMEBODY,
    )  # fmt: skip
    taken_in = (submitted, e.Accepted(how=AcceptedBy.OFFICER, effective=day, on=day))
    given: list[tuple[Paper, tuple[e.Event, ...]]] = [(Paper.RECEIPT, taken_in[:1]), (Paper.ACCEPTANCE, taken_in)]
    for step in (step.key for step in item.plan.steps if step.kind is StepKind.DECISION):
        for outcome in (Outcome.GRANTED, Outcome.DENIED):
            decided = e.Decided(step=step, outcome=outcome, on=day, article=cited(item.basis[0]), reasons="示例理由")
            given.append((Paper.DECISION, (*taken_in, decided)))
    return tuple(
        write(paper, _matter(events, item=item, answers=answers, at=at, calendar=calendar)) for paper, events in given
    )


def _matter(
    events: tuple[e.Event, ...], *, item: ItemVersion, answers: Mapping[str, Value], at: datetime, calendar: Calendar
) -> Matter:
    told = tuple(Fact(seq, at, "system:trial", str(Channel.WEB), event) for seq, event in enumerate(events, 1))
    return Matter(
        case=replay(told),
        item=item,
        facts=told,
        answers=dict(answers),
        calendar=calendar,
        organ_name=item.organ_name,
        contact=item.contacts.enquiry,
        demo=True,
    )
