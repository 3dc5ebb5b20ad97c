"""追加请求: what the organ overlooked in its one notice. It may ask; nobody must bring it, and no clock stops.

DOMAIN §4.0 rule 4: a second notice may name only faults of the supplement itself, and after 受理 nothing that the
applicant does stops the clock. So this is no second notice, and its letter says so: a leader who has no part in the
case says why it comes only now, it counts against the organ, and no refusal may rest on it
(``demands.not_resting_on_overlooked``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from onedoor.cases.rules.demands import not_above, not_for_oneself, not_too_long, required
from onedoor.cases.rules.events import overlooked as o
from onedoor.cases.rules.lifecycle import merges
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, Refused
from onedoor.kernel.law import Article, law

ONE_NOTICE = Article("行政许可法", "32(1).4")


def leads(case: Case, by: Actor) -> bool:
    """Whether this officer leads the organ of the case: may speak to the applicant, and supervises."""
    own = replace(target_of(case), organs=frozenset({case.organ}))
    return by.may(Act.NOTIFY, own) and by.may(Act.OVERSEE, own)


def askable(case: Case, item: ItemVersion) -> frozenset[str]:
    """The materials that may be asked for now; of those that the notice named only its own second notice speaks."""
    waits = case.state is State.SUBMITTED and case.supplement is not None
    if not waits and (case.state is not State.ACCEPTED or item.members):
        return frozenset()
    named = case.supplement.materials if case.supplement and waits else {}
    return frozenset(material.key for material in item.materials) - named.keys() - case.overlooked.keys()


@law("行政许可法", "32(1).4")
def ask(case: Case, now: Occasion, *, materials: Mapping[str, str], reason: str) -> tuple[o.OverlookedAsked, ...]:
    """追加请求, by a leader of the organ who has not handled the case, with the reason why it comes only now."""
    if not leads(case, now.by):
        raise Forbidden("追加请求由本机关负责人提出。请报告分管领导，由他写明为什么现在才提。")
    not_for_oneself(case, now.by)
    if merges(case, now.by.ref, deciding=True) or (case.supplement and case.supplement.by == now.by.ref):
        raise Refused("examines", "您经办过这件，不能自己追加请求。请由没有经办这件的本机关负责人提出。", ONE_NOTICE)
    not_above(case)
    known = askable(case, now.item)
    if not known:
        told = "现在不能追加请求：没告知过补正的，请一次性告知；正在补正的，等补来以后；一件事受理后，到并联办件里提。"
        raise Refused("nothing_askable", told, ONE_NOTICE)
    wanted = {key: text.strip() for key, text in materials.items() if text.strip()}
    if not wanted:
        raise Invalid([FieldError("materials", "请至少选一份材料，并写明希望补什么。")])
    if not wanted.keys() <= known:
        raise Invalid([FieldError("materials", "选了不能追加请求的材料：已经请求过，或者上次补正告知过。请重新选。")])
    required(reason=reason)
    not_too_long(*wanted.values())
    return (
        o.OverlookedAsked(
            on=now.on,
            materials=wanted,
            reason=reason.strip(),
            officer=now.by.name,
            document=number_of(case.number, Paper.OVERLOOKED, case.late_requests + 1),
        ),
    )


def decline(case: Case, now: Occasion) -> tuple[o.OverlookedDeclined, ...]:
    """申请人不补, in one word for all; also whoever never answers loses nothing."""
    if not any(not one.declined for one in case.overlooked.values()):
        raise Refused("nothing_asked", "没有等您答复的追加请求，可能已经交过，或者已经答复。请刷新页面。")
    return (o.OverlookedDeclined(on=now.on),)
