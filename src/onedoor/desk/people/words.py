"""What posts carry, and what was done to people and accounts, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.access import queries as access
from onedoor.access.rules import Standing
from onedoor.desk.inbox.rows import post_name
from onedoor.kernel.actor import Act
from onedoor.ui import dates
from onedoor.ui.parts import Moment, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import StrOrPromise

    from onedoor.access.queries import ManagedAccount
    from onedoor.journal.rules import Recorded

ACTS: Final[Mapping[Act, StrOrPromise]] = {
    Act.VIEW: gettext_lazy("查看"),
    Act.RECEIVE: gettext_lazy("窗口收件"),
    Act.ACCEPT: gettext_lazy("受理"),
    Act.NOTIFY: gettext_lazy("告知补正"),
    Act.REFUSE: gettext_lazy("不予受理"),
    Act.REVIEW: gettext_lazy("审查"),
    Act.SUSPEND: gettext_lazy("特别程序"),
    Act.EXTEND: gettext_lazy("批准延期"),
    Act.DECIDE: gettext_lazy("决定"),
    Act.DELIVER: gettext_lazy("送达"),
    Act.REVOKE: gettext_lazy("撤销、注销"),
    Act.ANSWER: gettext_lazy("答复咨询"),
    Act.DISPATCH: gettext_lazy("派发咨询"),
    Act.OVERSEE: gettext_lazy("效能督查"),
    Act.MANAGE_ITEMS: gettext_lazy("起草事项"),
    Act.PUBLISH_ITEMS: gettext_lazy("审核发布事项"),
    Act.MANAGE_ORGS: gettext_lazy("机构人员管理"),
}
TONES: Final[Mapping[Standing, Tone]] = {
    Standing.INVITED: Tone.TODO,
    Standing.WEAK: Tone.TODO,
    Standing.USED: Tone.GO,
    Standing.LOCKED: Tone.WAIT,
    Standing.SUSPENDED: Tone.NONE,
}
FACTORS: Final[Mapping[str, StrOrPromise]] = {
    "totp": gettext_lazy("动态口令"),
    "webauthn": gettext_lazy("通行密钥"),
}
DONE: Final[Mapping[str, StrOrPromise]] = {
    "staff_enrolled": gettext_lazy("登记为工作人员"),
    "staff_discharged": gettext_lazy("办理离职"),
    "staff_appointed": gettext_lazy("任职：%(post)s"),
    "staff_relieved": gettext_lazy("免职：%(post)s"),
    "staff_authorised": gettext_lazy("授权为首席代表"),
    "authorisation_revoked": gettext_lazy("收回首席代表授权"),
    "certificate_registered": gettext_lazy("登记执法证号"),
    "cover_agreed": gettext_lazy("约定 AB 岗"),
    "cover_ended": gettext_lazy("结束 AB 岗"),
    "absence_declared": gettext_lazy("登记离岗"),
    "absence_ended": gettext_lazy("返岗"),
    "account_linked": gettext_lazy("关联账号"),
    "account_opened": gettext_lazy("开账号"),
    "enrolment_link_issued": gettext_lazy("签发登记链接"),
    "password_changed": gettext_lazy("设置密码"),
    "second_factor_enrolled": gettext_lazy("登记动态口令"),
    "credentials_reset": gettext_lazy("重置密码和动态口令"),
    "sessions_ended": gettext_lazy("全部退出登录"),
    "sign_in_locked": gettext_lazy("输错次数过多，暂停登录"),
    "sign_in_unlocked": gettext_lazy("解除暂停登录"),
    "account_suspended": gettext_lazy("停用账号"),
    "account_restored": gettext_lazy("恢复账号"),
}


def acts_words(acts: Iterable[Act]) -> str:
    """What a post carries, in the order of the work."""
    held = frozenset(acts)
    return "、".join(str(words) for act, words in ACTS.items() if act in held)


def standing_tag(account: ManagedAccount | None) -> Tag:
    """How far an account is."""
    if account is None:
        return Tag(_("没有账号"), Tone.NONE)
    return Tag(account.standing.label, TONES[account.standing])


def moments(facts: Iterable[Recorded]) -> tuple[Moment, ...]:
    """变动记录, the latest first: what, by whom, why."""
    ordered = sorted(facts, key=lambda fact: (fact.occurred_at, fact.id), reverse=True)
    names = access.names_of({fact.actor for fact in ordered})
    return tuple(
        Moment(_done(fact), fact.occurred_at, "；".join(filter(None, (names.get(fact.actor, _("平台")), _why(fact)))))
        for fact in ordered
    )


def _done(fact: Recorded) -> str:
    words = str(DONE.get(fact.kind, fact.kind))
    return words % {"post": post_name(str(fact.body.get("post", "")))} if "%(" in words else words


def _why(fact: Recorded) -> str:
    days = " – ".join(_day(fact.body[key]) for key in ("from", "to", "last_day") if fact.body.get(key))
    return "，".join(filter(None, (days, str(fact.body.get("reason") or fact.body.get("basis") or ""))))


def _day(value: object) -> str:
    return dates.plain_day(date.fromisoformat(str(value)), year=True)
