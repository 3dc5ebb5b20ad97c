"""Who stands here: numbers looked up in the registers, and whoever is not known yet entered from the document shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.hall.rules import place_of
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise, why_not_id_number, why_not_uscc
from onedoor.kernel.errors import FieldError, Forbidden, Invalid
from onedoor.kernel.journey import Form, Option, Page, Question, QuestionKind, clean_page
from onedoor.registries import commands
from onedoor.registries import queries as registries
from onedoor.registries.rules import EntityFacts, EntityKind, PartyKind, PersonFacts, Reading, Source
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.http import QueryDict

    from onedoor.kernel.actor import Actor

PURPOSE = "窗口收件：核对来办人的身份"
KIND_NAMES = {
    EntityKind.COMPANY: gettext_lazy("企业"),
    EntityKind.SOLE_TRADER: gettext_lazy("个体工商户"),
    EntityKind.COOPERATIVE: gettext_lazy("农民专业合作社"),
    EntityKind.INSTITUTION: gettext_lazy("事业单位"),
    EntityKind.ASSOCIATION: gettext_lazy("社会组织"),
    EntityKind.ORGAN: gettext_lazy("机关"),
    EntityKind.VILLAGE: gettext_lazy("村（社区）组织、集体经济组织"),
}
TITLES = {
    "applicant": gettext_lazy("申请人"),
    "stands": gettext_lazy("来办的人"),
    "head": gettext_lazy("法定代表人（负责人）"),
}


def numbers_asked(*, head: bool) -> tuple[Question, ...]:
    """Whose numbers a visit asks besides the applicant's; ``head``: of a company that the register does not know."""
    hint = _("本人来办的不填；单位必填。")
    stands = Question("stands", _("来办的人的身份证号码"), QuestionKind.ID_NUMBER, required=False, hint=hint)
    if not head:
        return (stands,)
    unknown = _("法人库里没有这个单位，请登记。")
    return (stands, Question("head", _("法定代表人（负责人）的身份证号码"), QuestionKind.ID_NUMBER, hint=unknown))


def _contact() -> tuple[Question, ...]:
    elsewhere, precise = _("不在本县的不选。"), _("写到村组或者门牌号。")
    return (
        Question("phone", _("电话"), QuestionKind.PHONE, required=False),
        Question("area", _("户籍或住所所在地"), QuestionKind.AREA, required=False, hint=elsewhere),
        Question("address", _("地址"), QuestionKind.ADDRESS, required=False, hint=precise),
    )


def _person() -> tuple[Question, ...]:
    return (Question("name", _("姓名"), QuestionKind.PERSON_NAME), *_contact())


def _entity() -> tuple[Question, ...]:
    kinds = tuple(Option(str(kind), str(name)) for kind, name in KIND_NAMES.items())
    return (
        Question("name", _("名称"), QuestionKind.TEXT, max_length=120),
        Question("kind", _("类别"), QuestionKind.CHOICE, options=kinds),
        *_contact(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One party of a visit: known to the register (``ref``), or to be entered now."""

    role: str
    number: str
    kind: PartyKind
    ref: str = ""

    @property
    def title(self) -> str:
        """What this party is here."""
        return str(TITLES[self.role])

    @property
    def form(self) -> Form:
        """What is asked of a party who is not registered; nothing of one who is."""
        asked = () if self.ref else _entity() if self.kind is PartyKind.ENTITY else _person()
        questions = tuple(replace(question, key=f"{self.role}_{question.key}") for question in asked)
        return Form((Page(self.role, self.title, questions),))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the form."""
        return self.form.questions


@dataclass(frozen=True, slots=True)
class Looked:
    """What the numbers led to. ``unknown``: parties to be entered, each with its questions."""

    sides: tuple[Side, ...] = ()
    errors: tuple[FieldError, ...] = ()
    head_asked: bool = False

    @property
    def unknown(self) -> tuple[Side, ...]:
        """Those whom the register does not know."""
        return tuple(side for side in self.sides if not side.ref)

    def side(self, role: str) -> Side | None:
        """The party in this role."""
        return next((side for side in self.sides if side.role == role), None)


def look_up(data: QueryDict, *, by: Actor, at: datetime) -> Looked:
    """The parties of the numbers typed; a wrong check digit is told plainly. Every read is recorded."""
    today = local_date(at)
    number, stands = normalise(data.get("number", "")), normalise(data.get("stands", ""))
    kind, fault = _kind_of(number, today)
    errors = [FieldError("number", fault)] if fault else []
    needs_person = kind is PartyKind.ENTITY and not fault
    if stands and (fault := why_not_id_number(stands, today)):
        errors.append(FieldError("stands", f"{fault}。"))
    elif needs_person and not stands:
        errors.append(FieldError("stands", _("请输入来办的人的身份证号码：法定代表人或者经办人。")))
    if errors:
        return Looked(errors=tuple(errors))
    sides = [_side("applicant", number, kind, by=by, at=at)]
    if stands and stands != number:
        sides.append(_side("stands", stands, PartyKind.PERSON, by=by, at=at))
    if needs_person and not sides[0].ref:
        return _with_head(data, sides, by=by, at=at)
    return Looked(tuple(sides))


def _with_head(data: QueryDict, sides: list[Side], *, by: Actor, at: datetime) -> Looked:
    """A new entity also names who heads it."""
    head = normalise(data.get("head", ""))
    if "head" not in data:
        return Looked(tuple(sides), head_asked=True)
    if fault := why_not_id_number(head, local_date(at)):
        return Looked(tuple(sides), (FieldError("head", f"{fault}。"),), head_asked=True)
    if all(side.number != head for side in sides):
        sides.append(_side("head", head, PartyKind.PERSON, by=by, at=at))
    return Looked(tuple(sides), head_asked=True)


def _kind_of(number: str, today: date) -> tuple[PartyKind, str]:
    """Person or entity, and why the number is neither."""
    not_person, not_entity = why_not_id_number(number, today), why_not_uscc(number)
    if not number:
        return PartyKind.PERSON, _("请输入申请人的身份证号码，或者统一社会信用代码。")
    if not not_person:
        return PartyKind.PERSON, ""
    if not not_entity:
        return PartyKind.ENTITY, ""
    if not any(char.isdigit() for char in number):
        return PartyKind.PERSON, _("这里填号码，不填姓名：申请人的身份证号码，或者统一社会信用代码。")
    looks_like_entity = number[0] in "9ANY" or not number[:17].isdigit()
    return PartyKind.PERSON, f"{not_entity if looks_like_entity else not_person}。"


def _side(role: str, number: str, kind: PartyKind, *, by: Actor, at: datetime) -> Side:
    if kind is PartyKind.ENTITY:
        entity = registries.entity_by_uscc(number)
        return Side(role=role, number=number, kind=kind, ref=entity.ref if entity else "")
    person = registries.find_person_by_id_number(number, by=by, reading=Reading(PURPOSE, at, target=place_of(by)))
    return Side(role=role, number=number, kind=kind, ref=person.ref if person else "")


def enter(looked: Looked, data: QueryDict, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Enter whoever is not registered yet: the applicant, and who stands here. Invalid with every fault at once."""
    given: dict[str, dict[str, str]] = {}
    errors: list[FieldError] = []
    for side in looked.unknown:
        raw = raw_answers(data, side.questions)
        cleaned = clean_page(side.form, side.role, raw, today=local_date(at))
        given[side.role] = {key.removeprefix(f"{side.role}_"): str(v) for key, v in cleaned.values.items()}
        errors += cleaned.errors
    if errors:
        raise Invalid(errors)
    refs = {side.number: side.ref for side in looked.sides}
    for side in sorted(looked.unknown, key=lambda each: each.kind is PartyKind.ENTITY):
        head = refs.get(normalise(data.get("head", "")), "")
        refs[side.number] = _register(side, given[side.role], head=head, by=by, at=at)
    applicant = refs[looked.sides[0].number]
    stands = looked.side("stands")
    return applicant, refs[stands.number] if stands else applicant


def _register(side: Side, given: Mapping[str, str], *, head: str, by: Actor, at: datetime) -> str:
    try:
        if side.kind is PartyKind.PERSON:
            person = PersonFacts(**given, source=Source.WINDOW)  # type: ignore[arg-type]
            return commands.register_person(side.number, facts=person, by=by, at=at)
        kind = EntityKind(given["kind"])
        facts = {**given, "kind": kind, "legal_representative": head, "source": Source.WINDOW}
        return commands.register_entity(side.number, facts=EntityFacts(**facts), by=by, at=at)  # type: ignore[arg-type]
    except Invalid as fault:
        raise Invalid(FieldError(f"{side.role}_{each.field}", each.message) for each in fault.errors) from fault
    except Forbidden as fault:
        message = _("这个地方不在本窗口的服务范围内。户籍在外地的请不要选，把地址写在“地址”里。")
        raise Invalid([FieldError(f"{side.role}_area", message)]) from fault
