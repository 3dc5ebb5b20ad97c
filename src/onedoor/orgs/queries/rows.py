"""Rows of this context as values, and which of them are in force on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from onedoor.kernel.actor import Act
from onedoor.orgs import models, rules
from onedoor.orgs.rules import Period


def in_force(on: date, path: str = "") -> Q:
    """Rows whose period holds the day, both ends counted; ``path`` reaches them through a relation."""
    begun = Q(**{f"{path}valid_from__lte": on})
    return begun & (Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": on}))


def period(row: models.Assignment | models.Cover | models.Authorisation | models.Absence) -> Period:
    """From when to when a row holds."""
    return Period(row.valid_from, row.valid_to)


def as_organ(row: models.Organ) -> rules.Organ:
    """A row as a value."""
    return rules.Organ(
        row.code,
        row.name,
        row.short_name,
        rules.OrganKind(row.kind),
        rules.OrganLevel(row.level),
        row.area,
        row.parent.code if row.parent else None,
        Period(row.valid_from, row.valid_to),
        row.phone,
        row.address,
        row.reviewed_by,
    )


def as_post(row: models.Post) -> rules.Post:
    """A row as a value."""
    items = None if row.items is None else frozenset(row.items)
    return rules.Post(
        row.code,
        row.name,
        rules.PostKind(row.kind),
        row.organ.code,
        row.area,
        frozenset(map(Act, row.acts)),
        items,
        Period(row.valid_from, row.valid_to),
        row.all_organs,
    )


def as_staff(row: models.Staff) -> rules.Staff:
    """A row as a value."""
    period, phone = Period(row.valid_from, row.valid_to), row.phone
    return rules.Staff(row.id, row.job_number, row.name, row.organ.code, period, row.account, phone, row.certificate)


def as_authorisation(row: models.Authorisation) -> rules.Authorisation:
    """A row as a value."""
    return rules.Authorisation(
        row.id,
        row.staff_id,
        row.organ.code,
        row.document_number,
        frozenset(map(Act, row.acts)),
        None if row.items is None else frozenset(row.items),
        period(row),
        row.issued_by,
        row.revoked_on,
    )


def as_absence(row: models.Absence) -> rules.Absence:
    """A row as a value."""
    return rules.Absence(row.id, row.staff_id, period(row), row.reason)


def as_state(row: models.SiteState) -> rules.SiteState:
    """A row as a value."""
    devices = tuple(rules.Device(d.name, d.planned, d.present) for d in row.devices.all())
    return rules.SiteState(
        Period(row.valid_from, row.valid_to),
        rules.SiteStatus(row.status),
        rules.SiteRole(row.role),
        row.address,
        row.area_m2,
        row.opening_hours,
        row.phone,
        tuple(sorted(devices, key=lambda d: d.name)),
        row.note,
    )
