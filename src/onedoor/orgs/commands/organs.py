"""Establishing, naming, changing and abolishing organs and posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.orgs import models, queries
from onedoor.orgs.commands.acts import Deed, append, check_area, organ_row, period_body, post_row, valid
from onedoor.orgs.rules import Organ, Post, check_organ, check_period, check_post


@transaction.atomic(durable=True)
def establish_organ(organ: Organ, *, by: Actor, at: datetime) -> Organ:
    """Record an organ. Invalid for a wrong code, name, area or parent; Forbidden without 机构人员管理."""
    append(set_up_organ(organ, Deed(by, at)))
    return organ


@transaction.atomic(durable=True)
def change_organ(organ: Organ, *, by: Actor, at: datetime) -> Organ:
    """Record an organ's new particulars under its old code. NotFound, Invalid, Forbidden."""
    append(*alter_organ(organ, Deed(by, at)))
    return organ


@transaction.atomic(durable=True)
def name_organ(code: str, *, name: str, short_name: str, by: Actor, at: datetime) -> Organ:
    """Rename an organ (机构更名); everything that refers to it does so by code and goes on."""
    organ = replace(queries.as_organ(organ_row(code)), name=name, short_name=short_name)
    append(*alter_organ(organ, Deed(by, at)))
    return organ


@transaction.atomic(durable=True)
def abolish_organ(code: str, *, last_day: date, by: Actor, at: datetime) -> Organ:
    """Abolish an organ (撤销机构) as of a last day. Refused while somebody still holds one of its posts after it."""
    deed = Deed(by, at)
    row = organ_row(code, lock=True)
    deed.check(row.code, row.area)
    valid(check_period(replace(queries.as_organ(row).period, last=last_day)))
    _refuse_if_held(Q(post__organ=row), last_day, row.name)
    row.valid_to, row.version = last_day, row.version + 1
    row.save()
    _forget()
    models.Post.objects.filter(organ=row, valid_to__isnull=True).update(valid_to=last_day)
    append(deed.fact(f"organ:{code}", row.version, "organ_abolished", body={"last_day": last_day.isoformat()}))
    return queries.as_organ(row)


@transaction.atomic(durable=True)
def create_post(post: Post, *, by: Actor, at: datetime) -> Post:
    """Create a post (设岗). Invalid where its kind may not carry its acts (e.g. 延期 outside 本机关负责人)."""
    append(set_up_post(post, Deed(by, at)))
    return post


@transaction.atomic(durable=True)
def change_post(post: Post, *, by: Actor, at: datetime) -> Post:
    """Change the name, acts, items or area of a post; holders have the new grants at once."""
    append(*alter_post(post, Deed(by, at)))
    return post


@transaction.atomic(durable=True)
def abolish_post(code: str, *, last_day: date, by: Actor, at: datetime) -> Post:
    """Abolish a post (撤岗). Refused while somebody still holds it after the last day."""
    deed = Deed(by, at)
    row = post_row(code, lock=True)
    deed.check(row.organ.code, row.organ.area)
    valid(check_period(replace(queries.as_post(row).period, last=last_day)))
    _refuse_if_held(Q(post=row), last_day, row.name)
    row.valid_to, row.version = last_day, row.version + 1
    row.save()
    append(deed.fact(f"post:{code}", row.version, "post_abolished", body={"last_day": last_day.isoformat()}))
    return queries.as_post(row)


def set_up_organ(organ: Organ, deed: Deed) -> Entry:
    """Inside the caller's transaction: the new row, and its fact for the caller to append."""
    deed.check(organ.code, organ.area)
    valid(check_organ(organ), check_area(organ.area))
    if models.Organ.objects.filter(Q(code=organ.code) | Q(name=organ.name, valid_to__isnull=True)).exists():
        raise Invalid([FieldError("code", f"已有代码为 {organ.code} 或名为“{organ.name}”的机构。")])
    parent = organ_row(organ.parent) if organ.parent else None
    _forget()
    models.Organ.objects.create(code=organ.code, parent=parent, **_organ_columns(organ))
    return deed.fact(f"organ:{organ.code}", 1, "organ_established", body=_organ_body(organ))


def alter_organ(organ: Organ, deed: Deed) -> list[Entry]:
    """Inside the caller's transaction: the changed row and its fact; nothing where nothing differs."""
    row = organ_row(organ.code, lock=True)
    deed.check(row.code, row.area)
    valid(check_organ(organ), check_area(organ.area))
    before = _organ_body(queries.as_organ(row))
    changed = {key: value for key, value in _organ_body(organ).items() if before[key] != value}
    if not changed:
        return []
    row.parent = organ_row(organ.parent) if organ.parent else None
    for column, value in _organ_columns(organ).items():
        setattr(row, column, value)
    row.version += 1
    row.save()
    _forget()
    kind = "organ_named" if {"name", "short_name"} >= changed.keys() else "organ_changed"
    return [deed.fact(f"organ:{organ.code}", row.version, kind, body=changed)]


def set_up_post(post: Post, deed: Deed) -> Entry:
    """Inside the caller's transaction: the new row, and its fact for the caller to append."""
    organ = organ_row(post.organ)
    deed.check(organ.code, organ.area)
    valid(check_post(post.kind, post.acts), check_period(post.period))
    same = Q(code=post.code) | Q(organ=organ, name=post.name, valid_to__isnull=True)
    if models.Post.objects.filter(same).exists():
        raise Invalid([FieldError("code", f"已有编号为 {post.code} 的岗位，或本机关已有“{post.name}”。")])
    models.Post.objects.create(code=post.code, organ=organ, **post_columns(post))
    return deed.fact(f"post:{post.code}", 1, "post_created", body=post_body(post))


def alter_post(post: Post, deed: Deed) -> list[Entry]:
    """Inside the caller's transaction: the changed row and its fact; nothing where nothing differs."""
    row = post_row(post.code, lock=True)
    deed.check(row.organ.code, row.organ.area)
    valid(check_post(post.kind, post.acts), check_period(post.period))
    if post.organ != row.organ.code:
        raise Refused("post_stays_in_its_organ", "岗位不能换机关：请撤销原岗位，在新机关另设。")
    before = post_body(queries.as_post(row))
    changed = {key: value for key, value in post_body(post).items() if before[key] != value}
    if not changed:
        return []
    for column, value in post_columns(post).items():
        setattr(row, column, value)
    row.version += 1
    row.save()
    return [deed.fact(f"post:{post.code}", row.version, "post_changed", body=changed)]


def _forget() -> None:
    """This process sees the change at once and after the commit, the others within half a minute."""
    queries.forget()
    transaction.on_commit(queries.forget)


def _refuse_if_held(condition: Q, last_day: date, name: str) -> None:
    after = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    held = models.Assignment.objects.filter(condition, after).select_related("staff").first()
    if held is not None:
        raise Refused("still_held", f"“{name}”仍有人任职（{held.staff.name}），请先免职再撤销。")


def _organ_columns(organ: Organ) -> dict[str, object]:
    columns = ("name", "short_name", "kind", "level", "area", "phone", "address", "reviewed_by")
    dates = {"valid_from": organ.period.first, "valid_to": organ.period.last}
    return {column: getattr(organ, column) for column in columns} | dates


def _organ_body(organ: Organ) -> dict[str, Json]:
    return {
        "name": organ.name,
        "short_name": organ.short_name,
        "kind": organ.kind.value,
        "level": organ.level.value,
        "area": organ.area,
        "parent": organ.parent,
        "phone": organ.phone,
        "address": organ.address,
        "reviewed_by": organ.reviewed_by,
        **period_body(organ.period),
    }


def post_columns(post: Post) -> dict[str, Any]:
    """The columns of a post's row."""
    return {
        "name": post.name,
        "kind": post.kind,
        "all_organs": post.all_organs,
        "area": post.area,
        "acts": sorted(act.value for act in post.acts),
        "items": None if post.items is None else sorted(post.items),
        "valid_from": post.period.first,
        "valid_to": post.period.last,
    }


def post_body(post: Post) -> dict[str, Json]:
    """A post in a fact."""
    return {
        "name": post.name,
        "kind": post.kind.value,
        "organ": post.organ,
        "all_organs": post.all_organs,
        "area": post.area,
        "acts": sorted(act.value for act in post.acts),
        "items": None if post.items is None else sorted(post.items),
        **period_body(post.period),
    }
