"""What all acts of this context share: permission, locked rows, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from onedoor.areas import queries as areas
from onedoor.areas.rules import prefix_of
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, EntryMode, Json
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.orgs import models
from onedoor.orgs.rules import Period


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does it, when, and how it came to us: what every act is told."""

    by: Actor
    at: datetime
    mode: EntryMode = EntryMode.LIVE

    def fact(
        self, stream: str, seq: int, kind: str, *, body: Mapping[str, Json], personal: Mapping[str, str] | None = None
    ) -> Entry:
        """The fact of this act, not yet appended."""
        return Entry(
            stream=stream,
            seq=seq,
            kind=kind,
            occurred_at=self.at,
            actor=self.by,
            body=body,
            personal=personal or {},
            entry_mode=self.mode,
        )

    def check(self, organ_code: str, area: str) -> None:
        """Forbidden without 机构人员管理 over this organ and area."""
        if not self.by.may(Act.MANAGE_ORGS, Target(frozenset({organ_code}), prefix_of(area))):
            raise Forbidden("机构、岗位、人员和场所的变更须由有机构人员管理权限的人办理。")


def append(*entries: Entry) -> None:
    """Write the facts in the caller's transaction."""
    journal.append(entries)


def valid(*groups: Iterable[FieldError]) -> None:
    """Invalid with all faults at once, nothing written."""
    faults = [error for group in groups for error in group]
    if faults:
        raise Invalid(faults)


def check_area(area: str) -> tuple[FieldError, ...]:
    """The area must be in the division table."""
    try:
        areas.division(area)
    except NotFound as error:
        return (FieldError("area", error.message),)
    return ()


def organ_row(code: str, *, lock: bool = False) -> models.Organ:
    """The row of an organ; NotFound otherwise."""
    rows = models.Organ.objects.select_related("parent")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(code=code).first()
    if row is None:
        raise NotFound(f"没有统一社会信用代码为 {code} 的机构。请核对代码。")
    return row


def post_row(code: str, *, lock: bool = False) -> models.Post:
    """The row of a post with its organ; NotFound otherwise."""
    rows = models.Post.objects.select_related("organ")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(code=code).first()
    if row is None:
        raise NotFound(f"没有编号为 {code} 的岗位。请核对岗位编号。")
    return row


def staff_row(staff_id: int) -> models.Staff:
    """The locked row of a person with their organ; its version is the number of their facts."""
    row = models.Staff.objects.select_related("organ").select_for_update(of=("self",)).filter(id=staff_id).first()
    if row is None:
        raise NotFound("没有这名工作人员。请核对编号。")
    return row


def staff_fact(row: models.Staff, kind: str, *, body: Mapping[str, Json], deed: Deed) -> Entry:
    """The next fact of a person: the row's version moves on with it."""
    row.version += 1
    row.save()
    return deed.fact(f"staff:{row.job_number}", row.version, kind, body=body)


def period_body(period: Period) -> dict[str, Json]:
    """A period in a fact."""
    return {"from": period.first.isoformat(), "to": day(period.last)}


def day(value: date | None) -> str | None:
    """A date in a fact."""
    return value.isoformat() if value else None


def period_of(row: models.organs.Dated) -> Period:
    """The period of a row."""
    return Period(row.valid_from, row.valid_to)


def overlap(error: IntegrityError, name: str, message: str) -> Exception:
    """The clear refusal where the database's own rule ``name`` stopped a row, else the error as it was."""
    cause = error.__cause__
    violated = getattr(getattr(cause, "diag", None), "constraint_name", None)
    return Refused("overlap", message) if violated == name else error
