"""A crowd is the same cases many times, each with its tasks, nobody's own list the longer for it."""

from __future__ import annotations

from datetime import date

import pytest

from onedoor.bench import crowd
from onedoor.cases.models import Case, Task
from onedoor.instance.postgres import OWNER, Postgres


@pytest.fixture
def three_cases(committed_db: str) -> str:
    for number in (1, 2, 3):
        case = Case.objects.create(
            **{"id": number, "number": f"5305242026110200000{number}X", "version": 1, "value": {}, "state": "accepted"},
            **{"item": "i", "item_version": 1, "item_name": "示例事项", "organ": "o", "organs": ["o"]},
            **{"area": "530524101001", "applicant": "person:7", "applicant_name": "示例甲"},
            received=date(2026, 11, 2),
        )
        Task.objects.create(case=case, key="accept", name="受理", act="accept", organ="o", area=case.area, item="i")
    return committed_db


def test_cases_are_multiplied_with_their_tasks_but_not_in_anybodys_own_list(
    three_cases: str, postgres: Postgres
) -> None:
    assert crowd.multiply(str(postgres.dsn(OWNER, three_cases)), to=20) == 21
    assert (Case.objects.count(), Task.objects.count()) == (21, 21)
    assert Case.objects.filter(applicant="person:7").count() == 3
    assert Case.objects.values("number").distinct().count() == 21
    assert not Task.objects.exclude(case__organ="o").exists()


def test_enough_is_enough(three_cases: str, postgres: Postgres) -> None:
    assert crowd.multiply(str(postgres.dsn(OWNER, three_cases)), to=3) == 3
