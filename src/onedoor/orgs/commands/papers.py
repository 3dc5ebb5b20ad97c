"""授权书 and AB 岗: who may decide in the hall, and who stands in for whom."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, NotFound, Refused
from onedoor.kernel.law import law
from onedoor.orgs import models
from onedoor.orgs.commands.acts import (
    Deed,
    append,
    organ_row,
    period_body,
    post_row,
    staff_fact,
    staff_row,
    valid,
)
from onedoor.orgs.rules import Authorisation, Cover, Period, PostKind, check_authorisation, check_period


@transaction.atomic(durable=True)
def authorise(paper: Authorisation, *, by: Actor, at: datetime) -> int:
    """Record a 授权书 for a chief representative (items × acts × period); returns its id. ``paper.id`` is ignored.

    Invalid for a missing number, end or issuer, for 延期, or a number that is taken; Refused where the person holds
    no 首席代表 post in that organ.
    """
    row, entry = hand_over(paper, Deed(by, at))
    append(entry)
    return row.id


@transaction.atomic(durable=True)
def revoke_authorisation(authorisation_id: int, *, on: date, reason: str, by: Actor, at: datetime) -> None:
    """Revoke a 授权书: from the day ``on`` it gives nothing. Refused where it was revoked before."""
    deed = Deed(by, at)
    row = models.Authorisation.objects.select_related("organ").filter(id=authorisation_id).first()
    if row is None:
        raise NotFound("没有这份授权书。请核对编号。")
    person = staff_row(row.staff_id)
    row.refresh_from_db()
    deed.check(row.organ.code, row.organ.area)
    valid(() if reason.strip() else [FieldError("reason", "请填写撤销授权的原因。")])
    if row.revoked_on is not None:
        raise Refused("already_revoked", f"授权书 {row.document_number} 已于 {row.revoked_on} 撤销。")
    row.revoked_on, row.revoke_reason, row.version = on, reason, row.version + 1
    row.save()
    body = {"document_number": row.document_number, "on": on.isoformat(), "reason": reason}
    append(staff_fact(person, "authorisation_revoked", body=body, deed=deed))


@transaction.atomic(durable=True)
def pair(cover: Cover, *, by: Actor, at: datetime) -> int:
    """Make two people AB partners on a post (AB 岗): each has it while the other is declared absent; returns the id.

    Invalid for one person alone or an end before the beginning; Refused where they are partners there already.
    """
    row, entry = join(cover, Deed(by, at))
    append(entry)
    return row.id


@transaction.atomic(durable=True)
def unpair(cover_id: int, *, last_day: date, by: Actor, at: datetime) -> None:
    """End an AB partnership as of a last day."""
    deed = Deed(by, at)
    row = models.Cover.objects.select_related("post__organ", "staff_b").filter(id=cover_id).first()
    if row is None:
        raise NotFound("没有这项 AB 岗。请刷新后再试。")
    person = staff_row(row.staff_a_id)
    deed.check(row.post.organ.code, row.post.organ.area)
    valid(check_period(Period(row.valid_from, last_day)))
    row.valid_to, row.version = last_day, row.version + 1
    row.save()
    body = {"post": row.post.code, "with": row.staff_b.job_number, "last_day": last_day.isoformat()}
    append(staff_fact(person, "cover_ended", body=body, deed=deed))


@law("行政许可法", "42(1)")
def hand_over(paper: Authorisation, deed: Deed) -> tuple[models.Authorisation, Entry]:
    """Inside the caller's transaction: the 授权书 and its fact."""
    organ = organ_row(paper.organ)
    deed.check(organ.code, organ.area)
    taken = models.Authorisation.objects.filter(organ=organ, document_number=paper.document_number).exists()
    number = [FieldError("document_number", f"授权书文号 {paper.document_number} 已登记。")] if taken else []
    valid(check_authorisation(paper), number)
    person = staff_row(paper.staff)
    chief = models.Assignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=paper.period.first),
        staff=person,
        post__kind=PostKind.CHIEF,
        post__organ=organ,
    )
    if not chief.exists():
        raise Refused("not_chief_representative", f"{person.name}不是{organ.name}的首席代表，请先任命再授权。")
    row = models.Authorisation.objects.create(
        staff=person,
        organ=organ,
        document_number=paper.document_number,
        acts=sorted(act.value for act in paper.acts),
        items=None if paper.items is None else sorted(paper.items),
        issued_by=paper.issued_by,
        valid_from=paper.period.first,
        valid_to=paper.period.last,
    )
    body = {
        "authorisation": row.id,
        "document_number": paper.document_number,
        "organ": organ.code,
        "acts": row.acts,
        "items": row.items,
        "issued_by": paper.issued_by,
        **period_body(paper.period),
    }
    return row, staff_fact(person, "staff_authorised", body=body, deed=deed)


def join(cover: Cover, deed: Deed) -> tuple[models.Cover, Entry]:
    """Inside the caller's transaction: the partnership and its fact, in the stream of A."""
    post = post_row(cover.post)
    deed.check(post.organ.code, post.organ.area)
    alone = [FieldError("staff_b", "A 岗和 B 岗不能是同一个人。")] if cover.staff_a == cover.staff_b else []
    valid(alone, check_period(cover.period))
    a, b = staff_row(cover.staff_a), staff_row(cover.staff_b)
    together = Q(staff_a=a, staff_b=b) | Q(staff_a=b, staff_b=a)
    ends_after = Q(valid_to__isnull=True) | Q(valid_to__gte=cover.period.first)
    if models.Cover.objects.filter(together, ends_after, post=post).exists():
        raise Refused("already_paired", f"{a.name}与{b.name}在“{post.name}”上已互为 AB 岗。")
    row = models.Cover.objects.create(
        post=post, staff_a=a, staff_b=b, valid_from=cover.period.first, valid_to=cover.period.last
    )
    body = {"cover": row.id, "post": post.code, "with": b.job_number, **period_body(cover.period)}
    return row, staff_fact(a, "cover_agreed", body=body, deed=deed)
