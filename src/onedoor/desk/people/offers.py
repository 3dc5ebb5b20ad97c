"""Which acts the page of a person or an account offers: what the actor may do to it as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.access import queries as access
from onedoor.access.rules import Standing
from onedoor.desk.inbox.rows import post_name
from onedoor.desk.people.words import acts_words
from onedoor.kernel.actor import Act, Target
from onedoor.kernel.journey import Form, Option, Page, Question, QuestionKind
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules.posts import ADMIN_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from onedoor.access.queries import ManagedAccount, Officer
    from onedoor.kernel.actor import Actor
    from onedoor.orgs.rules import Assignment, Staff

EVERYWHERE = Target(frozenset(), "")


@dataclass(frozen=True, slots=True)
class Offer:
    """One act: its label, the button's words, what it means, its questions (keyed "act-field"), what stands in them."""

    key: str
    label: str
    button: str
    hint: str = ""
    questions: tuple[Question, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    due: bool = False  # what is owed now: it stands open

    @property
    def form(self) -> Form:
        """The questions as a form that can be cleaned."""
        return Form((Page(self.key, self.label, self.questions),))


def offers_of(one: Officer, *, by: Actor, on: date) -> tuple[Offer, ...]:
    """What this actor may do to a member of staff and their account; what is next first."""
    own = one.account is not None and one.account.ref == by.ref
    staffing = () if own or not access.manages(by, orgs.organ(one.staff.organ)) else _staffing(one.staff, on)
    opening = _opening(one.account, one.staff, by=by) if one.staff.period.holds(on) else ()
    return (*opening, *staffing, *account_offers(one.account, by=by))


def _opening(account: ManagedAccount | None, staff: Staff, *, by: Actor) -> Iterator[Offer]:
    if not by.may(Act.MANAGE_SYSTEM, EVERYWHERE):
        return
    told = _("链接只显示这一次，请当面交给本人；一天内有效，只能用一次。本人打开后设密码，登录时登记动态口令。")
    if account is None:
        name = Question("invite-username", _("用户名"), QuestionKind.TEXT, max_length=32)
        values = {name.key: staff.job_number.lower()}
        yield Offer("invite", _("开账号"), _("开账号并签发登记链接"), told, (name,), values, due=True)
    elif account.standing is Standing.INVITED:
        yield Offer("link", _("重新签发登记链接"), _("签发登记链接"), told, due=True)


def _staffing(staff: Staff, on: date) -> Iterator[Offer]:
    held = [one for one in orgs.assignments(staff_id=staff.id) if one.period.last is None or one.period.last >= on]
    if staff.period.last is None or staff.period.last >= on:
        yield _appoint(staff, on, due=not held)
        if held:
            yield _relieve(held, on)
        reason = _("任职到这一天全部结束，从第二天起不能再办件。账号请安全管理员停用。")
        last = _day("discharge-period", _("最后一天"))
        yield Offer("discharge", _("离职"), _("登记离职"), reason, (last,), {last.key: on.isoformat()})


def _appoint(staff: Staff, on: date, *, due: bool) -> Offer:
    able = [post for post in orgs.posts(staff.organ, on) if post.kind not in ADMIN_KINDS]
    options = tuple(Option(post.code, post.name, acts_words(post.acts)) for post in able)
    questions = (
        Question("appoint-post", _("岗位"), QuestionKind.CHOICE, options=options),
        _day("appoint-period", _("从哪一天起")),
        _day("appoint-until", _("到哪一天（含当天）"), required=False, hint=_("不填就是长期。")),
        Question(
            "appoint-basis", _("任职依据"), QuestionKind.TEXT, max_length=120, hint=_("文号，或者谁在哪天决定的。")
        ),
    )
    values = {"appoint-period": on.isoformat()}
    return Offer("appoint", _("任职"), _("登记任职"), "", questions, values, due=due)


def _relieve(held: list[Assignment], on: date) -> Offer:
    options = tuple(Option(str(one.id), post_name(one.post)) for one in held)
    questions = (
        Question("relieve-post", _("免去哪个岗位"), QuestionKind.CHOICE, options=options),
        _day("relieve-period", _("最后一天")),
        Question("relieve-reason", _("免职依据或者原因"), QuestionKind.TEXT, max_length=120),
    )
    return Offer("relieve", _("免职"), _("登记免职"), "", questions, {"relieve-period": on.isoformat()})


def account_offers(account: ManagedAccount | None, *, by: Actor) -> Iterator[Offer]:
    """What the security administrator may do to an account, never to their own."""
    if account is None or account.ref == by.ref or not by.may(Act.MANAGE_SECURITY, EVERYWHERE):
        return
    if account.standing is Standing.LOCKED:
        told = _("请先确认是本人输错，不是别人在试密码。")
        yield Offer("unlock", _("解除暂停登录"), _("解除暂停"), told, due=True)
    if account.standing is Standing.SUSPENDED:
        yield Offer("restore", _("恢复账号"), _("恢复账号"), "", (_reason("restore"),))
        return
    if account.standing is not Standing.INVITED:
        again = _("请先当面核对本人。密码和动态口令马上作废，本人用新的登记链接重新设置，链接由系统管理员签发。")
        yield Offer("reset", _("重置密码和动态口令"), _("重置"), again)
        yield Offer("end_sessions", _("全部退出登录"), _("全部退出"), _("在别的电脑、手机上的登录马上结束，密码不变。"))
    yield Offer("suspend", _("停用账号"), _("停用账号"), _("不能再登录，已经登录的马上失效。"), (_reason("suspend"),))


def _reason(act: str) -> Question:
    return Question(f"{act}-reason", _("理由"), QuestionKind.TEXT, max_length=200)


def _day(key: str, label: str, *, required: bool = True, hint: str = "") -> Question:
    return Question(key, label, QuestionKind.DATE, required=required, hint=hint)
