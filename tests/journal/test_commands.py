"""Appending facts."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from onedoor.journal import commands, queries
from onedoor.journal.rules import Entry, EntryMode
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Conflict, Refused

AT = datetime(2026, 2, 13, 1, 2, 3, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def entry(seq: int = 1, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "stream": "case:1",
        "seq": seq,
        "kind": "submitted",
        "occurred_at": AT,
        "actor": system("test"),
        "body": {"b": 1, "a": ["甲", None, True]},
    }
    return Entry(**(values | changes))


def test_what_is_appended_comes_back_in_order_with_its_personal_values() -> None:
    ids = commands.append([entry(1, personal={"name": "李桂芬", "phone": "1398"}), entry(2, on_behalf_of="person:1")])
    first, second = queries.stream("case:1")
    assert (first.id, second.id) == ids
    assert first.personal == {"name": "李桂芬", "phone": "1398"}
    assert first.body == {"a": ["甲", None, True], "b": 1}
    assert first.occurred_at == AT
    assert second.on_behalf_of == "person:1"
    assert set(first.hashes) == {"name", "phone"}


def test_one_statement_writes_rows_and_personal_values(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        commands.append([entry(1, personal={"name": "李"}), entry(2, personal={"name": "王"})])


def test_no_personal_value_stands_in_the_row_or_in_the_clear() -> None:
    commands.append([entry(personal={"name": "李桂芬"})])
    with connection.cursor() as cursor:
        cursor.execute("SELECT body::text FROM journal_entry")
        assert "李桂芬" not in cursor.fetchone()[0]
        cursor.execute("SELECT sealed FROM journal_personal")
        assert "李桂芬".encode() not in bytes(cursor.fetchone()[0])


def test_a_place_that_is_taken_is_a_conflict() -> None:
    commands.append([entry(1)])
    with pytest.raises(Conflict), transaction.atomic():
        commands.append([entry(1)])


def test_simulated_facts_are_refused_where_the_instance_is_no_demo() -> None:
    with pytest.raises(Refused), transaction.atomic():
        commands.append([entry(entry_mode=EntryMode.SIMULATED)])


def test_whatever_a_simulated_actor_does_is_a_simulated_fact() -> None:
    with pytest.raises(Refused), transaction.atomic():
        commands.append([entry(actor=replace(system("test"), simulated=True))])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE journal_entry SET kind = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_entry CASCADE"],
)
def test_a_fact_can_be_neither_changed_nor_removed(statement: str) -> None:
    commands.append([entry()])
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "changes",
    [
        {"body": {"x": 1.5}},
        {"body": {"x": 2**53}},
        {"body": {"x": "a\0b"}},
        {"body": {"_personal": {}}},
        {"body": {"x": AT}},
        {"body": {1: "x"}},
        {"personal": {"x": "\ud800"}},
        {"occurred_at": datetime(2026, 1, 1)},  # noqa: DTZ001
        {"seq": 0},
        {"stream": ""},
        {"kind": "Not A Kind"},
    ],
)
def test_what_cannot_be_sealed_is_refused_before_anything_is_written(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        commands.append([entry(**changes)])
    assert queries.stream("case:1") == ()
