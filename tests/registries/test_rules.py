"""What may be registered, what is masked, who may read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Representation, Target, system
from onedoor.registries.rules import (
    EntityFacts,
    EntityKind,
    PersonFacts,
    Reading,
    Sex,
    born_on,
    check_entity,
    check_person,
    mask,
    may_read,
    readable_cases,
    sex_of,
)

DAY = date(2026, 3, 2)
READING = Reading("办理食品经营许可", datetime(2026, 3, 2, tzinfo=UTC), "530524202603020000011")
TARGET = Target(frozenset({"ORGAN"}), "530524101", "person:1", "item")


def actor(acts: frozenset[Act] = frozenset(), represents: tuple[Representation, ...] = ()) -> Actor:
    grant = Grant("post", acts, "ORGAN", "530524")
    return Actor("account:1", "甲", ActorKind.STAFF, Channel.WEB, (grant,), represents)


def held(
    *,
    party: str = "person:1",
    acts: frozenset[Act] = frozenset({Act.VIEW}),
    items: frozenset[str] | None = None,
    case: str | None = None,
) -> Representation:
    return Representation(party, "甲", acts, "委托", items, case)


@given(st.text(alphabet="0123456789X", min_size=15, max_size=18))
def test_a_mask_keeps_length_and_hides_the_middle(number: str) -> None:
    masked = mask(number)
    assert len(masked) == len(number)
    assert masked[6:-2] == "*" * (len(number) - 8)


@pytest.mark.parametrize(
    ("number", "masked"),
    [("", "*"), ("1", "*"), ("12", "12"), ("123", "1*3"), ("12345", "1***5")],
)
def test_short_numbers_are_masked_too(number: str, masked: str) -> None:
    assert mask(number) == masked


def test_birth_date_and_sex_come_from_the_number() -> None:
    assert born_on("11010519491231002X") == date(1949, 12, 31)
    assert born_on("110105194913310021") is None
    assert sex_of("11010519491231002X") is Sex.FEMALE
    assert sex_of("110105194912310031") is Sex.MALE
    assert sex_of("") is Sex.UNKNOWN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " 张三"}, "name"),
        ({"name": "张\x00三"}, "name"),
        ({"name": "张" * 61}, "name"),
        ({"birth_date": date(2026, 3, 3)}, "birth_date"),
        ({"area": "530524"}, "area"),
        ({"phone": "12"}, "phone"),
        ({"phone": "电话"}, "phone"),
        ({"address": "路" * 201}, "address"),
    ],
)
def test_a_faulty_person_names_the_fault(change: dict[str, object], field: str) -> None:
    person = PersonFacts(name="𡊄安·买买提", birth_date=DAY, area="530524101000", phone="0875-7130000")
    assert check_person(person, on=DAY) == ()
    assert [e.field for e in check_person(replace(person, **change), on=DAY)] == [field]  # type: ignore[arg-type]


def test_a_faulty_entity_names_the_fault() -> None:
    entity = EntityFacts(name="昌宁某店", kind=EntityKind.SOLE_TRADER)
    assert check_entity(entity) == ()
    assert [e.field for e in check_entity(replace(entity, legal_representative="张三"))] == ["legal_representative"]


def test_the_party_and_its_representatives_read() -> None:
    mine = actor(represents=(held(),))
    assert may_read(mine, "person:1", READING)
    assert not may_read(mine, "person:2", READING)
    assert may_read(system("sweeper"), "person:1", READING)


def test_a_mandate_shows_as_much_as_it_covers() -> None:
    of_item, of_another = replace(READING, target=TARGET), replace(READING, target=replace(TARGET, item="other"))
    one_item = actor(represents=(held(items=frozenset({"item"})),))
    assert may_read(one_item, "person:1", of_item)
    assert not may_read(one_item, "person:1", of_another)
    assert not may_read(one_item, "person:1", READING)
    one_case = actor(represents=(held(case=READING.case),))
    assert may_read(one_case, "person:1", READING)
    assert not may_read(one_case, "person:1", replace(READING, case="530524202603020000022"))
    assert not may_read(one_case, "person:1", replace(READING, case=""))
    assert not may_read(actor(represents=(held(acts=frozenset({Act.SUBMIT})),)), "person:1", READING)


def test_whoever_represents_one_party_reads_no_other_by_naming_it() -> None:
    mine = actor(represents=(held(),))
    assert not may_read(mine, "person:2", replace(READING, target=TARGET))


def test_readings_are_shown_as_far_as_a_mandate_reaches() -> None:
    assert readable_cases(actor(represents=(held(),)), "person:1") is None
    assert readable_cases(actor(represents=(held(), held(case="n1"))), "person:1") is None
    assert readable_cases(actor(represents=(held(case="n1"), held(case="n2"))), "person:1") == {"n1", "n2"}
    for narrow in (held(items=frozenset({"item"})), held(acts=frozenset({Act.SUBMIT})), held(party="person:2")):
        assert readable_cases(actor(represents=(narrow,)), "person:1") == frozenset()


def test_staff_read_only_through_a_case_they_may_look_at() -> None:
    officer = actor(frozenset({Act.VIEW}))
    assert may_read(officer, "person:1", replace(READING, target=TARGET))
    assert not may_read(officer, "person:1", READING)
    assert not may_read(officer, "person:1", replace(READING, target=TARGET, case=""))
    assert not may_read(officer, "person:1", replace(READING, target=replace(TARGET, area="530525")))
    assert not may_read(ANONYMOUS, "person:1", replace(READING, target=TARGET))


def test_a_window_reads_before_there_is_a_case() -> None:
    assert may_read(actor(frozenset({Act.RECEIVE})), "person:1", replace(READING, target=TARGET, case=""))


def test_nobody_reads_without_a_purpose() -> None:
    assert not may_read(system("sweeper"), "person:1", replace(READING, purpose=" "))
