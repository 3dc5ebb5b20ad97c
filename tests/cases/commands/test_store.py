"""What an act leaves in the tables: only what it changed is written."""

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, models
from onedoor.cases.rules.values import Verdict
from onedoor.items.rules import synthetic

pytestmark = pytest.mark.django_db


def test_an_act_leaves_the_tasks_that_it_does_not_change_alone(world: World) -> None:
    facts = {"business": "catering", "rented": "no"}
    answers = synthetic.answers(world.item.form, facts=facts, today=AT.date(), area="530524101001")
    application = world.application(situations=facts, answers=answers | {"entity_name": "老街米线店"})
    number = commands.submit(application, by=world.citizen, at=AT, key="k1").number
    commands.accept(number, by=world.clerk, at=AT)
    before = {task.key: task.pk for task in models.Task.objects.filter(case__number=number)}
    assert set(before) == {"papers", "visit"}
    commands.complete_step(number, by=world.reviewer, at=AT, step="papers", verdict=Verdict.PASSED, opinion="可")
    after = {task.key: task.pk for task in models.Task.objects.filter(case__number=number)}
    assert after == {"visit": before["visit"]}
