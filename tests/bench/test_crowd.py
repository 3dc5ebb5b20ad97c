"""A crowd is the same cases many times, each with its tasks, nobody's own list the longer for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from onedoor.bench import crowd
from onedoor.cases.models import Case, Task
from onedoor.instance.postgres import OWNER, Postgres
from onedoor.items.models import Version


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


def test_more_are_made_of_the_first_ones_and_only_of_those_asked_for(three_cases: str, postgres: Postgres) -> None:
    Case.objects.filter(pk=1).update(state="closed")
    Task.objects.filter(case_id=1).delete()
    dsn, told = str(postgres.dsn(OWNER, three_cases)), list[int]()
    assert crowd.multiply(dsn, to=8, of=crowd.CLOSED) == 8
    assert crowd.multiply(dsn, to=12, of=crowd.CLOSED, told=told.append) == 12
    assert told == [12]
    assert Case.objects.filter(state="closed").count() == 10
    assert Task.objects.count() == 2
    copy = Case.objects.filter(pk__gt=crowd.APART).first()
    assert copy is not None
    assert (copy.value["id"], copy.value["number"]) == (copy.pk, copy.number)
    with pytest.raises(ValueError, match="no case to copy"):
        crowd.multiply(dsn, to=20, of="state = 'decided'")


def test_versions_are_copied_for_the_far_future(three_cases: str, postgres: Postgres) -> None:
    code, day = "1" * 33, date(2026, 1, 1)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    Version.objects.create(
        **{"code": code, "number": 1, "content": {}, "digest": "", "area": "530524", "published_at": at},
        **{"published_by": "system:tests", "effective_from": day},
    )
    assert crowd.republish(str(postgres.dsn(OWNER, three_cases)), to=5) == 5
    assert [v.effective_from for v in Version.objects.order_by("number")] == [day, *[date(2099, 1, 1)] * 4]
