"""Who acts, for whom, through which channel, and what the law lets them do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Act(StrEnum):
    """The legal acts (法律行为) that a grant may cover. Names are stable: they stand in the journal."""

    VIEW = "view"  # 查看
    SUBMIT = "submit"  # 申请
    SUPPLEMENT = "supplement"  # 补正
    WITHDRAW = "withdraw"  # 撤回
    RATE = "rate"  # 评价
    RECEIVE = "receive"  # 窗口收件（代为录入）
    ACCEPT = "accept"  # 受理
    NOTIFY = "notify"  # 一次性告知补正
    REFUSE = "refuse"  # 不受理、不予受理
    REVIEW = "review"  # 审查
    SUSPEND = "suspend"  # 特别程序
    EXTEND = "extend"  # 批准延期
    DECIDE = "decide"  # 决定
    DELIVER = "deliver"  # 送达
    REVOKE = "revoke"  # 撤销、注销
    ANSWER = "answer"  # 答复咨询
    DISPATCH = "dispatch"  # 派发咨询
    OVERSEE = "oversee"  # 效能督查
    MANAGE_ITEMS = "manage_items"  # 事项管理（起草）
    PUBLISH_ITEMS = "publish_items"  # 事项审核发布
    MANAGE_ORGS = "manage_orgs"  # 机构人员管理
    MANAGE_SYSTEM = "manage_system"  # 系统管理员
    MANAGE_SECURITY = "manage_security"  # 安全管理员
    AUDIT = "audit"  # 审计管理员
    READ_JOURNAL = "read_journal"  # 读取日志（系统间）


class ActorKind(StrEnum):
    """What sort of actor this is."""

    ANONYMOUS = "anonymous"
    CITIZEN = "citizen"
    STAFF = "staff"
    CLIENT = "client"  # another system
    SYSTEM = "system"  # the platform itself (sweeper, follower)


class Channel(StrEnum):
    """申请与办理渠道 (GB/T 39046 A.5)."""

    WINDOW = "window"
    WEB = "web"
    MOBILE = "mobile"
    POST = "post"
    API = "api"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Grant:
    """What one post (岗位) or 授权书 allows: acts × organ × area × items. ``None`` = no restriction."""

    post: str
    acts: frozenset[Act]
    organ: str | None
    area: str  # a division code without its trailing zeros: "530524", "530524101"
    items: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Representation:
    """Someone this citizen may act for (自己, 企业, 子女, 委托人): a party and the acts covered."""

    party: str  # "person:17", "entity:4"
    name: str
    acts: frozenset[Act]
    basis: str  # "本人", "法定代表人", "监护", "委托", "查询密码"
    items: frozenset[str] | None = None  # only these items; None = all
    case: str | None = None  # only this case: whoever holds its number and query password


@dataclass(frozen=True, slots=True)
class Target:
    """What an act is aimed at. Every case-bound row carries these."""

    organs: frozenset[str]
    area: str
    applicant: str | None = None
    item: str | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts. ``ref`` is stable: "account:12", "client:abc", "system:sweeper", "anonymous"."""

    ref: str
    name: str
    kind: ActorKind
    channel: Channel
    grants: tuple[Grant, ...] = ()
    represents: tuple[Representation, ...] = ()
    simulated: bool = False  # 示例: acts under a simulated clock, in a demo only

    def may(self, act: Act, target: Target) -> bool:
        """Deny by default: true only where one grant or one representation covers act and target."""
        if self.kind is ActorKind.SYSTEM:
            return True
        return self._represents(act, target) or any(covers(grant, act, target) for grant in self.grants)

    def _represents(self, act: Act, target: Target) -> bool:
        return any(
            r.party == target.applicant
            and act in r.acts
            and r.case in {None, target.case}
            and (r.items is None or target.item in r.items)
            for r in self.represents
        )

    def through(self, channel: Channel) -> Actor:
        """The same actor by another channel; of one that is found out late, too."""
        return replace(self, channel=channel)

    def has(self, act: Act) -> bool:
        """Whether any grant allows this act somewhere: for menus, never for decisions."""
        return any(act in grant.acts for grant in self.grants)


def covers(grant: Grant, act: Act, target: Target) -> bool:
    """Whether one grant allows this act on this target."""
    return (
        act in grant.acts
        and (grant.organ is None or grant.organ in target.organs)
        and target.area.startswith(grant.area)
        and (grant.items is None or target.item in grant.items)
    )


def system(name: str) -> Actor:
    """The platform itself, e.g. ``system("sweeper")``."""
    return Actor(f"system:{name}", "平台", ActorKind.SYSTEM, Channel.SYSTEM)


ANONYMOUS = Actor("anonymous", "访客", ActorKind.ANONYMOUS, Channel.WEB)
