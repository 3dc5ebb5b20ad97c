"""Reading facts: for other systems, after erasure, and what the health page asks."""

from typing import Any

import pytest
from django.db import connection, transaction
from tests.journal.facts import AT, entry

from onedoor.journal import commands, queries
from onedoor.journal.rules import EntryMode
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, Grant, Target, system
from onedoor.kernel.errors import Forbidden, Invalid, Refused


def client(*acts: Act, area: str = "530524", organ: str | None = None) -> Actor:
    return Actor(
        "client:archive", "档案系统", ActorKind.CLIENT, Channel.API, (Grant("p", frozenset(acts), organ, area),)
    )


COUNTY = Target(frozenset(), "530524000000")


def committed(*seqs: int) -> None:
    with transaction.atomic():
        commands.append([entry(seq, personal={"name": "李桂芬"}) for seq in seqs])


@pytest.mark.usefixtures("committed_db")
def test_a_reader_pages_through_all_facts_and_goes_on_later() -> None:
    committed(1, 2, 3)
    reader = client(Act.READ_JOURNAL)
    first = queries.entries_since(by=reader, limit=2, target=COUNTY)
    second = queries.entries_since(first.cursor, by=reader, limit=2, target=COUNTY)
    assert [fact.seq for fact in (*first.entries, *second.entries)] == [1, 2, 3]
    assert queries.entries_since(second.cursor, by=reader, target=COUNTY).entries == ()
    committed(4)
    assert [fact.seq for fact in queries.entries_since(second.cursor, by=reader, target=COUNTY).entries] == [4]


@pytest.mark.usefixtures("committed_db")
def test_other_systems_see_hashes_and_no_personal_values() -> None:
    committed(1)
    (fact,) = queries.entries_since(by=system("test")).entries
    assert fact.personal == {}
    assert set(fact.hashes) == {"name"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reader",
    [ANONYMOUS, client(Act.VIEW), client(Act.READ_JOURNAL, area="530500"), client(Act.READ_JOURNAL, organ="X")],
)
def test_reading_the_journal_is_refused_without_a_grant_over_all_of_it(reader: Actor) -> None:
    with pytest.raises(Forbidden):
        queries.entries_since(by=reader, target=COUNTY)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "MS4y", "é", "MS4yLjMuNA", "LTEuMi4z", "MS4yLjk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_cursor_that_was_never_given_out_is_invalid(token: str) -> None:
    with pytest.raises(Invalid):
        queries.entries_since(token, by=system("test"))


@pytest.mark.django_db
def test_erasure_removes_values_keeps_hashes_and_is_itself_a_fact() -> None:
    commands.append([entry(1, personal={"name": "李桂芬", "phone": "1398"}), entry(2), entry(1, stream="case:2")])
    before = queries.stream("case:1")
    assert commands.erase("case:1", by=system("test"), at=AT, reason="本人要求删除") == 2
    after = queries.stream("case:1")
    assert after[0].personal == {}
    assert [fact.hashes for fact in after] == [fact.hashes for fact in before]
    assert [fact.body for fact in after] == [fact.body for fact in before]
    (fact,) = queries.stream("erasure:case:1")
    assert fact.kind == "personal_erased"
    assert fact.body == {"stream": "case:1", "erased": 2, "reason": "本人要求删除"}
    assert commands.erase("case:1", by=system("test"), at=AT, reason="再次") == 0
    assert [fact.seq for fact in queries.stream("erasure:case:1")] == [1, 2]


@pytest.mark.django_db
def test_erasure_needs_the_security_administrator_and_a_reason() -> None:
    commands.append([entry(1, personal={"name": "李桂芬"})])
    with pytest.raises(Forbidden):
        commands.erase("case:1", by=client(Act.AUDIT), at=AT, reason="本人要求删除", target=COUNTY)
    with pytest.raises(Invalid):
        commands.erase("case:1", by=system("test"), at=AT, reason=" ")
    assert queries.stream("case:1")[0].personal == {"name": "李桂芬"}


@pytest.mark.django_db
def test_equal_values_have_different_hashes_and_a_moved_value_does_not_open() -> None:
    commands.append([entry(1, personal={"name": "李桂芬"}), entry(2, personal={"name": "李桂芬"})])
    first, second = queries.stream("case:1")
    assert first.hashes != second.hashes
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_personal SET sealed = (SELECT sealed FROM journal_personal WHERE entry_id = %s)"
            " WHERE entry_id = %s",
            [first.id, second.id],
        )
    with pytest.raises(ValueError, match="altered"):
        queries.stream("case:1")


@pytest.mark.django_db
def test_simulated_facts_are_allowed_in_a_demo_and_a_demo_is_declared_before_people_act() -> None:
    commands.append([entry(1)])
    commands.declare_demo()
    commands.declare_demo()
    assert queries.is_demo()
    commands.append([entry(2, entry_mode=EntryMode.SIMULATED)])
    assert queries.stream("case:1")[1].entry_mode is EntryMode.SIMULATED


@pytest.mark.django_db
def test_an_instance_with_peoples_facts_never_becomes_a_demo() -> None:
    commands.append([entry(1, actor=client())])
    with pytest.raises(Refused):
        commands.declare_demo()
    assert not queries.is_demo()


@pytest.mark.django_db
def test_an_empty_journal_has_no_lag(settings: Any) -> None:
    assert (queries.seal_lag().waiting, queries.seal_lag().seconds) == (0, 0.0)
