"""公示 on the case page: until when it runs, each objection with its answer; what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.queries import may
from onedoor.cases.rules import events as e
from onedoor.documents.rules import chinese_date
from onedoor.kernel.actor import Act
from onedoor.kernel.plan import StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onedoor.cases.queries import CasePage
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.plan import Step


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection; ``receipt``: what whoever asks for the answer names; ``answer`` "" until there is one."""

    step: str
    key: str
    receipt: str
    who: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Published:
    """One 公示: what the public reads, until when, what came."""

    name: str
    told: str
    notice: str
    objections: tuple[Objection, ...]


def published(page: CasePage) -> tuple[Published, ...]:
    """Every 公示 of this case."""
    names = {step.key: step.name for step in page.steps}
    objections = _objections(page)
    return tuple(
        Published(
            name=names.get(key, key),
            told=_("%(since)s至%(until)s，不停止计时") % {
                "since": chinese_date(held.on), "until": chinese_date(held.until)
            },
            notice=held.notice or _("（已删除）"),
            objections=tuple(one for one in objections if one.step == key),
        )
        for key, held in page.case.publicity.items()
    )  # fmt: skip


def _objections(page: CasePage) -> tuple[Objection, ...]:
    answers = {f.event.key: f.event.answer for f in page.facts if isinstance(f.event, e.ObjectionAnswered)}
    gone = _("（已删除）")
    return tuple(
        Objection(one.step, one.key, one.receipt, _who(one) or gone, one.objection or gone, _answer(answers, one.key))
        for one in (fact.event for fact in page.facts)
        if isinstance(one, e.ObjectionRecorded)
    )


def _who(one: e.ObjectionRecorded) -> str:
    """Who objected and how to reach them."""
    return " ".join(filter(None, (one.who, one.contact)))


def _answer(answers: dict[str, str | None], key: str) -> str:
    return (answers[key] or _("（已删除）")) if key in answers else ""


def unanswered(page: CasePage) -> tuple[Objection, ...]:
    """The objections that wait for an answer."""
    return tuple(one for one in _objections(page) if not one.answer)


def publicity_acts(page: CasePage, *, by: Actor) -> Iterator[tuple[str, str, Step]]:
    """The acts around a 公示 that this officer may do now: key, label, step."""
    owed = {task.key for task in page.tasks}
    for step in page.steps:
        if step.kind is not StepKind.PUBLICITY or step.key not in owed:
            continue
        if not may(page.case, Act.REVIEW, by=by, owner=step.key):
            continue
        if step.key not in page.case.publicity:
            if step.limit:
                yield "start_publicity", _("开始公示：%(name)s") % {"name": step.name}, step
            continue
        if any(one.step == step.key for one in unanswered(page)):
            yield "answer_objection", _("答复异议"), step
        yield "record_objection", _("记录异议"), step
