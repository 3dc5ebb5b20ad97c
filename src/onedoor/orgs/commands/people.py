"""People: enrolling and discharging, appointing and relieving, absences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.orgs import models, queries
from onedoor.orgs.commands.acts import (
    Deed,
    append,
    organ_row,
    overlap,
    period_body,
    period_of,
    post_row,
    staff_fact,
    staff_row,
    valid,
)
from onedoor.orgs.rules import Period, PostKind, Staff, check_period, check_phone, check_separation


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person to be enrolled."""

    job_number: str
    name: str
    organ: str
    period: Period
    phone: str = ""


@transaction.atomic(durable=True)
def enrol_staff(person: Enrolment, *, by: Actor, at: datetime) -> Staff:
    """Enrol a member of staff in an organ. Invalid for an empty name or a job number that is taken."""
    row, entry = take_on(person, Deed(by, at))
    append(entry)
    return queries.as_staff(row)


@transaction.atomic(durable=True)
def discharge(staff_id: int, *, last_day: date, by: Actor, at: datetime) -> Staff:
    """End a person's service: every appointment still open ends with it. Invalid before the first day."""
    deed = Deed(by, at)
    row = staff_row(staff_id)
    deed.check(row.organ.code, row.organ.area)
    valid(check_period(Period(row.valid_from, last_day)))
    row.valid_to = last_day
    after = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    open_ones = models.Assignment.objects.filter(after, staff=row)
    open_ones.filter(valid_from__gt=last_day).delete()
    open_ones.update(valid_to=last_day)
    append(staff_fact(row, "staff_discharged", body={"last_day": last_day.isoformat()}, deed=deed))
    return queries.as_staff(row)


@transaction.atomic(durable=True)
def link_account(staff_id: int, *, account: str, by: Actor, at: datetime) -> Staff:
    """Say which account ("account:<id>") a person signs in with. Invalid where it is another's or no reference."""
    deed = Deed(by, at)
    row = staff_row(staff_id)
    deed.check(row.organ.code, row.organ.area)
    if not account.startswith("account:"):
        raise Invalid([FieldError("account", "账号应写作 account:编号。")])
    if models.Staff.objects.filter(account=account).exclude(id=staff_id).exists():
        raise Invalid([FieldError("account", "这个账号已属于另一名工作人员。")])
    row.account = account
    append(staff_fact(row, "account_linked", body={"account": account}, deed=deed))
    return queries.as_staff(row)


def accounts_opened(opened: Mapping[int, str], *, by: Actor, at: datetime) -> None:
    """Staff id → the account just opened for that person, inside the transaction that opens it.

    Whoever may open the account decides that; here it becomes known who acts under it.
    """
    rows = list(models.Staff.objects.select_for_update(of=("self",)).select_related("organ").filter(id__in=opened))
    facts = []
    for row in rows:
        row.account, row.version = opened[row.id], row.version + 1
        facts.append(
            Deed(by, at).fact(f"staff:{row.job_number}", row.version, "account_linked", body={"account": row.account})
        )
    models.Staff.objects.bulk_update(rows, ["account", "version"])
    append(*facts)


@transaction.atomic(durable=True)
def appoint(staff_id: int, *, post: str, period: Period, basis: str, by: Actor, at: datetime) -> int:
    """Appoint a person to a post (任职) for a period; returns the appointment's id.

    Refused where the person is oneself, holds the post already on one of its days, or where it would join two of the
    three administrators, or one of them and case work, in one hand (三员分立).
    """
    person = staff_row(staff_id)
    if person.account == by.ref:
        raise Refused("own_post", "不能给自己任职，请另一位机构人员管理员或者系统管理员办理。")
    assignment, entry = place_on_post(person, post, period, basis=basis, deed=Deed(by, at))
    append(entry)
    return assignment.id


@transaction.atomic(durable=True)
def relieve(assignment_id: int, *, last_day: date, reason: str, by: Actor, at: datetime) -> None:
    """Relieve a person of a post (免职) as of a last day. Invalid without a reason or before the first day."""
    deed = Deed(by, at)
    row = models.Assignment.objects.select_related("post__organ").filter(id=assignment_id).first()
    if row is None:
        raise NotFound("没有这项任职。请刷新后再试。")
    person = staff_row(row.staff_id)
    deed.check(row.post.organ.code, row.post.organ.area)
    valid(_needs(reason, "reason", "请填写免职依据或原因。"), check_period(Period(row.valid_from, last_day)))
    if row.valid_to is not None and row.valid_to < last_day:
        raise Refused("already_relieved", f"此项任职已于 {row.valid_to} 结束。")
    row.valid_to = last_day
    row.version += 1
    row.save()
    body = {"post": row.post.code, "last_day": last_day.isoformat(), "reason": reason}
    append(staff_fact(person, "staff_relieved", body=body, deed=deed))


@transaction.atomic(durable=True)
def declare_absence(staff_id: int, *, period: Period, reason: str, by: Actor, at: datetime) -> int:
    """Declare a person absent (离岗): their AB partners take over from the first day; returns the absence's id.

    Invalid without an end or a reason; Refused where another absence is declared on one of its days.
    """
    deed = Deed(by, at)
    row = staff_row(staff_id)
    deed.check(row.organ.code, row.organ.area)
    return _be_absent(row, period, reason=reason, deed=deed)


@transaction.atomic(durable=True)
def announce_absence(*, period: Period, reason: str, by: Actor, at: datetime) -> int:
    """登记自己离岗, as ``declare_absence`` does for others: everybody may for themselves, not for a day already past.

    Raises Forbidden where the actor is no member of staff.
    """
    row = _oneself(by)
    past = period.first < local_date(at)
    valid([FieldError("from", "离岗日期不能早于今天；补登记请找机构人员管理员。")] if past else [])
    return _be_absent(row, period, reason=reason, deed=Deed(by, at))


@transaction.atomic(durable=True)
def come_back(absence_id: int, *, by: Actor, at: datetime) -> None:
    """提前返岗: one's own absence ends with yesterday; one that has not begun is taken back. NotFound for another's."""
    row, today = _oneself(by), local_date(at)
    absence = models.Absence.objects.filter(id=absence_id, staff=row).first()
    if absence is None or (absence.valid_to is not None and absence.valid_to < today):
        raise NotFound("没有这项离岗登记，或已经结束。请刷新后再试。")
    body: dict[str, Json] = {"absence": absence_id, "last_day": (today - timedelta(days=1)).isoformat()}
    if absence.valid_from >= today:
        absence.delete()
    else:
        absence.valid_to = today - timedelta(days=1)
        absence.version += 1
        absence.save()
    append(staff_fact(row, "absence_ended", body=body, deed=Deed(by, at)))


def _oneself(by: Actor) -> models.Staff:
    person = queries.staff_by_account(by.ref)
    if person is None:
        raise Forbidden("只有工作人员可以登记自己离岗。")
    return staff_row(person.id)


def _be_absent(row: models.Staff, period: Period, *, reason: str, deed: Deed) -> int:
    no_end = () if period.last else (FieldError("period", "请填写离岗截止日；提前返岗可随时登记。"),)
    valid(check_period(period), no_end, _needs(reason, "reason", "请填写离岗原因。"))
    try:
        with transaction.atomic():
            absence = models.Absence.objects.create(
                staff=row, valid_from=period.first, valid_to=period.last, reason=reason
            )
    except IntegrityError as error:
        message = f"{row.name}在这段时间里已登记离岗，请先更正原来的登记。"
        raise overlap(error, "orgs_absence_never_overlaps", message) from error
    body = {"absence": absence.id, "reason": reason, **period_body(period)}
    append(staff_fact(row, "absence_declared", body=body, deed=deed))
    return absence.id


@transaction.atomic(durable=True)
def end_absence(absence_id: int, *, last_day: date, by: Actor, at: datetime) -> None:
    """Record an early return: the absence ends on ``last_day``. Refused where it ended earlier already."""
    deed = Deed(by, at)
    absence = models.Absence.objects.filter(id=absence_id).first()
    if absence is None:
        raise NotFound("没有这项离岗登记。请刷新后再试。")
    row = staff_row(absence.staff_id)
    deed.check(row.organ.code, row.organ.area)
    valid(check_period(Period(absence.valid_from, last_day)))
    if absence.valid_to is not None and absence.valid_to < last_day:
        raise Refused("absence_over", f"此次离岗已于 {absence.valid_to} 结束；延长请另行登记。")
    absence.valid_to = last_day
    absence.version += 1
    absence.save()
    append(staff_fact(row, "absence_ended", body={"absence": absence_id, "last_day": last_day.isoformat()}, deed=deed))


def take_on(person: Enrolment, deed: Deed) -> tuple[models.Staff, Entry]:
    """Inside the caller's transaction: the new row and its fact. The name stands in the erasable values."""
    organ = organ_row(person.organ)
    deed.check(organ.code, organ.area)
    taken = models.Staff.objects.filter(job_number=person.job_number).exists()
    valid(
        _needs(person.job_number, "job_number", "请填写工号。"),
        _needs(person.name, "name", "请填写姓名。"),
        [FieldError("job_number", f"工号 {person.job_number} 已有人使用。")] if taken else [],
        check_phone(person.phone),
        check_period(person.period),
    )
    row = models.Staff.objects.create(
        job_number=person.job_number,
        name=person.name,
        organ=organ,
        phone=person.phone,
        valid_from=person.period.first,
        valid_to=person.period.last,
    )
    return row, deed.fact(
        f"staff:{person.job_number}",
        1,
        "staff_enrolled",
        body={"organ": organ.code, **period_body(person.period)},
        personal={"name": person.name},
    )


def place_on_post(
    person: models.Staff, post_code: str, period: Period, *, basis: str, deed: Deed
) -> tuple[models.Assignment, Entry]:
    """Inside the caller's transaction: the appointment and its fact."""
    post = post_row(post_code)
    deed.check(post.organ.code, post.organ.area)
    valid(
        check_period(period), _within(period, period_of(person), "任职期"), _within(period, period_of(post), "设岗期")
    )
    held = models.Assignment.objects.filter(_touching(period), staff=person)
    check_separation((PostKind(kind) for kind in held.values_list("post__kind", flat=True)), PostKind(post.kind))
    try:
        with transaction.atomic():
            row = models.Assignment.objects.create(
                staff=person, post=post, valid_from=period.first, valid_to=period.last, basis=basis
            )
    except IntegrityError as error:
        message = f"{person.name}在这段时间里已任“{post.name}”，不必重复任命。"
        raise overlap(error, "orgs_assignment_never_overlaps", message) from error
    body = {"assignment": row.id, "post": post.code, "basis": basis, **period_body(period)}
    return row, staff_fact(person, "staff_appointed", body=body, deed=deed)


def _touching(period: Period) -> Q:
    """Rows with at least one day inside the period."""
    ends_after = Q(valid_to__isnull=True) | Q(valid_to__gte=period.first)
    return ends_after if period.last is None else ends_after & Q(valid_from__lte=period.last)


def _needs(text: str, field: str, message: str) -> Iterable[FieldError]:
    return () if text.strip() else (FieldError(field, message),)


def _within(period: Period, outer: Period, name: str) -> Iterable[FieldError]:
    too_early = period.first < outer.first
    too_late = outer.last is not None and (period.last is None or period.last > outer.last)
    if too_early or too_late:
        bounds = f"{outer.first} 至 {outer.last or '长期'}"
        return (FieldError("period", f"起止日期须在{name}（{bounds}）之内。"),)
    return ()
