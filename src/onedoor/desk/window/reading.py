"""A card read at the window becomes what the clerk would have typed; it is checked like anything typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext

from onedoor.hall import queries as hall
from onedoor.hall.rules import Identity
from onedoor.kernel.codes import normalise
from onedoor.registries import queries as registries

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, QueryDict

    from onedoor.hall.rules import Card
    from onedoor.kernel.actor import Actor

DESK = "window_desk"  # which window this browser stands at, for the session
_NUMBERS = {"applicant": "number", "stands": "stands"}


def desk_of(request: HttpRequest) -> str:
    """Which window: as typed now, or as it was typed first today."""
    typed = request.POST.get("desk")
    if typed is not None:
        request.session[DESK] = normalise(typed)[:8]
    return str(request.session.get(DESK, ""))


def typed_or_read(request: HttpRequest, *, by: Actor, at: datetime) -> tuple[QueryDict, Identity]:
    """What stands in the form: as typed, or with the card on the reader.

    Enter on an empty page reads the card too: lay it down, press Enter. Refused where nothing could be read.
    """
    data = request.POST
    role = data.get("read", "")
    if not role and hall.has_reader() and not normalise(data.get("number", "")):
        role = "applicant"
    if role not in _NUMBERS:
        return data, Identity.TYPED
    card = hall.read_card(desk_of(request), by=by, at=at)
    _compare(request, card)
    return _laid(data, role, card), Identity.READER


def _laid(data: QueryDict, role: str, card: Card) -> QueryDict:
    filled = data.copy()
    filled[_NUMBERS[role]] = card.number
    if registries.person_ref(card.number) is None:
        filled[f"{role}_name"], filled[f"{role}_address"] = card.name, card.address
    return filled


def _compare(request: HttpRequest, card: Card) -> None:
    ref = registries.person_ref(card.number)
    if ref and registries.party(ref).name != card.name:
        told = gettext("证件上的姓名与登记的不一样。请核对证件；确实改过名的，告诉他可以申请更正登记。")
        messages.warning(request, told)
