"""The world of the benchmark is a real one: ten validated fields, and applications that the platform takes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import timezone

from onedoor.bench import world
from onedoor.cases import commands as cases
from onedoor.cases.rules.application import Application
from onedoor.items import queries as items
from onedoor.kernel.actor import system
from onedoor.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_catalogue() -> Iterator[None]:
    items.forget()
    yield
    items.forget()


def test_its_applications_are_taken_and_a_fault_in_one_is_refused() -> None:
    call_command("areas", "load")
    made = world.found(at=timezone.now(), persons=2)
    assert len(items.published(made.item).form.questions) == 10
    given = json.loads(made.bodies[1])
    application = Application(item=given["item"], applicant=given["applicant"], answers=given["answers"])
    receipt = cases.submit(application, by=system("tests"), at=timezone.now(), key="k")
    assert receipt.due is not None


def test_an_instance_in_use_is_left_alone() -> None:
    call_command("areas", "load")
    world.found(at=timezone.now(), persons=1)
    with pytest.raises(Refused):
        world.found(at=timezone.now(), persons=1)
