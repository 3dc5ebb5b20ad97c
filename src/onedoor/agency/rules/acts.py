"""May this act happen to an errand, and what follows. Each function returns the events, or raises.

代办不收费; the agent never accepts, examines or decides that case (回避, DOMAIN 帮办代办).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onedoor.agency.rules import events as e
from onedoor.agency.rules.values import Errand, How, Proof, State
from onedoor.kernel.actor import Act, Actor, ActorKind, Grant, Target
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, Refused
from onedoor.kernel.law import law

LONGEST_TEXT = 500
TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Waiting:
    """From a day on: how many days an errand waits for its confirmation, how many before its last day the applicant
    is reminded, and why.
    """

    since: date
    days: int
    remind: int
    basis: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The county's rules of agency."""

    waiting: tuple[Waiting, ...]
    digits: int
    tries: int
    sends: int

    def rule(self, on: date) -> Waiting:
        """The rule in force on a day. Refused where there is none."""
        found = [each for each in self.waiting if each.since <= on]
        if not found:
            raise Refused("no_rule", "这一天还没有代办确认期限的规定，请联系系统管理员登记。")
        return max(found, key=lambda each: each.since)

    def expires(self, on: date) -> date:
        """The last day on which what is prepared on this day may be confirmed."""
        return on + timedelta(days=self.rule(on).days)


def terms_of(tree: Mapping[str, Any]) -> Terms:
    """A county's data file as rules. Raises KeyError or TypeError for a file that is not one."""
    rows: Sequence[Mapping[str, Any]] = tree["waiting"]
    code: Mapping[str, int] = tree["code"]
    waiting = tuple(Waiting(row["from"], row["days"], row["remind"], row["basis"]) for row in rows)
    return Terms(waiting, code["digits"], code["tries"], code["sends"])


def agent_grant(by: Actor, area: str) -> Grant:
    """The post by which somebody is an agent for this place: receiving in this township or village. Forbidden else."""
    for grant in by.grants:
        if Act.RECEIVE in grant.acts and len(grant.area) >= TOWNSHIP_DIGITS and area.startswith(grant.area[:9]):
            return grant
    raise Forbidden("代办由本乡镇、本村（社区）的代办员办理。这位群众不在您服务的地方，请联系他所在的乡镇或者村。")


def is_agent(by: Actor) -> bool:
    """Whether somebody is an agent anywhere: for menus, never for decisions."""
    return any(Act.RECEIVE in grant.acts and len(grant.area) >= TOWNSHIP_DIGITS for grant in by.grants)


def target_of(errand: Errand) -> Target:
    """What looking at an errand, or calling back for it, is aimed at: the station and the place."""
    return Target(frozenset({errand.station}), errand.area, errand.applicant, errand.item)


def is_applicant(errand: Errand, by: Actor) -> bool:
    """Whether this is the applicant in person, or who heads the applicant."""
    return any(r.party == errand.applicant and r.basis in {"本人", "法定代表人"} for r in by.represents)


@law("民法典", 165)
def may_be_done_for(*, offered: bool, name: str) -> None:
    """Only what the catalogue marks 可代办; what needs the person's own presence is Refused."""
    if not offered:
        raise Refused("in_person", f"“{name}”须由本人办理或者本人到场，不能代办。可以帮他预约、准备材料。")


def ask_confirmation(errand: Errand, terms: Terms, on: date) -> tuple[e.Event, ...]:
    """发确认码: while it waits, as often as the rule allows."""
    _waiting(errand, on)
    if errand.codes >= terms.sends:
        raise Refused("sent_often", "确认码已经发了多次。请改用纸上签名，或者请政务大厅回拨电话。")
    return (e.ConfirmationAsked(count=errand.codes + 1),)


def check_confirmation(errand: Errand, *, how: How, by: Actor, on: date, evidence: str, note: str) -> None:
    """Whether this confirmation counts: it comes over a second channel, never from the agent's word alone."""
    _waiting(errand, on)
    if how is How.ONLINE and not is_applicant(errand, by):
        raise Forbidden("只有申请人本人可以在网上确认。")
    if how is How.PAPER and not evidence:
        raise Invalid([FieldError("paper", "请上传本人签了名的申请表的扫描件或者照片。")])
    if how is How.CALLBACK:
        if by.ref == errand.agent:
            raise Refused("own_errand", "回拨电话由代办人以外的工作人员打。")
        if by.kind is not ActorKind.STAFF or not by.may(Act.RECEIVE, target_of(errand)):
            raise Forbidden
        if len(note.strip()) < 4:
            raise Invalid([FieldError("note", "请写明打给谁、什么时候打的、本人怎么说。")])
    if len(note) > LONGEST_TEXT or "\0" in note:
        raise Invalid([FieldError("note", f"请控制在 {LONGEST_TEXT} 字以内。")])


def refuse(errand: Errand, *, by: Actor, on: date, reason: str) -> tuple[e.Event, ...]:
    """本人不同意: told by the applicant, or recorded by the agent or an officer of the place."""
    _waiting(errand, on)
    if len(reason) > LONGEST_TEXT or "\0" in reason:
        raise Invalid([FieldError("reason", f"请控制在 {LONGEST_TEXT} 字以内。")])
    officer = by.name if by.kind is ActorKind.STAFF else ""
    return (e.ErrandRefused(officer=officer, reason=reason.strip() or None),)


def withdraw(errand: Errand, *, by: Actor, on: date, reason: str) -> tuple[e.Event, ...]:
    """代办人撤销, with the reason: something was filled in wrongly, or the villager comes in person."""
    _waiting(errand, on)
    if by.ref != errand.agent:
        raise Forbidden("只有代办人可以撤销。申请人不同意的，请登记“本人不同意”。")
    if not reason.strip() or len(reason) > LONGEST_TEXT or "\0" in reason:
        raise Invalid([FieldError("reason", f"请写明理由，{LONGEST_TEXT} 字以内。")])
    return (e.ErrandWithdrawn(reason=reason.strip()),)


def remind(errand: Errand, terms: Terms, on: date) -> tuple[e.Event, ...]:
    """提醒: shortly before the last day, once."""
    near = errand.expires - timedelta(days=terms.rule(on).remind) <= on <= errand.expires
    if errand.state is not State.WAITING or errand.reminded or not near:
        return ()
    return (e.ConfirmationReminded(on=on),)


def lapse(errand: Errand, on: date) -> tuple[e.Event, ...]:
    """到期: after the last day, once."""
    if errand.state is not State.WAITING or on <= errand.expires:
        return ()
    return (e.ErrandLapsed(on=on),)


def ask_takeover(errand: Errand, terms: Terms, *, by: Actor) -> tuple[e.Event, ...]:
    """转回本人, offered by the agent or asked for by the applicant: a code goes to the applicant's own phone.

    Each so many times: whatever the agent does, the applicant may end the agency (民法典 §173).
    """
    _handed_in(errand)
    if by.ref != errand.agent and not is_applicant(errand, by):
        raise Forbidden("只有代办人和申请人本人可以要求转回本人。")
    if by.ref != errand.agent:
        _own_account(by)
    sent = errand.offers if by.ref == errand.agent else errand.asks - errand.offers
    if sent >= terms.sends:
        raise Refused("sent_often", "确认码已经发了多次，不能再发。请用最后收到的那个；没有收到的，打代办站的电话。")
    return (e.TakeoverAsked(count=errand.asks + 1),)


@law("民法典", "173.2")
def take_over(errand: Errand, *, by: Actor, on: date) -> tuple[e.Event, ...]:
    """转回本人: under an account of the applicant's own, after the code from their phone; the agency is over."""
    _handed_in(errand)
    _own_account(by)
    if not is_applicant(errand, by):
        raise Forbidden("只有申请人本人可以接着办。")
    return (e.ErrandTakenOver(on=on),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the applicant showed at the window: which proof, and the 公民身份号码 on it; four digits are kept."""

    proof: Proof
    number: str
    reason: str


@law("民法典", "173.2")
def end_at_window(errand: Errand, shown: Shown, *, by: Actor, on: date, own: bool) -> tuple[e.Event, ...]:
    """当面结束代办: no code reaches the applicant any more, or there is no telephone. By staff who receive at the place
    and are not the agent. ``own``: the number is the applicant's, or that of whoever heads it.
    """
    _handed_in(errand)
    if by.ref == errand.agent:
        raise Refused("own_errand", "结束代办由代办人以外的工作人员当面办理。")
    if by.kind is not ActorKind.STAFF or not by.may(Act.RECEIVE, target_of(errand)):
        raise Forbidden
    reason = shown.reason.strip()
    errors = [] if own else [FieldError("number", "证件号码不是这位申请人的。请核对证件，照着重新输入。")]
    if not reason or len(reason) > LONGEST_TEXT or "\0" in reason:
        errors.append(FieldError("reason", f"请写明为什么当面办，{LONGEST_TEXT} 字以内。"))
    if errors:
        raise Invalid(errors)
    ended = e.ErrandEndedAtWindow(on=on, officer=by.name, proof=shown.proof, last_four=shown.number[-4:], reason=reason)
    return (ended,)


def _own_account(by: Actor) -> None:
    if by.kind is not ActorKind.CITIZEN or by.ref.startswith("bearer:"):
        raise Refused("own_account", "接着办要用您自己的账号。请先登录；没有账号的先注册，几分钟就好。")


def _handed_in(errand: Errand) -> None:
    if errand.state is not State.SUBMITTED:
        raise Refused("not_submitted", "这次代办没有提交的申请，或者已经转回本人。请刷新页面。")


def _waiting(errand: Errand, on: date) -> None:
    if errand.state is not State.WAITING:
        raise Refused("not_waiting", "这次代办已经结束。请刷新页面。")
    if on > errand.expires:
        raise Refused("lapsed", "这次代办已经过了确认期限，申请没有提交。需要的请重新代办。")
