"""缴费 on the page of a case: how much, for what, by when and where, in plain words; and what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers import where_to_pay
from onedoor.cases.rules.paying import asked_of, in_vain, last_notice
from onedoor.documents.rules import yuan
from onedoor.kernel.clock import local_date
from onedoor.ui.dates import plain_day
from onedoor.ui.parts import Fact

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.values.payment import Charge, Payment


@dataclass(frozen=True, slots=True)
class ToPay:
    """What the applicant is asked to pay. ``reckoned``: how, by a tariff; ``reduced``: by which rule it is less;
    ``where``: the window that takes it; ``paper``: its notice, to be printed.
    """

    amount: str
    by_when: str
    late: bool
    lines: tuple[tuple[Charge, str], ...]
    reckoned: str
    reduced: str
    where: str
    paper: str


def to_pay(page: CasePage) -> tuple[ToPay, ...]:
    """Every notice that waits, the earliest day first."""
    asked = sorted(asked_of(page.case).items(), key=lambda one: one[1].until)
    return tuple(_to_pay(page, step, held) for step, held in asked)


def _to_pay(page: CasePage, step: str, held: Payment) -> ToPay:
    notice = last_notice(page.facts, step)
    late = local_date(timezone.now()) > held.until
    words = _("%(day)s已经过了，现在仍可以缴，请尽快。") if late else _("最迟%(day)s缴清。")
    return ToPay(
        amount=yuan(held.cents),
        by_when=words % {"day": plain_day(held.until, year=True)},
        late=late,
        lines=tuple((charge, yuan(charge.cents)) for charge in held.charges),
        reckoned=(notice.computation or "") if notice else "",
        reduced=held.reduced,
        where=where_to_pay(page.item),
        paper=f"{Paper.PAYMENT}-{held.notice}",
    )


def paid(page: CasePage) -> tuple[Fact, ...]:
    """What was paid, by which receipt, and what needed not be paid; with what to do where it came to nothing."""
    found = []
    names = {step.key: step.name for step in page.item.plan.steps}
    for key, held in page.case.payments.items():
        if held.receipt:
            told = {"amount": yuan(held.cents), "receipt": held.receipt.number, "on": plain_day(held.receipt.paid_on)}
            words = _("%(on)s缴了 %(amount)s，财政票据号 %(receipt)s。") % told
            if in_vain(page.case):
                words += _("这件没有办成，要退费的，请带票据到窗口提出，按非税收入退付的规定办理。")
            found.append(Fact(names.get(key, key), words))
        elif held.exempt:
            found.append(Fact(names.get(key, key), _("不用缴。依据：%(basis)s。") % {"basis": held.exempt}))
    return tuple(found)
