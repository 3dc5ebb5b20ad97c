"""Reads of persons and legal entities. Whatever is given out in clear leaves a record: who, why, which case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Q, QuerySet

from onedoor.journal.queries import personal_key
from onedoor.kernel import sm
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Forbidden, NotFound
from onedoor.registries import models, rules
from onedoor.registries.rules import EntityRecord, FoundPerson, Party, PartyKind, PersonRecord, Reading

MISSING = "没有这名当事人。请核对编号。"


@dataclass(frozen=True, slots=True)
class _Keys:
    sealing: bytes
    lookup: bytes


def _keys() -> _Keys:
    return _derive(personal_key())


@lru_cache(maxsize=4)
def _derive(master: bytes) -> _Keys:
    sealing = sm.sm3_hmac(master, b"onedoor.registries.sealing")[: sm.SM4_KEY_BYTES]
    return _Keys(sealing, sm.sm3_hmac(master, b"onedoor.registries.lookup"))


def seal(text: str, field: str) -> bytes:
    """A value as it rests in the table: SM4-GCM under a key derived from the instance's personal key."""
    return sm.sm4_encrypt(_keys().sealing, text.encode(), associated=field.encode())


def unseal(sealed: bytes | memoryview, field: str) -> str:
    """The inverse of ``seal``; SmError where key, field or a bit differ."""
    return sm.sm4_decrypt(_keys().sealing, bytes(sealed), associated=field.encode()).decode()


def number_hash(id_number: str) -> bytes:
    """The keyed hash by which equal numbers are found (HMAC-SM3): useless without the instance's key."""
    return sm.sm3_hmac(_keys().lookup, id_number.upper().encode())


def split(ref: str) -> tuple[PartyKind, int]:
    """ "person:17" → kind and id; NotFound where it is no reference."""
    kind, _, number = ref.partition(":")
    if kind not in {k.value for k in PartyKind} or not (number.isascii() and number.isdigit()):
        raise NotFound(MISSING)
    return PartyKind(kind), int(number)


_PERSON = f"""
SELECT version.name, person.number_mask, version.area
FROM {models.PersonVersion._meta.db_table} version JOIN {models.Person._meta.db_table} person
  ON person.id = version.person_id
WHERE version.person_id = %s AND version.superseded_at IS NULL AND version.valid_to IS NULL
"""  # noqa: S608 - no value of a request stands in it


def party(ref: str) -> Party:
    """A party as cases and lists show it, the number masked; NotFound otherwise. Leaves no record.

    Persons in plain SQL: every submission reads one.
    """
    kind, number = split(ref)
    if kind is PartyKind.PERSON:
        with connection.cursor() as cursor:
            cursor.execute(_PERSON, [number])
            row = cursor.fetchone()
        if row is None:
            raise NotFound(MISSING)
        name, mask, area = row
        return Party(ref, kind, name, mask, area)
    entity = _entity_version(Q(entity_id=number))
    return Party(ref, kind, entity.name, entity.entity.uscc, entity.area)


def person(ref: str, *, by: Actor, reading: Reading) -> PersonRecord:
    """A person in clear. Forbidden without a purpose and a right to it (个人信息保护法第六条); the read is recorded."""
    kind, number = split(ref)
    if kind is not PartyKind.PERSON:
        raise NotFound(MISSING)
    _check(by, ref, reading)
    record = as_person(_person_version(Q(person_id=number)))
    _record(reading, by=by, ref=ref, fields=rules.person_fields(record))
    return record


def find_person_by_id_number(id_number: str, *, by: Actor, reading: Reading) -> FoundPerson | None:
    """The person with this number, for whoever knows the number: name and phone alone are read (个人信息保护法第六条).

    Forbidden for whoever may not receive or look at the case of the reading; recorded only where one is found.
    """
    row = _current_persons().filter(person__number_hash=number_hash(id_number)).first()
    ref = f"person:{row.person_id}" if row else ""
    _check(by, ref, reading)
    if row is None:
        return None
    _record(reading, by=by, ref=ref, fields=("person.name", "person.phone"))
    return FoundPerson(ref, row.name, unseal(row.phone_sealed, "phone"))


def person_ref(id_number: str) -> str | None:
    """The reference of the person with this number and nothing else: for the platform's own matching."""
    row = models.Person.objects.filter(number_hash=number_hash(id_number)).values_list("id", flat=True).first()
    return None if row is None else f"person:{row}"


def entity(ref: str) -> EntityRecord:
    """A legal entity as registered; NotFound otherwise. Registration data is public (企业信息公示暂行条例)."""
    kind, number = split(ref)
    if kind is not PartyKind.ENTITY:
        raise NotFound(MISSING)
    return as_entity(_entity_version(Q(entity_id=number)))


def entity_by_uscc(uscc: str) -> EntityRecord | None:
    """The legal entity with this 统一社会信用代码, None where it is not registered here."""
    row = _current_entities().filter(entity__uscc=uscc.strip().upper()).first()
    return None if row is None else as_entity(row)


def entities_represented_by(person_ref: str) -> tuple[EntityRecord, ...]:
    """The entities of which this person is legal representative today (法定代表人)."""
    kind, number = split(person_ref)
    if kind is not PartyKind.PERSON:
        return ()
    rows = _current_entities().filter(legal_representative_id=number).order_by("entity__uscc")
    return tuple(map(as_entity, rows))


def prefill(ref: str, *, by: Actor, reading: Reading) -> Mapping[str, str]:
    """What forms need not ask: ``person.*`` or ``entity.*`` keys with values, empty ones left out; recorded."""
    kind, number = split(ref)
    _check(by, ref, reading)
    if kind is PartyKind.PERSON:
        fields = rules.person_fields(as_person(_person_version(Q(person_id=number))))
    else:
        row = _entity_version(Q(entity_id=number))
        head = row.legal_representative_id
        name = party(f"person:{head}").name if head else ""
        fields = {**rules.entity_fields(as_entity(row, phone=True)), "entity.legal_representative": name}
    return give_out(ref, fields, by=by, reading=reading)


def phone(ref: str, *, by: Actor, reading: Reading) -> str:
    """The telephone of a party and nothing else, "" where none is known (个人信息保护法第六条: 最小范围); recorded."""
    kind, number = split(ref)
    _check(by, ref, reading)
    person = kind is PartyKind.PERSON
    row = _person_version(Q(person_id=number)) if person else _entity_version(Q(entity_id=number))
    found = {f"{kind}.phone": unseal(row.phone_sealed, "phone")}
    return "".join(give_out(ref, found, by=by, reading=reading).values())


def give_out(ref: str, fields: Mapping[str, str], *, by: Actor, reading: Reading) -> Mapping[str, str]:
    """Those of a party's fields that hold a value, of this register or another; Forbidden without a right, recorded."""
    _check(by, ref, reading)
    filled = {key: value for key, value in fields.items() if value}
    if filled:
        _record(reading, by=by, ref=ref, fields=filled)
    return filled


def readings_of(ref: str, *, by: Actor, limit: int = 100) -> tuple[rules.ReadRecord, ...]:
    """Who read this party's data, newest first: for the party itself and for auditors; NotFound for anyone else.

    A representation limited to one case shows the readings for that case alone.
    """
    found = models.AccessRecord.objects.filter(party=ref)
    cases = rules.readable_cases(by, ref)
    if cases is not None and not by.may(Act.AUDIT, Target(frozenset(), party(ref).area, ref)):
        if not cases:
            raise NotFound(MISSING)
        found = found.filter(case__in=sorted(cases))
    rows = found.order_by("-at", "-id")[:limit]
    return tuple(rules.ReadRecord(r.at, r.by, r.by_name, r.party, r.purpose, r.case, tuple(r.fields)) for r in rows)


def history(ref: str, *, by: Actor, reading: Reading) -> tuple[PersonRecord | EntityRecord, ...]:
    """All versions that still count, oldest first; a person's are given out as ``person`` gives them."""
    kind, number = split(ref)
    if kind is PartyKind.ENTITY:
        entities = models.EntityVersion.objects.select_related("entity").filter(
            entity_id=number, superseded_at__isnull=True
        )
        return tuple(map(as_entity, entities.order_by("valid_from")))
    _check(by, ref, reading)
    persons = models.PersonVersion.objects.select_related("person").filter(person_id=number, superseded_at__isnull=True)
    records = tuple(map(as_person, persons.order_by("valid_from")))
    _record(reading, by=by, ref=ref, fields=["person.history"])
    return records


def _current_persons() -> QuerySet[models.PersonVersion]:
    rows = models.PersonVersion.objects.select_related("person")
    return rows.filter(superseded_at__isnull=True, valid_to__isnull=True)


def _current_entities() -> QuerySet[models.EntityVersion]:
    rows = models.EntityVersion.objects.select_related("entity")
    return rows.filter(superseded_at__isnull=True, valid_to__isnull=True)


def _person_version(condition: Q) -> models.PersonVersion:
    row = _current_persons().filter(condition).first()
    if row is None:
        raise NotFound(MISSING)
    return row


def _entity_version(condition: Q) -> models.EntityVersion:
    row = _current_entities().filter(condition).first()
    if row is None:
        raise NotFound(MISSING)
    return row


def _check(by: Actor, ref: str, reading: Reading) -> None:
    if not rules.may_read(by, ref, reading):
        raise Forbidden("查看个人信息须说明目的，并且与您正在办理的事项有关。")


def _record(reading: Reading, *, by: Actor, ref: str, fields: Iterable[str]) -> None:
    """The one write of this module: a read in clear and its record are one act."""
    models.AccessRecord.objects.create(
        at=reading.at,
        by=by.ref,
        by_name=by.name,
        channel=by.channel,
        party=ref,
        purpose=reading.purpose,
        case=reading.case,
        fields=sorted(fields),
    )


def as_person(row: models.PersonVersion) -> PersonRecord:
    """A row in clear."""
    facts = rules.PersonFacts(
        name=row.name,
        birth_date=row.birth_date,
        sex=rules.Sex(row.sex),
        area=row.area,
        address=unseal(row.address_sealed, "address"),
        phone=unseal(row.phone_sealed, "phone"),
        source=rules.Source(row.source),
    )
    number = unseal(row.person.number_sealed, "id_number")
    return PersonRecord(f"person:{row.person_id}", number, facts, row.valid_from)


def as_entity(row: models.EntityVersion, *, phone: bool = False) -> EntityRecord:
    """A row as a value; the phone, often somebody's own, only on demand."""
    head = row.legal_representative_id
    facts = rules.EntityFacts(
        name=row.name,
        kind=rules.EntityKind(row.kind),
        legal_representative=f"person:{head}" if head else "",
        area=row.area,
        address=row.address,
        phone=unseal(row.phone_sealed, "phone") if phone else "",
        status=rules.EntityStatus(row.status),
        source=rules.Source(row.source),
    )
    return EntityRecord(f"entity:{row.entity_id}", row.entity.uscc, facts, row.valid_from)
