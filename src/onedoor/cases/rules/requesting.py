"""持证人的申请: a holder asks to have a licence issued anew (补发) or ended (注销); the organ does it, or says why not.

Asking ends nothing: the licence is worth what it was until the organ has acted, and the holder may take it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import not_for_oneself, required
from onedoor.cases.rules.ending import may_reissue
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, HolderRequest, Request, State
from onedoor.documents.rules import chinese_date
from onedoor.items.rules.codes import ItemKind
from onedoor.kernel.errors import Refused
from onedoor.kernel.law import law

ELSEWHERE = (
    "这类证照不在这里补发、注销：不动产权证书、结婚证、身份证等有专门的登记手续，请在首页查找对应的事项，或者到窗口问。"
)
NOTHING_OPEN = "没有待办的补发或者注销申请，可能刚被办完或者撤回。请刷新页面。"


@law("行政许可法", 70)
def on_request(kind: ItemKind) -> bool:
    """Whether licences of this kind of item are issued anew or ended on a mere request: permits are.

    Certificates of registration (不动产、婚姻、身份) are replaced or ended by registrations of their own.
    """
    return kind is ItemKind.PERMIT


def request(case: Case, now: Occasion, *, what: Request, reasons: str, expired: bool) -> tuple[e.Event, ...]:
    """申请补发、注销, one at a time. ``expired``: the licence's validity is over, and nothing is issued anew."""
    if case.licence is None or case.state is not State.CLOSED:
        raise Refused("no_licence", "这件没有颁发证照，不能申请补发或者注销。")
    if not on_request(now.item.kind):
        raise Refused("registered_elsewhere", ELSEWHERE)
    if case.ended:
        raise Refused("ended_already", "证照已经撤销或者注销，不用再申请。")
    if open_request(case):
        raise Refused("requested_already", "已经申请过，机关还没有办完。请等办完，或者先撤回原来的申请。")
    if what is Request.REISSUE and expired:
        raise Refused("expired", "证照已经过期，补发了也不能用。请重新申请，能延续的申请延续。")
    required(reason=reasons)
    ordinal = case.request.ordinal + 1 if case.request else 1
    return (
        n.HolderRequested(
            what=what,
            on=now.on,
            ordinal=ordinal,
            document=number_of(case.number, Paper.REQUEST, ordinal),
            reasons=reasons.strip(),
        ),
    )


def not_too_often(taken_back: Iterable[date], on: date, *, most: int, days: int) -> None:
    """Refused where the last ``most`` of what was taken back all lie within ``days``, until the first of these is past:
    each was entered, had its receipt, and somebody at the organ looked at it.
    """
    last = sorted(taken_back)[-most:]
    if len(last) == most and on < (again := last[0] + timedelta(days=days)):
        told = f"{days} 天里已经申请又撤回 {most} 次，{chinese_date(again)}起可以再在网上申请。急用的请打发证机关电话。"
        raise Refused("taken_back_often", told)


def take_back(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    """撤回 one's own request while the organ has not acted: the licence was found."""
    if open_request(case) is None:
        raise Refused("nothing_requested", NOTHING_OPEN)
    return (n.HolderRequestTakenBack(on=now.on),)


def refuse(case: Case, now: Occasion, *, reasons: str, article: str) -> tuple[e.Event, ...]:
    """不予补发、不予注销, in writing with reasons, article and remedies."""
    asked = open_request(case)
    if asked is None:
        raise Refused("nothing_requested", NOTHING_OPEN)
    required(reason=reasons, article=article)
    not_for_oneself(case, now.by)
    return (
        n.HolderRequestRefused(
            what=asked.what,
            on=now.on,
            article=article,
            document=number_of(case.number, Paper.REQUEST_REFUSED, asked.ordinal),
            reasons=reasons.strip(),
            officer=now.by.name,
        ),
    )


def open_request(case: Case) -> HolderRequest | None:
    """What the holder asked for and nobody has answered."""
    return case.request if case.request and case.request.open else None


def issued_anew(case: Case) -> None:
    """``may_reissue``; Refused while the holder asks to have it ended instead."""
    may_reissue(case)
    asked = open_request(case)
    if asked and asked.what is Request.CANCEL:
        raise Refused("cancel_requested", "持证人申请的是注销，还没有办完，不能补发。请先办注销申请。")
