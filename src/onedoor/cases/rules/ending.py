"""After a grant: a promise is checked and put right, and what was granted is revoked, cancelled or issued anew.

DOMAIN §4.0 rule 15: a permit on promise is decided at once and checked later; what is not so is put right in time
(限期整改), or else the permit is revoked. 撤销 and 注销 are acts of the organ, in writing, with ground and remedies.
"""

from __future__ import annotations

from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import not_for_oneself, required
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, Ending, Outcome, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import Clock, due
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import law
from onedoor.kernel.workdays import Calendar

TWO = 2


def checked_by(case: Case, item: ItemVersion, calendar: Calendar) -> date | None:
    """By when the promise is to be checked, or checked again; None where nothing is left to check."""
    if not _granted(case) or not case.on_promise or case.ended or case.decision is None:
        return None
    if case.check is None:
        limit = item.promise.check
        return due(Clock(limit, case.decision.on), calendar).date if limit else None
    return case.check.until if case.check.until and not case.check.again else None


@law("行政许可法", 61, 66)
def check_promise(
    case: Case, now: Occasion, *, held: bool, finding: str, officers: tuple[str, ...]
) -> tuple[e.Event, ...]:
    """事后核查, by two officers: where it is not as promised, 限期整改 is ordered at once, as long as the item says.

    A second check that fails orders nothing more: the permit may then be revoked.
    """
    if checked_by(case, now.item, now.calendar) is None:
        raise Refused("nothing_to_check", "这件没有待核查的承诺，可能已经核查过。请刷新页面。")
    required(opinion=finding)
    not_for_oneself(case, now.by)
    names = tuple(name.strip() for name in officers if name.strip())
    if len(set(names)) < TWO:
        raise Invalid([FieldError("officers", "核查应当有 2 名以上工作人员，请逐一写明姓名。")])
    checked = n.PromiseChecked(held=held, on=now.on, officers=names, finding=finding, officer=now.by.name)
    rectify = now.item.promise.rectify
    if held or case.check is not None or rectify is None:
        return (checked,)
    until = due(Clock(rectify, now.on), now.calendar).date
    order = n.RectificationOrdered(
        on=now.on,
        until=until,
        basis=now.item.promise.basis or rectify.basis,
        document=number_of(case.number, Paper.RECTIFY),
        finding=finding,
        officer=now.by.name,
    )
    return (checked, order)


@law("行政许可法", 69, 70)
def end_result(case: Case, now: Occasion, *, ending: Ending, reasons: str, article: str) -> tuple[e.Event, ...]:
    """撤销 or 注销 of what was granted: once, with reasons and the article, by whoever has that power.

    What the upper level decided (转报) only that level ends.
    """
    if not _granted(case) or case.state is not State.CLOSED:
        raise Refused("not_granted", "只有已经准予并办结的，才能撤销或者注销。")
    if case.ended:
        raise Refused("ended_already", "已经撤销或者注销过。请刷新页面。")
    if case.above:
        told = f"这是上级作出的决定，由它或者它的上级撤销、注销，本机关不能。请报告{case.above.organ}。"
        raise Refused("upper_decided", told)
    required(reasons=reasons, article=article)
    not_for_oneself(case, now.by)
    paper = Paper.REVOCATION if ending is Ending.REVOKED else Paper.CANCELLATION
    return (
        n.ResultEnded(
            ending=ending,
            on=now.on,
            article=article,
            licence=case.licence,
            document=number_of(case.number, paper),
            reasons=reasons,
            officer=now.by.name,
        ),
    )


def may_reissue(case: Case) -> None:
    """Refused where there is no licence that could be issued anew."""
    if case.licence is None or case.state is not State.CLOSED:
        raise Refused("no_licence", "这件没有颁发证照，不能补发。")
    if case.ended:
        raise Refused("ended_already", "证照已经撤销或者注销，不能补发。")


def _granted(case: Case) -> bool:
    return case.outcome is Outcome.GRANTED
