"""Persons (自然人) and legal entities (法人) as values; what may be registered and what is shown in lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onedoor.kernel.actor import Act, Actor, ActorKind, Representation, Target, covers
from onedoor.kernel.errors import FieldError
from onedoor.kernel.law import law

NAME_LENGTH = 60


class PartyKind(StrEnum):
    """What sort of party a case has."""

    PERSON = "person"
    ENTITY = "entity"


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


class Source(StrEnum):
    """Where a registered value comes from."""

    SELF = "self"  # 本人填报
    WINDOW = "window"  # 窗口核验证件
    SHARED = "shared"  # 部门共享
    IMPORT = "import"  # 导入
    SAMPLE = "sample"  # 示例


class EntityKind(StrEnum):
    """法人类别."""

    COMPANY = "company"  # 企业
    SOLE_TRADER = "sole_trader"  # 个体工商户
    COOPERATIVE = "cooperative"  # 农民专业合作社
    INSTITUTION = "institution"  # 事业单位
    ASSOCIATION = "association"  # 社会组织
    ORGAN = "organ"  # 机关
    VILLAGE = "village"  # 基层群众性自治组织、集体经济组织


class EntityStatus(StrEnum):
    """登记状态."""

    ACTIVE = "active"  # 存续
    REVOKED = "revoked"  # 吊销
    CANCELLED = "cancelled"  # 注销


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is recorded of a person and may change. Area: 12-digit code of the household, "" = unknown."""

    name: str
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    area: str = ""
    address: str = ""
    phone: str = ""
    source: Source = Source.SELF


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFacts:
    """What is recorded of a legal entity and may change. ``legal_representative`` is "person:<id>" or ""."""

    name: str
    kind: EntityKind
    legal_representative: str = ""
    area: str = ""
    address: str = ""
    phone: str = ""
    status: EntityStatus = EntityStatus.ACTIVE
    source: Source = Source.SELF


@dataclass(frozen=True, slots=True)
class Party:
    """A party as lists and cases show it: the number masked."""

    ref: str
    kind: PartyKind
    name: str
    masked_number: str
    area: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person with everything in clear: only given out against a ``Reading``."""

    ref: str
    id_number: str
    facts: PersonFacts
    valid_from: date


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Whoever a number belongs to: the name to call them by and the phone to reach them, and nothing else."""

    ref: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """A legal entity; what stands in its registration is public, its phone is not in lists."""

    ref: str
    uscc: str
    facts: EntityFacts
    valid_from: date


@dataclass(frozen=True, slots=True)
class Reading:
    """Why personal data is read: a purpose in words, the case, and what that case is aimed at."""

    purpose: str
    at: datetime
    case: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """Who read what about a party, when, and why: shown to the party."""

    at: datetime
    by: str
    by_name: str
    party: str
    purpose: str
    case: str
    fields: tuple[str, ...]


@law("个人信息保护法", 6)
def may_read(by: Actor, ref: str, reading: Reading) -> bool:
    """Whether this actor may read this party for this purpose (第六条: 明确、合理的目的，最小范围).

    The party itself; whoever represents it, as far as the mandate reaches (权限内, 民法典第一百六十二条); the
    platform; staff only through a case they may look at, or at a window that receives for it. A purpose must be stated.
    """
    if not reading.purpose.strip():
        return False
    if by.kind is ActorKind.SYSTEM or any(_reaches(r, ref, reading) for r in by.represents):
        return True
    target = reading.target
    if target is None or not (reading.case or Act.RECEIVE in {a for g in by.grants for a in g.acts}):
        return False
    return any(covers(grant, act, target) for grant in by.grants for act in (Act.VIEW, Act.RECEIVE))


def _reaches(held: Representation, ref: str, reading: Reading) -> bool:
    """Whether a representation lets its holder look at the party: limits to items or to one case bind here too."""
    item = reading.target.item if reading.target else None
    return (
        held.party == ref
        and Act.VIEW in held.acts
        and (held.items is None or item in held.items)
        and held.case in {None, reading.case}
    )


@law("个人信息保护法", 44, 45)
def readable_cases(by: Actor, ref: str) -> frozenset[str] | None:
    """Of which cases this actor may know who read the party's data: None = of all and of none in particular.

    A mandate for certain items shows none: a reading does not say for which item it was.
    """
    mine = [held for held in by.represents if held.party == ref and Act.VIEW in held.acts and held.items is None]
    if any(held.case is None for held in mine):
        return None
    return frozenset(held.case for held in mine if held.case)


def mask(number: str) -> str:
    """All but the first six and last two characters: 530524********21; short numbers keep one at each end."""
    if len(number) < 12:
        return number[:1] + "*" * max(len(number) - 2, 0) + number[-1:] if len(number) > 1 else "*"
    return number[:6] + "*" * (len(number) - 8) + number[-2:]


def born_on(id_number: str) -> date | None:
    """The birth date inside an 18-digit 公民身份号码 (GB 11643), None where there is none."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def sex_of(id_number: str) -> Sex:
    """The 17th digit of a 公民身份号码: odd is male."""
    digit = id_number[16:17]
    if not digit.isdigit():
        return Sex.UNKNOWN
    return Sex.MALE if int(digit) % 2 else Sex.FEMALE


def check_person(facts: PersonFacts, *, on: date) -> tuple[FieldError, ...]:
    """What is wrong with a person's facts on a day; nothing = ()."""
    errors = _check_name(facts.name, "姓名")
    if facts.birth_date is not None and facts.birth_date > on:
        errors.append(FieldError("birth_date", f"出生日期 {facts.birth_date} 在今天之后，请核对。"))
    return (*errors, *_check_contact(facts.area, facts.phone, facts.address))


def check_entity(facts: EntityFacts) -> tuple[FieldError, ...]:
    """What is wrong with an entity's facts; nothing = ()."""
    errors = _check_name(facts.name, "名称")
    ref = facts.legal_representative
    if ref and not (ref.startswith("person:") and ref[7:].isdigit()):
        errors.append(FieldError("legal_representative", "法定代表人应是已登记的自然人。"))
    return (*errors, *_check_contact(facts.area, facts.phone, facts.address))


def _check_name(name: str, label: str) -> list[FieldError]:
    if not name.strip() or name != name.strip():
        return [FieldError("name", f"请填写{label}，前后不要有空格。")]
    if len(name) > NAME_LENGTH * (2 if label == "名称" else 1):
        return [FieldError("name", f"{label}过长，请核对。")]
    if any(ord(char) < ord(" ") for char in name):
        return [FieldError("name", f"{label}中有不可见的控制字符，请重新填写。")]
    return []


def _check_contact(area: str, phone: str, address: str) -> list[FieldError]:
    errors = []
    if area and not (len(area) == 12 and area.isdigit()):
        errors.append(FieldError("area", "区划代码应为 12 位数字。"))
    if phone and not (phone.replace("-", "").replace("+", "").isdigit() and 7 <= len(phone) <= 20):
        errors.append(FieldError("phone", "电话号码应为 7 至 20 位数字，可含短横线。"))
    if len(address) > 200 or "\0" in address:
        errors.append(FieldError("address", "地址过长或含有不可见字符，请核对。"))
    return errors


def person_fields(record: PersonRecord) -> Mapping[str, str]:
    """The keys that forms ask for, filled from a person."""
    facts = record.facts
    return {
        "person.name": facts.name,
        "person.id_number": record.id_number,
        "person.sex": facts.sex.value,
        "person.birth_date": facts.birth_date.isoformat() if facts.birth_date else "",
        "person.phone": facts.phone,
        "person.area": facts.area,
        "person.address": facts.address,
    }


def entity_fields(record: EntityRecord) -> Mapping[str, str]:
    """The keys that forms ask for, filled from a legal entity."""
    facts = record.facts
    return {
        "entity.name": facts.name,
        "entity.uscc": record.uscc,
        "entity.kind": facts.kind.value,
        "entity.area": facts.area,
        "entity.address": facts.address,
        "entity.phone": facts.phone,
        "entity.status": facts.status.value,
    }
