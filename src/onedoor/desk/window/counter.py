"""One clerk, one visit, one item: what the sheet offers, what is wrong with it, and handing it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.access.rules import MandateKind
from onedoor.desk.window import handing, mandates
from onedoor.desk.window.materials import take
from onedoor.desk.window.sheet import Sheet, blank, filled
from onedoor.desk.window.visit import may_here
from onedoor.hall import commands as hall
from onedoor.hall.commands import Handed
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpRequest

    from onedoor.access.rules import MandateTerms
    from onedoor.cases.rules.application import Receipt
    from onedoor.hall.rules import Visit
    from onedoor.items.rules import ItemVersion

RECEIVE, ACCEPT, NOTIFY, REFRESH, COMPLETE = "receive", "accept", "notify", "refresh", "complete"
ACCEPTS = ".pdf,.ofd,.jpg,.jpeg,.png"


@dataclass(frozen=True)
class Counter:
    """``mandate``: the kind of a mandate already on record that covers this item."""

    request: HttpRequest
    by: Actor
    at: datetime
    visit: str
    known: Visit
    item: ItemVersion
    mandate: MandateKind | None

    @property
    def today(self) -> date:
        """The day at the counter."""
        return local_date(self.at)

    @property
    def needs_paper(self) -> bool:
        """Whether somebody acts for the applicant whose mandate is not on record."""
        return not self.known.in_person and self.mandate is None

    @property
    def agent(self) -> str | None:
        """Who acts as agent; a guardian and a legal representative act of right."""
        guards = MandateKind.GUARDIAN in {self.mandate, self.mandate_typed.get("mandate_kind")}
        return None if self.known.in_person or guards else self.known.stands

    @cached_property
    def mandate_typed(self) -> Mapping[str, str | list[str]]:
        """The fields of the mandate as typed."""
        return mandates.typed(self.known, self.request.POST) if self.needs_paper else {}

    @property
    def offers(self) -> tuple[str, ...]:
        """The buttons of the page: the first is the main one."""
        accepts = may_here(Act.ACCEPT, self.item, self.known, by=self.by)
        tells = may_here(Act.NOTIFY, self.item, self.known, by=self.by)
        return (*((ACCEPT,) if accepts else ()), RECEIVE, *((NOTIFY,) if tells else ()))

    def blank(self) -> Sheet:
        """A fresh sheet: what the registers know is filled in."""
        return blank(self.item, self.known, agent=self.agent, by=self.by, at=self.at)

    def posted(self) -> Sheet:
        """The sheet as it came; scans are kept from here on."""
        keys = [material.key for material in self.item.materials if not material.exempt]
        taken = take(self.request, [*keys, mandates.EVIDENCE], by=self.by, at=self.at)
        empty = Sheet(
            item=self.item,
            visit=self.known,
            today=self.today,
            raw={},
            situations={},
            agent=self.agent,
            faults={},
        )
        return filled(self.request.POST, empty, taken)

    def errors(self, page: Sheet, act: str) -> list[FieldError]:
        """Every fault of the sheet and of the mandate, before anything is written."""
        found = page.errors(incomplete=act == NOTIFY)
        if act == NOTIFY and not found and not page.told:
            found.append(
                FieldError("", _("申请表和材料都齐了，没有要告知的。有问题的，请在那份材料下写明缺什么、怎么补。"))
            )
        if act == ACCEPT and page.open_faults and not found:
            found.append(
                FieldError("", _("有材料写了问题，不能受理。当场改好的勾“已当场更正”，改不了的选“收件并一次性告知”。"))
            )
        try:
            self._terms(page)
        except Invalid as fault:
            found += fault.errors
        return found

    def unseen(self, page: Sheet, act: str) -> bool:
        """Whether the lines of the notice have yet to be shown: it is told once, and cannot be taken back."""
        return act == NOTIFY and self.request.POST.get("seen") != page.notice_mark and not self.errors(page, act)

    def hand_in(self, page: Sheet, *, act: str, key: str) -> Receipt:
        """收件. Invalid with every fault, before anything is written."""
        if wrong := self.errors(page, act):
            raise Invalid(wrong)
        handed = Handed(
            page.application(incomplete=act == NOTIFY),
            mandate=self._terms(page),
            evidence=tuple(scan.id for scan in page.taken.files.get(mandates.EVIDENCE, ())),
            corrections=page.corrections,
        )
        try:
            return hall.take_in(self.visit, handed, by=self.by, at=self.at, key=key)
        except Invalid as fault:
            raise Invalid(map(mandates.at_field, fault.errors)) from fault

    def follow(self, page: Sheet, *, act: str, number: str) -> str:
        """The second act of a button; why it could not be done, or "": the application stays received."""
        try:
            if act == ACCEPT:
                handing.accept(number, by=self.by, at=self.at)
            elif act == NOTIFY:
                handing.tell_once(number, by=self.by, at=self.at, faults=page.told)
        except (Refused, Invalid, Forbidden) as fault:
            return str(fault)
        return ""

    def _terms(self, page: Sheet) -> MandateTerms | None:
        if not self.needs_paper:
            return None
        scans = page.taken.files.get(mandates.EVIDENCE, ())
        return mandates.terms_of(self.known, self.mandate_typed, item=self.item.code, scans=scans, today=self.today)
