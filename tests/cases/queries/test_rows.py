"""A case is put together from its row and the rows of its steps, whichever way they are read."""

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, models
from onedoor.cases.queries.rows import case_by_id, case_of, whole
from onedoor.cases.rules.values import Verdict
from onedoor.items.rules import synthetic

pytestmark = pytest.mark.django_db


def test_one_case_and_many_are_read_alike(world: World) -> None:
    facts = {"business": "catering", "rented": "no"}
    answers = synthetic.answers(world.item.form, facts=facts, today=AT.date(), area="530524101001")
    application = world.application(situations=facts, answers=answers | {"entity_name": "老街米线店"})
    number = commands.submit(application, by=world.citizen, at=AT, key="k1").number
    (fresh,) = whole(models.Case.objects.filter(number=number))
    assert case_of(fresh) == case_by_id(fresh.pk)
    commands.accept(number, by=world.clerk, at=AT)
    commands.complete_step(number, by=world.reviewer, at=AT, step="papers", verdict=Verdict.PASSED, opinion="可")
    (row,) = whole(models.Case.objects.filter(number=number))
    case = case_by_id(row.pk)
    assert case_of(row) == case
    assert (case.version, set(case.results)) == (3, {"papers"})
    assert not {"results", "version"} & row.value.keys()
