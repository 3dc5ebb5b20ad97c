"""Who may act for whom: the legal representative, a company's agent, a parent, another person by written mandate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onedoor.kernel.actor import Act, Actor, ActorKind, Representation, Target
from onedoor.kernel.errors import FieldError, Forbidden, Invalid
from onedoor.kernel.law import law

APPLICANT_ACTS = frozenset({Act.VIEW, Act.SUBMIT, Act.SUPPLEMENT, Act.WITHDRAW, Act.RATE})
ADULT_YEARS = 18  # 民法典 §17


class MandateKind(StrEnum):
    """Why one party may act for another."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    COMPANY_AGENT = "company_agent"
    GUARDIAN = "guardian"
    DELEGATION = "delegation"

    @property
    def label(self) -> str:
        """The Chinese term, as it stands in ``Representation.basis``."""
        return {
            "legal_representative": "法定代表人",
            "company_agent": "经办人",
            "guardian": "监护",
            "delegation": "委托",
        }[self.value]


@dataclass(frozen=True, slots=True)
class MandateTerms:
    """The content of a mandate (民法典 §165: 代理人、代理事项、权限和期限). ``items`` None = all items."""

    kind: MandateKind
    principal: str
    agent: str
    acts: frozenset[Act]
    valid_from: date
    valid_to: date | None
    items: frozenset[str] | None = None
    evidence: str = ""  # id of the scanned paper in the vault


@law("民法典", 17, 165)
def check_terms(terms: MandateTerms, *, on: date, principal_born: date | None = None) -> None:
    """Every fault of a mandate at once. A 委托 or 经办人 needs an end; a guardian's ends when the child comes of age.

    Raises Invalid.
    """
    errors = [*_party_errors(terms), *_scope_errors(terms), *_period_errors(terms, on)]
    if terms.kind is MandateKind.GUARDIAN:
        errors += _guardian_errors(terms, on, principal_born)
    if errors:
        raise Invalid(errors)


def _party_errors(terms: MandateTerms) -> list[FieldError]:
    errors = []
    company = terms.kind in (MandateKind.LEGAL_REPRESENTATIVE, MandateKind.COMPANY_AGENT)
    if company != terms.principal.startswith("entity:"):
        errors.append(
            FieldError("principal", f"{terms.kind.label}的被代理方应是{'企业或组织' if company else '个人'}。")
        )
    if not terms.agent.startswith("person:"):
        errors.append(FieldError("agent", "代理人应是个人。"))
    if terms.agent == terms.principal:
        errors.append(FieldError("agent", "本人办理不需要委托。"))
    return errors


def _scope_errors(terms: MandateTerms) -> list[FieldError]:
    errors = []
    if not terms.acts:
        errors.append(FieldError("acts", "请至少选择一项代理权限。"))
    if not terms.acts <= APPLICANT_ACTS:
        errors.append(FieldError("acts", "代理权限只能是申请人可以做的事：查看、申请、补正、撤回、评价。"))
    if terms.items is not None and not terms.items:
        errors.append(FieldError("items", "请选择委托办理的事项，或选择“全部事项”。"))
    return errors


def _period_errors(terms: MandateTerms, on: date) -> list[FieldError]:
    if terms.valid_to is None:
        needs_end = terms.kind in (MandateKind.DELEGATION, MandateKind.COMPANY_AGENT)
        return [FieldError("valid_to", "请写明委托到哪一天为止。")] if needs_end else []
    if terms.valid_to < terms.valid_from:
        return [FieldError("valid_to", "结束日期不能早于开始日期。")]
    if terms.valid_to < on:
        return [FieldError("valid_to", "结束日期已经过去。")]
    return []


def _guardian_errors(terms: MandateTerms, on: date, born: date | None) -> list[FieldError]:
    if born is None:
        return [FieldError("principal", "未登记被监护人的出生日期，请先在自然人库补登。")]
    adult = _birthday(born, ADULT_YEARS)
    if adult <= on:
        return [FieldError("principal", "被监护人已满十八周岁；成年人的监护请凭法院文书到窗口办理。")]
    if terms.valid_to is None or terms.valid_to >= adult:
        return [FieldError("valid_to", f"监护代理最迟到 {adult:%Y-%m-%d} 前一日（年满十八周岁）为止。")]
    return []


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # born on 29 February
        return date(born.year + years, 3, 1)


@law("民法典", "161", "169")
def check_granter(terms: MandateTerms, *, by: Actor, place: Target | None) -> None:
    """Who may give it: the principal in person, the legal representative for the company, or a clerk with the paper.

    An agent cannot pass the mandate on (转委托, §169). Raises Forbidden or Invalid.
    """
    if by.kind is ActorKind.SYSTEM:
        return
    if by.kind is ActorKind.STAFF:
        _check_counter(terms, by, place)
        return
    online = {MandateKind.DELEGATION: "本人", MandateKind.COMPANY_AGENT: MandateKind.LEGAL_REPRESENTATIVE.label}
    basis = online.get(terms.kind)
    if basis is None:
        raise Forbidden(f"{terms.kind.label}关系须携带证件和证明材料到窗口登记。")
    if not any(r.party == terms.principal and r.basis == basis for r in by.represents):
        raise Forbidden("只有本人可以委托他人，只有法定代表人可以授权经办人；代理人不能再转委托。")


def _check_counter(terms: MandateTerms, by: Actor, place: Target | None) -> None:
    if place is None or not by.may(Act.RECEIVE, place):
        raise Forbidden("只有窗口收件人员可以登记纸质委托。")
    if not terms.evidence:
        raise Invalid([FieldError("evidence", "请扫描上传委托书或证明材料和双方身份证件。")])


@law("民法典", "173.2")
def check_revoker(principal: str, agent: str, *, by: Actor, place: Target | None) -> None:
    """The principal takes back, the agent gives up, a clerk records it at the counter. Raises Forbidden."""
    if by.kind is ActorKind.SYSTEM or (place is not None and by.may(Act.RECEIVE, place)):
        return
    own = {r.party for r in by.represents if r.basis in ("本人", MandateKind.LEGAL_REPRESENTATIVE.label)}
    if not own & {principal, agent}:
        raise Forbidden("只有委托人本人、代理人本人或窗口可以解除委托。")


def representation(terms: MandateTerms, name: str) -> Representation:
    """What a valid mandate lets the agent do."""
    return Representation(terms.principal, name, terms.acts & APPLICANT_ACTS, terms.kind.label, items=terms.items)
