"""``onedoor cases check`` names the case whose row is not what its journal tells."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.cases.world import AT, World

from onedoor.cases import commands

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]  # rows are changed behind the journal on purpose


@pytest.fixture
def number(world: World) -> str:
    first = commands.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    commands.accept(first, by=world.clerk, at=AT)
    commands.submit(world.application(), by=world.citizen, at=AT, key="k2")
    return first


def check() -> tuple[str, str]:
    out, errors = StringIO(), StringIO()
    call_command("cases", "check", stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def faults() -> str:
    errors = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("cases", "check", stderr=errors)
    assert refused.value.returncode == 1
    return f"{errors.getvalue()}{refused.value}"


def test_rows_that_equal_their_replay_pass(number: str) -> None:
    out, errors = check()
    assert "2 件" in out
    assert errors == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("state = 'closed'", "state"),
        ("received = received - 1", "received"),
        ("organs = '{}'", "organs"),
        ("value = jsonb_set(value, '{accepted}', '\"2026-03-09\"')", "accepted"),
    ],
)
def test_a_changed_row_is_named_with_the_field(number: str, change: str, field: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_case SET {change} WHERE number = %s", [number])
    errors = faults()
    assert f"{number} 与日志不一致：{field}" in errors
    assert "2 件中有 1 件" in errors


def test_a_row_without_a_journal_is_named(number: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_task")
        cursor.execute("UPDATE cases_case SET id = 99999 WHERE number = %s", [number])
    assert f"{number} 与日志不一致：journal" in faults()


def test_an_erased_case_still_equals_its_replay(world: World, number: str) -> None:
    commands.withdraw(number, by=world.citizen, at=AT)
    commands.erase(number, by=world.guardian, at=AT, reason="到期")
    assert check()[1] == ""
