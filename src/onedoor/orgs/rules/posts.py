"""Posts (岗位): which acts each kind may carry, and which posts one person may not hold together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onedoor.kernel.actor import Act
from onedoor.kernel.errors import FieldError, Refused
from onedoor.kernel.law import Article, law
from onedoor.orgs.rules.values import Authorisation, Period


class PostKind(StrEnum):
    """岗位类别."""

    COMPREHENSIVE = "comprehensive"  # 综合窗口
    WINDOW = "window"  # 窗口受理
    HANDLER = "handler"  # 承办
    EXAMINER = "examiner"  # 审核
    APPROVER = "approver"  # 批准（分管领导）
    CHIEF = "chief"  # 首席代表
    HEAD = "head"  # 本机关负责人
    COUNTY_LEADER = "county_leader"  # 县领导
    OVERSEER = "overseer"  # 效能督查（政务服务管理局）
    DELIVERY = "delivery"  # 出件
    CATALOGUE = "catalogue"  # 事项管理
    ORGANISATION = "organisation"  # 机构人员管理
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDIT_ADMIN = "audit_admin"  # 审计管理员


_A = Act
_OPEN = {_A.VIEW, _A.RECEIVE}
_FRONT = _OPEN | {_A.ACCEPT, _A.NOTIFY, _A.REFUSE, _A.DELIVER, _A.ANSWER}
_BACK = {_A.VIEW, _A.NOTIFY, _A.REVIEW, _A.SUSPEND, _A.ANSWER}

KIND_ACTS: dict[PostKind, frozenset[Act]] = {
    PostKind.COMPREHENSIVE: frozenset((_FRONT - {_A.REFUSE, _A.ANSWER}) | {_A.DISPATCH}),
    PostKind.WINDOW: frozenset(_FRONT),
    PostKind.HANDLER: frozenset(_FRONT | _BACK),
    PostKind.EXAMINER: frozenset(_BACK),
    PostKind.APPROVER: frozenset(_BACK | {_A.REFUSE, _A.DECIDE, _A.REVOKE, _A.OVERSEE}),
    PostKind.CHIEF: frozenset({_A.VIEW}),
    PostKind.HEAD: frozenset(_BACK | {_A.REFUSE, _A.DECIDE, _A.REVOKE, _A.EXTEND, _A.OVERSEE}),
    PostKind.COUNTY_LEADER: frozenset({_A.VIEW, _A.EXTEND, _A.DECIDE, _A.OVERSEE}),
    PostKind.OVERSEER: frozenset({_A.VIEW, _A.OVERSEE}),
    PostKind.DELIVERY: frozenset({_A.VIEW, _A.DELIVER}),
    PostKind.CATALOGUE: frozenset({_A.MANAGE_ITEMS, _A.PUBLISH_ITEMS}),
    PostKind.ORGANISATION: frozenset({_A.MANAGE_ORGS}),
    PostKind.SYSTEM_ADMIN: frozenset({_A.MANAGE_SYSTEM}),
    PostKind.SECURITY_ADMIN: frozenset({_A.MANAGE_SECURITY}),
    PostKind.AUDIT_ADMIN: frozenset({_A.AUDIT, _A.READ_JOURNAL}),
}
"""What each kind of post may carry at most; a post carries some or all of it."""

LEADER_KINDS = frozenset({PostKind.APPROVER, PostKind.HEAD, PostKind.COUNTY_LEADER})
ADMIN_KINDS = frozenset({PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN})
_CASE_ACTS = frozenset(Act) - {
    Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS, Act.MANAGE_ORGS,
    Act.MANAGE_SYSTEM, Act.MANAGE_SECURITY, Act.AUDIT, Act.READ_JOURNAL,
}  # fmt: skip
MANDATE_ACTS = KIND_ACTS[PostKind.HANDLER] | {Act.DECIDE, Act.REVOKE}


@dataclass(frozen=True, slots=True)
class Post:
    """One post. ``organ`` is where it sits; ``all_organs`` widens it to every organ of ``area`` (综合窗口, 县领导)."""

    code: str
    name: str
    kind: PostKind
    organ: str
    area: str  # a prefix, as in Grant.area
    acts: frozenset[Act]
    items: frozenset[str] | None
    period: Period
    all_organs: bool = False


@law("行政许可法", "42(1)")
def check_post(kind: PostKind, acts: frozenset[Act]) -> tuple[FieldError, ...]:
    """The acts a post may not carry by its kind. Extension is for 本机关负责人 and 县领导 alone (第四十二条第一款)."""
    errors = []
    if not acts:
        errors.append(FieldError("acts", "岗位至少要有一项职责。"))
    for act in sorted(acts - KIND_ACTS[kind]):
        errors.append(FieldError("acts", f"“{kind}”类岗位不能承担“{act}”。"))
    return tuple(errors)


@law("行政许可法", "42(1)")
def check_authorisation(paper: Authorisation) -> tuple[FieldError, ...]:
    """What is wrong with a 授权书: no number, no end, no acts, or acts that cannot be handed to a representative.

    An extension is approved by 本机关负责人, never by the chief representative (第四十二条第一款).
    """
    errors = []
    if not paper.document_number.strip():
        errors.append(FieldError("document_number", "请填写授权书文号。"))
    if not paper.issued_by.strip():
        errors.append(FieldError("issued_by", "请填写授权人（本机关负责人）。"))
    if paper.period.last is None or paper.period.last < paper.period.first:
        errors.append(FieldError("period", "授权书必须有起止日期，且止不早于起。"))
    if not paper.acts:
        errors.append(FieldError("acts", "授权书至少授予一项职权。"))
    if Act.EXTEND in paper.acts:
        errors.append(FieldError("acts", "延期由本机关负责人批准，不能授权给首席代表（行政许可法第四十二条）。"))
    for act in sorted(paper.acts - MANDATE_ACTS - {Act.EXTEND}):
        errors.append(FieldError("acts", f"“{act}”不能写入首席代表授权书。"))
    if paper.items is not None and not paper.items:
        errors.append(FieldError("items", "请列明事项；全部事项请写“全部”。"))
    return tuple(errors)


def check_separation(held: Iterable[PostKind], new: PostKind) -> None:
    """Refused where one person would hold two of the three administrators, or one of them with case work (三员分立)."""
    others = set(held) - {new}
    if new in ADMIN_KINDS and others:
        clash = sorted(others)[0]
    else:
        clash = next(iter(sorted(others & ADMIN_KINDS)), PostKind(new))
    if clash != new:
        message = f"系统、安全、审计管理员须由不同的人担任，且不办业务：此人已任“{clash}”，不能再任“{new}”。"
        raise Refused("administrators_must_differ", message, Article("GB/T 22239"))
