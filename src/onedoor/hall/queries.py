"""All reads of the hall. A visit is its own clerk's; what came of it is read through the cases this officer may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from onedoor.cases import queries as cases
from onedoor.cases.queries import CasePage
from onedoor.cases.rules.papers import Paper, issued
from onedoor.documents import queries as documents
from onedoor.documents.rules import Document, Gaps
from onedoor.hall import models, ports
from onedoor.hall.rules import (
    EVENTS,
    Card,
    Fact,
    HallPaper,
    Line,
    Visit,
    Voucher,
    check_card,
    delivery,
    fees,
    fold,
    from_body,
    place_of,
    voucher,
    why_not_receipt_number,
)
from onedoor.hall.rules.events import NormsChecked
from onedoor.hall.rules.norms import Norm, SelfCheck, by_month, norms_from, self_check
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound, Refused
from onedoor.registries import queries as registries

VISIT: TypeAdapter[Visit] = TypeAdapter(Visit)
NOT_YOURS: Final = "这次接待已经过期，或者不是您接待的。请回到“窗口收件”重新输入证件号码。"
LASTS: Final = timedelta(hours=12)  # a working day at the counter
HANDED_OVER: Final = (Paper.ACCEPTANCE, Paper.SUPPLEMENT, Paper.REFUSAL, Paper.DECISION)
LATELY: Final = 8


def stream(visit_id: int) -> str:
    """The journal stream of a visit."""
    return f"visit:{visit_id}"


def load(row: models.Visit) -> Visit:
    """The visit that a row holds."""
    return VISIT.validate_python(row.value)


def visit(token: str, *, by: Actor, at: datetime) -> Visit:
    """The visit of an address. NotFound where there is none, it is another clerk's, or it is of yesterday."""
    row = models.Visit.objects.filter(token=token, clerk=by.ref, opened_at__gt=at - LASTS).first()
    if row is None or not by.has(Act.RECEIVE):
        raise NotFound(NOT_YOURS)
    return load(row)


def lately(*, by: Actor, at: datetime) -> tuple[Visit, ...]:
    """This clerk's visits of today that took something in, the latest first: to print again, to hand back."""
    if not by.has(Act.RECEIVE):
        return ()
    rows = models.Visit.objects.filter(clerk=by.ref, opened_at__gt=at - LASTS, version__gt=1).order_by("-pk")
    return tuple(load(row) for row in rows[:LATELY])


def replayed(token: str) -> tuple[Visit, Visit | None]:
    """The visit as its row says and as a replay of its journal says: equal at all times."""
    row = models.Visit.objects.get(token=token)
    facts = (
        Fact(entry.seq, entry.occurred_at, entry.actor, from_body(entry.kind, dict(entry.body), dict(entry.personal)))
        for entry in journal.stream(stream(row.pk))
        if entry.kind in EVENTS
    )
    return load(row), fold(facts)


def cases_of_receipt(number: str, *, by: Actor) -> tuple[str, ...]:
    """The cases on a 收件凭证 that this officer may see, by number. Refused for a number that cannot be one."""
    if fault := why_not_receipt_number(number):
        raise Refused("receipt_number", f"{fault}。")
    row = models.Visit.objects.filter(number=number).first()
    listed = [taken.case for taken in load(row).taken] if row else []
    visible = cases.seen(listed, by=by)
    found = [case for case in dict.fromkeys(listed) if case in visible]
    if not found:
        raise NotFound("没有这张收件凭证，或者上面的办件不归本窗口。请核对编号。")
    return tuple(found)


def waiting(applicant: str, *, by: Actor) -> tuple[cases.Row, ...]:
    """The cases of this party that wait for a supplement and that this window may take in."""
    return cases.waiting(applicant, by=by) if by.may(Act.RECEIVE, place_of(by)) else ()


def holding(applicant: str, *, by: Actor) -> QuerySet[models.Visit]:
    """Visits of this party to this clerk's hall that are over while originals of theirs are still here."""
    return models.Visit.objects.filter(applicant=applicant, holds=True, area=place_of(by).area).order_by("pk")


def left_here(known: Visit, *, by: Actor) -> tuple[Visit, ...]:
    """Earlier visits of the applicant who stands here now, of which originals wait to be handed back."""
    return tuple(map(load, holding(known.applicant, by=by)))


def unpaid(applicant: str, *, by: Actor) -> tuple[cases.Unpaid, ...]:
    """What this party is asked to pay and may pay at this window."""
    return cases.unpaid(by=by, applicant=applicant) if by.may(Act.RECEIVE, place_of(by)) else ()


def has_reader() -> bool:
    """Whether cards can be read here."""
    return ports.reader() is not None


def read_card(desk: str, *, by: Actor, at: datetime) -> Card:
    """The card on the reader of this window, checked. Refused with what to do where there is none to believe."""
    place_of(by)
    reader = ports.reader()
    if reader is None:
        raise Refused("no_reader", "本窗口没有接读卡器。请照证件输入号码。")
    try:
        card = reader.read(desk)
    except ports.NoCard as fault:
        raise Refused("no_card", "读卡器上没有证件。请把身份证放上去再读，或者照证件输入号码。") from fault
    except ports.Misread as fault:
        raise Refused("misread", "没有读出来。请把证件放正、擦净再读一次，还不行就照证件输入号码。") from fault
    except ports.ReaderDown as fault:
        raise Refused("reader_down", "读卡器没有应答。请照证件输入号码，先给群众办；再请管理员检查读卡器。") from fault
    check_card(card, on=local_date(at))
    return card


def papers(known: Visit, *, by: Actor, on: date) -> tuple[tuple[HallPaper, str, str], ...]:
    """What can be printed besides the receipt: kind, case number, name."""
    told = _voucher(known, by=by, on=on)
    found = []
    for line in told.lines:
        if fees(told, line, day=on) is not None:
            found.append((HallPaper.FEES, line.case.number, "缴费通知"))
        if line.given:
            found.append((HallPaper.DELIVERY, line.case.number, "送达回证"))
    return tuple(found)


def paper(known: Visit, kind: HallPaper, number: str, *, by: Actor, on: date) -> bytes:
    """One paper of a visit as PDF/A. NotFound where the visit gives rise to no such paper."""
    told = _voucher(known, by=by, on=on)
    made: Document | None = None
    if kind is HallPaper.RECEIPT and told.lines:
        made = voucher(told, day=local_date(known.opened))
    for line in told.lines:
        if line.case.number != number:
            continue
        if kind is HallPaper.FEES:
            made = fees(told, line, day=on)
        elif kind is HallPaper.DELIVERY and line.given:
            made = delivery(told, line, day=on)
    if made is None:
        raise NotFound("这次接待没有这份文书。")
    return documents.document(made, gaps=Gaps.NOTE)


def _voucher(known: Visit, *, by: Actor, on: date) -> Voucher:
    operator = settings.SITE["operator"]
    return Voucher(
        visit=known,
        lines=tuple(_lines(known, by=by, on=on)),
        hall=operator,
        contact=f"{operator} {settings.SITE.get('phone', '')}".strip(),
        applicant=registries.party(known.applicant).name,
        stands=registries.party(known.stands).name,
        address=f"{settings.SITE_URL}/track/?receipt={known.number}",
        demo=settings.DEMO,
    )


def _lines(known: Visit, *, by: Actor, on: date) -> Sequence[Line]:
    lines = []
    for taken in known.taken:
        page = cases.case_page(taken.case, by=by, on=on)
        receipt = cases.receipt_of(taken.key, by=by) if taken.key else None
        lines.append(
            Line(
                taken=taken,
                case=page.case,
                item=page.item,
                due=_due(page),
                answers=page.answers or {},
                password=receipt.password if receipt else "",
                given=tuple(
                    f"{one.name(page.item)}（{one.number}）"
                    for one in issued(page.facts)
                    if one.paper in HANDED_OVER and one.fact.at >= known.opened
                ),
            )
        )
    return lines


def _due(page: CasePage) -> date | None:
    return page.clocks[0].due.date if page.clocks else None


@cache
def norms() -> tuple[Norm, ...]:
    """What every hall keeps to (服务规范)."""
    text = (Path(__file__).parent / "data" / "norms.yaml").read_text(encoding="utf-8")
    return norms_from(YAML(typ="safe").load(text))


def norms_stream(site: str) -> str:
    """The journal of one hall's self-checks."""
    return f"norms:{site}"


def self_checks(site: str, *, months: int = 12) -> tuple[SelfCheck, ...]:
    """服务规范自查 of a hall, the last of each month, the latest first. Not about persons: for every officer to see."""
    found = (
        self_check(norms(), event, on=local_date(entry.occurred_at))
        for entry in journal.stream(norms_stream(site))
        if isinstance(event := from_body(entry.kind, dict(entry.body), dict(entry.personal)), NormsChecked)
    )
    return by_month(found)[:months]
