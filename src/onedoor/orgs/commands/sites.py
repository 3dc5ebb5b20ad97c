"""Places: opening them, and recording what holds of them from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, Invalid, NotFound
from onedoor.orgs import models
from onedoor.orgs.commands.acts import Deed, append, check_area, organ_row, overlap, period_body, valid
from onedoor.orgs.rules import Site, SiteKind, SiteState, check_site, check_state


@transaction.atomic(durable=True)
def open_site(site: Site, *, states: Sequence[SiteState], by: Actor, at: datetime) -> None:
    """Record a place with its states. Invalid for an unknown area or organ, or a village that would accept."""
    append(*set_up_site(site, states, Deed(by, at)))


@transaction.atomic(durable=True)
def record_site_state(code: str, *, state: SiteState, by: Actor, at: datetime) -> None:
    """Record what holds of a place from a day on (启用、停用、迁址、设备到位); the state before ends the day before.

    Invalid for a wrong state; Refused where a later state is recorded already.
    """
    deed = Deed(by, at)
    row = models.Site.objects.select_related("organ").select_for_update(of=("self",)).filter(code=code).first()
    if row is None:
        raise NotFound(f"没有编号为 {code} 的办事场所。请核对编号。")
    deed.check(row.organ.code if row.organ else "", row.area)
    valid(check_state(SiteKind(row.kind), state))
    append(*add_states(row, [state], deed))


def set_up_site(site: Site, states: Sequence[SiteState], deed: Deed) -> list[Entry]:
    """Inside the caller's transaction: the place, its states, and their facts for the caller to append."""
    deed.check(site.organ or "", site.area)
    taken = models.Site.objects.filter(code=site.code).exists()
    twice = [FieldError("code", f"已有编号为 {site.code} 的场所。")] if taken else []
    valid(check_site(site), check_area(site.area), twice, *(check_state(site.kind, state) for state in states))
    row = models.Site.objects.create(
        code=site.code,
        name=site.name,
        kind=site.kind,
        area=site.area,
        organ=organ_row(site.organ) if site.organ else None,
        parent=_parent(site.parent),
        version=0,
    )
    return [_fact(row, "site_opened", body=site_body(site), deed=deed), *add_states(row, states, deed)]


def add_states(row: models.Site, states: Sequence[SiteState], deed: Deed) -> list[Entry]:
    """Inside the caller's transaction: states in order, each ending the open one before it."""
    entries = []
    for state in sorted(states, key=lambda one: one.period):
        day_before = state.period.first - timedelta(days=1)
        models.SiteState.objects.filter(site=row, valid_to__isnull=True, valid_from__lt=state.period.first).update(
            valid_to=day_before
        )
        _store(row, state)
        entries.append(_fact(row, "site_state_recorded", body=state_body(state), deed=deed))
    return entries


def site_body(site: Site) -> dict[str, Json]:
    """A place in a fact."""
    return {"name": site.name, "kind": site.kind.value, "area": site.area, "organ": site.organ}


def state_columns(state: SiteState) -> dict[str, Any]:
    """The columns of a state's row."""
    columns = ("status", "role", "address", "area_m2", "opening_hours", "phone", "note")
    dates = {"valid_from": state.period.first, "valid_to": state.period.last}
    return {column: getattr(state, column) for column in columns} | dates


def state_body(state: SiteState) -> dict[str, Json]:
    """A state in a fact."""
    return {
        "status": state.status.value,
        "role": state.role.value,
        "address": state.address,
        "area_m2": None if state.area_m2 is None else str(state.area_m2),
        "opening_hours": state.opening_hours,
        "phone": state.phone,
        "devices": {device.name: [device.planned, device.present] for device in state.devices},
        "note": state.note,
        **period_body(state.period),
    }


def _store(row: models.Site, state: SiteState) -> None:
    try:
        with transaction.atomic():
            stored = models.SiteState.objects.create(site=row, **state_columns(state))
    except IntegrityError as error:
        message = f"“{row.name}”在 {state.period.first} 之后已有登记，请从更晚的日期开始。"
        raise overlap(error, "orgs_site_state_never_overlaps", message) from error
    models.Device.objects.bulk_create(
        models.Device(state=stored, name=device.name, planned=device.planned, present=device.present)
        for device in state.devices
    )


def _fact(row: models.Site, kind: str, *, body: dict[str, Json], deed: Deed) -> Entry:
    row.version += 1
    row.save()
    return deed.fact(f"site:{row.code}", row.version, kind, body=body)


def _parent(code: str | None) -> models.Site | None:
    if code is None:
        return None
    row = models.Site.objects.filter(code=code).first()
    if row is None:
        raise Invalid([FieldError("parent", f"没有编号为 {code} 的上级场所。")])
    return row
