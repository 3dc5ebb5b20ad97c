"""Handing in at the counter: one transaction for mandate and application; acceptance, notice are acts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from onedoor.access import commands as access
from onedoor.cases import commands as cases
from onedoor.cases import queries
from onedoor.cases.rules.values import State
from onedoor.desk.window.mandates import at_field
from onedoor.desk.window.visit import place_of
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Invalid
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from onedoor.access.rules import MandateTerms
    from onedoor.cases.rules.application import Application, Receipt
    from onedoor.kernel.actor import Actor
    from onedoor.vault.rules import StoredFile


@transaction.atomic(durable=True)
def hand_in(
    application: Application,
    *,
    mandate: MandateTerms | None,
    papers: tuple[StoredFile, ...],
    by: Actor,
    at: datetime,
    key: str,
) -> Receipt:
    """收件: the application is received, and the mandate shown for it recorded with its scans; both or neither."""
    receipt = cases.receive(application, by=by, at=at, key=key)
    if mandate and not receipt.repeated:
        place = place_of(by)
        try:
            ref = access.grant_mandate(mandate, by=by, at=at, place=place)
        except Invalid as fault:
            raise Invalid(map(at_field, fault.errors)) from fault
        vault.bind([scan.id for scan in papers], to=Binding(ref, place.area), by=by, at=at)
    return receipt


def accept(number: str, *, by: Actor, at: datetime) -> None:
    """受理 at once; nothing happens where an earlier press has done it."""
    if _waiting(number, by=by, at=at):
        cases.accept(number, by=by, at=at)


def tell_once(number: str, *, by: Actor, at: datetime, faults: Mapping[str, str]) -> None:
    """当场一次性告知 of everything missing; nothing happens where an earlier press has done it."""
    if _waiting(number, by=by, at=at):
        cases.request_supplement(number, by=by, at=at, materials=faults)


def _waiting(number: str, *, by: Actor, at: datetime) -> bool:
    return queries.case_page(number, by=by, on=local_date(at)).case.state is State.SUBMITTED
