"""The case that rows hold: what goes by step stands in rows of its own (``CaseStep``), the rest in ``Case.value``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from django.contrib.postgres.aggregates import JSONBAgg
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from pydantic import TypeAdapter

from onedoor.cases import models
from onedoor.cases.rules.values import AtStep, Case

_CASE: Final[TypeAdapter[Case]] = TypeAdapter(Case)
BY_STEP: Final = tuple(field.name for field in fields(AtStep))
ELSEWHERE: Final = frozenset({"version", *BY_STEP})  # what ``Case.value`` leaves to a column and to ``CaseStep``


_STEPS: Final = (
    "(SELECT coalesce(json_object_agg(key, value), '{}')::text FROM cases_step WHERE case_id = cases_case.id)"
)
_TEXTS: Final = f"SELECT version, value::text, {_STEPS} FROM cases_case WHERE id = ANY(%s) ORDER BY id"  # noqa: S608
_ONE: Final = f"SELECT xmin::text, version, value::text, {_STEPS} FROM cases_case WHERE number = %s"  # noqa: S608


def whole(rows: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """These rows with their steps, read in one statement: at one moment."""
    steps = models.CaseStep.objects.filter(case=OuterRef("pk")).order_by().values("case")
    found = steps.annotate(all=JSONBAgg(JSONObject(key="key", value="value"))).values("all")
    return rows.annotate(at_steps=Subquery(found))


def case_of(row: models.Case) -> Case:
    """The case that a row of ``whole`` holds."""
    steps = row.at_steps or ()  # type: ignore[attr-defined]
    return put_together(row.value, {step["key"]: step["value"] for step in steps}, version=row.version)


def case_by_id(id: int) -> Case:
    """The case of that id, as ``case_of(whole(…))`` would give it: what every act asks first."""
    (found,) = cases_by_ids([id])
    return found


def cases_by_ids(ids: Sequence[int]) -> list[Case]:
    """The cases of these ids in their order, read in one statement: at one moment."""
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [list(ids)])
        rows = cursor.fetchall()
    return [put_together(json.loads(value), json.loads(steps), version=v) for v, value, steps in rows]


def case_with_xmin(number: str) -> tuple[Case, str] | None:
    """The case of that number with the transaction that wrote its row, by which it is known again; None without one."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [number])
        row = cursor.fetchone()
    if row is None:
        return None
    xmin, version, value, steps = row
    return put_together(json.loads(value), json.loads(steps), version=version), xmin


def document(case: Case) -> dict[str, Any]:
    """What the row holds of a case beside its columns and the rows of its steps."""
    found: dict[str, Any] = _CASE.dump_python(case, mode="json", exclude=set(ELSEWHERE))
    return found


def put_together(value: Mapping[str, Any], steps: Mapping[str, Mapping[str, Any]], *, version: int) -> Case:
    """A case out of its columns and the rows of its steps."""
    maps = {name: {key: held[name] for key, held in steps.items() if name in held} for name in BY_STEP}
    return _CASE.validate_python({**value, **maps, "version": version})
