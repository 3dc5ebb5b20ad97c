"""Writes of the registers: entering a person or an entity, recording a change, correcting a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from onedoor.areas.rules import prefix_of
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Act, Actor, ActorKind, Target
from onedoor.kernel.codes import is_valid_id_number, is_valid_uscc
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.law import law
from onedoor.registries import models, queries, rules
from onedoor.registries.queries import MISSING, number_hash, seal
from onedoor.registries.rules import EntityFacts, PartyKind, PersonFacts


@transaction.atomic(durable=True)
def register_person(id_number: str, *, facts: PersonFacts, by: Actor, at: datetime) -> str:
    """``enter_person`` as an act of its own."""
    return enter_person(id_number, facts=facts, by=by, at=at)


@transaction.atomic(durable=True)
def register_entity(uscc: str, *, facts: EntityFacts, by: Actor, at: datetime) -> str:
    """``enter_entity`` as an act of its own."""
    return enter_entity(uscc, facts=facts, by=by, at=at)


def enter_person(id_number: str, *, facts: PersonFacts, by: Actor, at: datetime) -> str:
    """Enter a person and return "person:<id>"; one who is known already is returned as known, nothing changed.

    Birth date and sex come from the number. Invalid for a number whose check digit fails (old prefixes such as
    533025 are accepted) and for faulty facts; Forbidden for whoever neither receives at a window nor is the platform.
    """
    number = id_number.strip().upper()
    born = facts.birth_date or rules.born_on(number)
    full = _with(facts, birth_date=born, sex=rules.sex_of(number))
    wrong = (
        [] if is_valid_id_number(number) else [FieldError("id_number", "公民身份号码位数或校验位不对，请核对证件。")]
    )
    _check(by, facts.area)
    _valid(*wrong, *rules.check_person(full, on=timezone.localdate(at)))
    row, fresh = models.Person.objects.get_or_create(
        number_hash=number_hash(number),
        defaults={"number_sealed": seal(number, "id_number"), "number_mask": rules.mask(number)},
    )
    if fresh:
        _store_person(row, full, valid_from=timezone.localdate(at), at=at)
        _append(f"person:{row.id}", "person_registered", row=row, values=_texts(full), by=by, at=at)
    return f"person:{row.id}"


def enter_entity(uscc: str, *, facts: EntityFacts, by: Actor, at: datetime) -> str:
    """Enter a legal entity and return "entity:<id>"; one that is known already is returned as known.

    Invalid for a code whose check digit fails (GB 32100) or a legal representative who is not registered.
    """
    code = uscc.strip().upper()
    wrong = [] if is_valid_uscc(code) else [FieldError("uscc", "统一社会信用代码位数或校验位不对，请核对证照。")]
    _check(by, facts.area)
    _valid(*wrong, *rules.check_entity(facts))
    head = _representative(facts)
    row, fresh = models.LegalEntity.objects.get_or_create(uscc=code)
    if fresh:
        _store_entity(row, facts, head=head, valid_from=timezone.localdate(at), at=at)
        _append(f"entity:{row.id}", "entity_registered", row=row, values=_texts(facts), by=by, at=at)
    return f"entity:{row.id}"


@transaction.atomic(durable=True)
def update(ref: str, *, facts: PersonFacts | EntityFacts, valid_from: date, by: Actor, at: datetime) -> None:
    """Record a change that took effect on a day (迁居, 更名): the version before ends the day before.

    Refused for a day before the present version began, or in the future: that would be a correction, or a guess.
    """
    _check_change(ref, facts, by=by, at=at)
    row, current = _locked(ref)
    today = timezone.localdate(at)
    if not current.valid_from < valid_from <= today:
        raise Refused(
            "change_out_of_order",
            f"变更日期须在 {current.valid_from} 之后、{today} 之前（含当日）；更正原来的登记请用“更正”。",
        )
    current.valid_to = valid_from - timedelta(days=1)
    current.save()
    _store(row, facts, valid_from=valid_from, at=at)
    _append(ref, f"{_kind(ref)}_updated", row=row, values=_texts(facts), by=by, at=at)


@law("个人信息保护法", 46)
@transaction.atomic(durable=True)
def correct(ref: str, *, facts: PersonFacts | EntityFacts, reason: str, by: Actor, at: datetime) -> None:
    """Correct what was recorded wrongly (更正, 个人信息保护法第四十六条): the wrong version is kept as superseded.

    The party may ask for it through whoever receives; Invalid without a reason.
    """
    _check_change(ref, facts, by=by, at=at)
    _valid(*([] if reason.strip() else [FieldError("reason", "请填写更正的原因和依据。")]))
    row, current = _locked(ref)
    current.superseded_at = at
    current.save()
    _store(row, facts, valid_from=current.valid_from, at=at)
    _append(ref, f"{_kind(ref)}_corrected", row=row, values={**_texts(facts), "reason": reason}, by=by, at=at)


def _kind(ref: str) -> PartyKind:
    return queries.split(ref)[0]


def _check_change(ref: str, facts: PersonFacts | EntityFacts, *, by: Actor, at: datetime) -> None:
    fits = isinstance(facts, PersonFacts) == (_kind(ref) is PartyKind.PERSON)
    if not fits:
        raise NotFound(MISSING)
    _check(by, queries.party(ref).area)
    on = timezone.localdate(at)
    _valid(*(rules.check_person(facts, on=on) if isinstance(facts, PersonFacts) else rules.check_entity(facts)))


def _locked(
    ref: str,
) -> tuple[models.Person | models.LegalEntity, models.PersonVersion | models.EntityVersion]:
    kind, number = queries.split(ref)
    current = {"superseded_at__isnull": True, "valid_to__isnull": True}
    try:
        if kind is PartyKind.PERSON:
            person = models.Person.objects.select_for_update().get(id=number)
            return person, person.versions.get(**current)
        entity = models.LegalEntity.objects.select_for_update().get(id=number)
        return entity, entity.versions.get(**current)
    except (models.Person.DoesNotExist, models.LegalEntity.DoesNotExist) as error:
        raise NotFound(MISSING) from error


def _store(
    row: models.Person | models.LegalEntity, facts: PersonFacts | EntityFacts, *, valid_from: date, at: datetime
) -> None:
    type(row).objects.filter(id=row.id).update(version=F("version") + 1)
    row.version += 1
    if isinstance(row, models.Person) and isinstance(facts, PersonFacts):
        _store_person(row, facts, valid_from=valid_from, at=at)
    elif isinstance(row, models.LegalEntity) and isinstance(facts, EntityFacts):
        _store_entity(row, facts, head=_representative(facts), valid_from=valid_from, at=at)


def _store_person(row: models.Person, facts: PersonFacts, *, valid_from: date, at: datetime) -> None:
    models.PersonVersion.objects.create(
        person=row,
        valid_from=valid_from,
        recorded_at=at,
        source=facts.source,
        area=facts.area,
        name=facts.name,
        birth_date=facts.birth_date,
        sex=facts.sex,
        phone_sealed=seal(facts.phone, "phone"),
        address_sealed=seal(facts.address, "address"),
    )


def _store_entity(
    row: models.LegalEntity, facts: EntityFacts, *, head: models.Person | None, valid_from: date, at: datetime
) -> None:
    models.EntityVersion.objects.create(
        entity=row,
        valid_from=valid_from,
        recorded_at=at,
        source=facts.source,
        area=facts.area,
        name=facts.name,
        kind=facts.kind,
        legal_representative=head,
        address=facts.address,
        phone_sealed=seal(facts.phone, "phone"),
        status=facts.status,
    )


def _representative(facts: EntityFacts) -> models.Person | None:
    if not facts.legal_representative:
        return None
    row = models.Person.objects.filter(id=queries.split(facts.legal_representative)[1]).first()
    if row is None:
        raise Invalid([FieldError("legal_representative", "法定代表人尚未登记，请先登记这个人。")])
    return row


def _check(by: Actor, area: str) -> None:
    """The platform registers on sign-in; a window for whoever stands before it; nobody else."""
    if by.kind is ActorKind.SYSTEM:
        return
    receives = any(Act.RECEIVE in grant.acts and _reaches(grant.area, area) for grant in by.grants)
    if not receives and not by.may(Act.RECEIVE, Target(frozenset(), prefix_of(area) if area else "")):
        raise Forbidden("登记或更正人员、法人信息须由窗口收件人员办理。")


def _reaches(granted: str, area: str) -> bool:
    return not area or area.startswith(granted)


def _valid(*faults: FieldError) -> None:
    if faults:
        raise Invalid(faults)


def _with(facts: PersonFacts, *, birth_date: date | None, sex: rules.Sex) -> PersonFacts:
    known = {f.name: getattr(facts, f.name) for f in fields(facts)}
    return PersonFacts(**(known | {"birth_date": birth_date, "sex": sex}))


def _texts(facts: PersonFacts | EntityFacts) -> dict[str, str]:
    return {f.name: _text(getattr(facts, f.name)) for f in fields(facts)}


def _text(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    return "" if value is None else str(value)


def _append(
    ref: str,
    kind: str,
    *,
    row: models.Person | models.LegalEntity,
    values: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> None:
    """What is known of a party stands in the erasable values; the fact itself names only its source and area."""
    open_keys = {"source", "area", "kind", "status", "legal_representative"}
    body: dict[str, Json] = {key: value for key, value in values.items() if key in open_keys}
    personal = {key: value for key, value in values.items() if key not in open_keys and value}
    entry = Entry(stream=ref, seq=row.version, kind=kind, occurred_at=at, actor=by, body=body, personal=personal)
    journal.append([entry])
