"""Entering, changing, correcting and reading persons and legal entities."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from onedoor.journal.queries import stream
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Representation, Target, system
from onedoor.kernel.codes import make_uscc
from onedoor.kernel.errors import Forbidden, Invalid, NotFound, Refused
from onedoor.registries import commands, models, queries
from onedoor.registries.rules import (
    EntityFacts,
    EntityKind,
    EntityRecord,
    FoundPerson,
    PartyKind,
    PersonFacts,
    PersonRecord,
    Reading,
    Sex,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
TODAY = date(2026, 3, 2)
BY = system("sign-in")
NUMBER = "11010519491231002X"
USCC = "91350100M000100Y43"
ZHANG = PersonFacts(name="张示例", area="530524101001", phone="13800000000", address="田园镇1号")
SHOP = EntityFacts(name="昌宁示例小吃店", kind=EntityKind.SOLE_TRADER, area="530524101001", phone="13800000001")
READING = Reading("核对申请人身份", NOW, "530524202603020000011")
CLERK = Actor(
    "account:9", "窗口甲", ActorKind.STAFF, Channel.WINDOW, (Grant("w", frozenset({Act.RECEIVE}), "O", "530524"),)
)
AT_WINDOW = replace(READING, case="", target=Target(frozenset({"O"}), "530524101001", item="i"))


@pytest.fixture
def zhang() -> str:
    return commands.register_person(NUMBER, facts=ZHANG, by=BY, at=NOW)


def citizen(ref: str) -> Actor:
    own = Representation(ref, "张示例", frozenset({Act.VIEW}), "本人")
    return Actor("account:1", "张示例", ActorKind.CITIZEN, Channel.WEB, (), (own,))


def test_a_person_is_registered_once_with_facts_from_the_number(zhang: str) -> None:
    again = commands.register_person(NUMBER.lower(), facts=replace(ZHANG, name="别人"), by=BY, at=LATER)
    assert again == zhang
    record = queries.person(zhang, by=BY, reading=READING)
    assert (record.id_number, record.facts.name) == (NUMBER, "张示例")
    assert (record.facts.birth_date, record.facts.sex) == (date(1949, 12, 31), Sex.FEMALE)
    assert [f.kind for f in stream(zhang)] == ["person_registered"]


def test_a_wrong_number_or_name_registers_nobody() -> None:
    with pytest.raises(Invalid) as caught:
        commands.register_person("110105194912310021", facts=replace(ZHANG, name=""), by=BY, at=NOW)
    assert [e.field for e in caught.value.errors] == ["id_number", "name"]
    assert not models.Person.objects.exists()


def test_the_number_rests_sealed_and_the_journal_holds_no_personal_value(zhang: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text, v::text FROM registries_person p JOIN registries_personversion v ON true")
        resting = "".join(cursor.fetchone())
    for secret in (NUMBER, ZHANG.phone, ZHANG.address):
        assert secret not in resting
        assert secret.encode().hex() not in resting
    (fact,) = stream(zhang)
    assert not {"张示例", ZHANG.phone, ZHANG.address} & set(map(str, fact.body.values()))
    assert fact.personal["name"] == "张示例"


def test_lists_show_the_number_masked(zhang: str) -> None:
    party = queries.party(zhang)
    assert (party.kind, party.name, party.masked_number) == (PartyKind.PERSON, "张示例", "110105**********2X")
    assert not models.AccessRecord.objects.exists()


@pytest.mark.parametrize("ref", ["person:999999", "entity:999999", "person:x", "planet:1", "person:-1", "person:１"])
def test_an_unknown_party_is_not_found(ref: str) -> None:
    with pytest.raises(NotFound):
        queries.party(ref)


def test_every_read_in_clear_is_recorded_and_shown_to_the_person(zhang: str) -> None:
    found = queries.find_person_by_id_number(NUMBER, by=CLERK, reading=AT_WINDOW)
    assert found == FoundPerson(zhang, ZHANG.name, ZHANG.phone)
    queries.prefill(zhang, by=citizen(zhang), reading=READING)
    by_citizen, by_clerk = queries.readings_of(zhang, by=citizen(zhang))
    assert by_clerk.fields == ("person.name", "person.phone")
    assert (by_clerk.by_name, by_clerk.purpose, by_clerk.party) == ("窗口甲", "核对申请人身份", zhang)
    assert by_citizen.case == READING.case
    assert "person.id_number" in by_citizen.fields
    with pytest.raises(NotFound):
        queries.readings_of(zhang, by=citizen("person:0"))


def test_whoever_may_see_one_case_sees_the_readings_for_it_alone(zhang: str) -> None:
    for case in (READING.case, "530524202603020000022", ""):
        queries.prefill(zhang, by=BY, reading=replace(READING, case=case))
    whole = Representation(zhang, "张示例", frozenset({Act.VIEW}), "委托")
    one = replace(whole, case=READING.case)
    bearer = Actor("bearer:1", "持查询密码的人", ActorKind.CITIZEN, Channel.WEB, (), (one,))
    assert [record.case for record in queries.readings_of(zhang, by=bearer)] == [READING.case]
    for narrow in (replace(whole, items=frozenset({"i"})), replace(whole, acts=frozenset({Act.SUBMIT}))):
        with pytest.raises(NotFound):
            queries.readings_of(zhang, by=replace(bearer, represents=(narrow,)))


def test_nobody_reads_in_clear_without_a_right(zhang: str) -> None:
    for by in (ANONYMOUS, CLERK, citizen("person:0")):
        for read in (queries.person, queries.prefill, queries.phone, queries.history):
            with pytest.raises(Forbidden):
                read(zhang, by=by, reading=READING)
        with pytest.raises(Forbidden):
            queries.find_person_by_id_number(NUMBER, by=by, reading=READING)
    assert not models.AccessRecord.objects.exists()


def test_a_number_that_is_not_registered_answers_alike_for_those_without_a_right() -> None:
    assert queries.find_person_by_id_number(NUMBER, by=CLERK, reading=AT_WINDOW) is None
    assert queries.person_ref(NUMBER) is None
    with pytest.raises(Forbidden):
        queries.find_person_by_id_number(NUMBER, by=ANONYMOUS, reading=READING)


def test_prefill_gives_the_keys_of_forms_and_leaves_out_what_is_unknown(zhang: str) -> None:
    filled = queries.prefill(zhang, by=BY, reading=READING)
    assert filled["person.name"] == "张示例"
    assert filled["person.id_number"] == NUMBER
    assert filled["person.birth_date"] == "1949-12-31"
    shop = commands.register_entity(USCC, facts=replace(SHOP, legal_representative=zhang), by=BY, at=NOW)
    filled = queries.prefill(shop, by=BY, reading=READING)
    assert filled["entity.name"] == SHOP.name
    assert filled["entity.uscc"] == USCC
    assert filled["entity.legal_representative"] == "张示例"
    assert "entity.address" not in filled


def test_whoever_sends_a_message_reads_the_telephone_alone(zhang: str) -> None:
    shop = commands.register_entity(USCC, facts=SHOP, by=BY, at=NOW)
    silent = commands.register_entity(make_uscc("92530524", "MA6K0001"), facts=replace(SHOP, phone=""), by=BY, at=NOW)
    assert [queries.phone(ref, by=BY, reading=READING) for ref in (zhang, shop, silent)] == [
        ZHANG.phone,
        SHOP.phone,
        "",
    ]
    assert sorted(models.AccessRecord.objects.values_list("party", "fields")) == sorted(
        [(zhang, ["person.phone"]), (shop, ["entity.phone"])]
    )
    with pytest.raises(NotFound):
        queries.phone("person:999999", by=BY, reading=READING)


def test_an_entity_is_found_by_its_code_and_by_its_head(zhang: str) -> None:
    shop = commands.register_entity(USCC, facts=replace(SHOP, legal_representative=zhang), by=BY, at=NOW)
    found = queries.entity_by_uscc(f" {USCC.lower()} ")
    assert found is not None
    assert (found.ref, found.facts.phone) == (shop, "")
    assert [e.ref for e in queries.entities_represented_by(zhang)] == [shop]
    assert queries.entity(shop).uscc == USCC
    assert queries.party(shop).masked_number == USCC
    assert queries.entity_by_uscc("91350100M000100Y44") is None
    assert queries.entities_represented_by(shop) == ()


@pytest.mark.parametrize(
    ("uscc", "change", "field"),
    [(USCC[:-1] + "4", {}, "uscc"), (USCC, {"legal_representative": "person:999"}, "legal_representative")],
)
def test_a_wrong_entity_is_refused(uscc: str, change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        commands.register_entity(uscc, facts=replace(SHOP, **change), by=BY, at=NOW)  # type: ignore[arg-type]
    assert [e.field for e in caught.value.errors] == [field]
    assert not models.LegalEntity.objects.exists()


def test_a_change_keeps_the_past(zhang: str) -> None:
    moved = date(2026, 3, 20)
    commands.update(zhang, facts=replace(ZHANG, name="张新名"), valid_from=moved, by=BY, at=LATER)
    assert queries.party(zhang).name == "张新名"
    names = [r.facts.name for r in queries.history(zhang, by=BY, reading=READING)]
    assert names == ["张示例", "张新名"]
    assert [f.kind for f in stream(zhang)] == ["person_registered", "person_updated"]


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=99)])
def test_a_change_lies_after_the_last_and_not_in_the_future(zhang: str, day: date) -> None:
    with pytest.raises(Refused):
        commands.update(zhang, facts=ZHANG, valid_from=day, by=BY, at=LATER)


def test_a_correction_supersedes_and_keeps_what_was_wrong(zhang: str) -> None:
    commands.correct(zhang, facts=replace(ZHANG, name="张正名"), reason="录入错误", by=BY, at=LATER)
    (record,) = queries.history(zhang, by=BY, reading=READING)
    assert record.facts.name == "张正名"
    assert models.PersonVersion.objects.filter(superseded_at=LATER, name="张示例").count() == 1
    with pytest.raises(Invalid):
        commands.correct(zhang, facts=ZHANG, reason=" ", by=BY, at=LATER)


def test_an_entity_changes_and_is_corrected(zhang: str) -> None:
    shop = commands.register_entity(USCC, facts=SHOP, by=BY, at=NOW)
    commands.update(shop, facts=replace(SHOP, name="新店"), valid_from=date(2026, 3, 10), by=BY, at=LATER)
    commands.correct(shop, facts=replace(SHOP, name="新店名"), reason="笔误", by=BY, at=LATER)
    versions = queries.history(shop, by=BY, reading=READING)
    assert [r.facts.name for r in versions if isinstance(r, EntityRecord)] == [SHOP.name, "新店名"]
    assert not any(isinstance(r, PersonRecord) for r in versions)
    assert [f.kind for f in stream(shop)] == ["entity_registered", "entity_updated", "entity_corrected"]
    with pytest.raises(NotFound):
        commands.update(shop, facts=ZHANG, valid_from=TODAY, by=BY, at=LATER)
    with pytest.raises(NotFound):
        commands.correct("entity:999999", facts=SHOP, reason="x", by=BY, at=LATER)


def test_only_windows_of_the_area_and_the_platform_register(zhang: str) -> None:
    elsewhere = replace(CLERK, grants=(Grant("w", frozenset({Act.RECEIVE}), "O", "530525"),))
    for by in (ANONYMOUS, citizen(zhang), elsewhere):
        with pytest.raises(Forbidden):
            commands.register_person("110105194912310038", facts=ZHANG, by=by, at=NOW)
        with pytest.raises(Forbidden):
            commands.correct(zhang, facts=ZHANG, reason="x", by=by, at=NOW)
    shop = commands.register_entity(USCC, facts=SHOP, by=CLERK, at=NOW)
    assert queries.party(shop).name == SHOP.name


def test_the_database_holds_one_truth_a_day_and_its_access_record(zhang: str) -> None:
    queries.person(zhang, by=BY, reading=READING)
    row = models.PersonVersion.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    for statement in ("UPDATE registries_accessrecord SET purpose = 'x'", "DELETE FROM registries_accessrecord"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
