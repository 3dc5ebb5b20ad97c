"""The editor: every page of a draft opens, what is allowed is saved, what is not is told at its field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.items.commands.test_drafting import SYSTEM, national, officer
from tests.items.samples import item

from onedoor.items import commands, queries
from onedoor.items.rules import Item
from onedoor.items.rules.drafting import Draft
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date

pytestmark = pytest.mark.django_db
Acting = Callable[[Actor], Client]


@pytest.fixture
def food() -> Item:
    one, at = item("food-business"), timezone.now()
    commands.publish_standards([national(one)], by=SYSTEM, at=at)
    commands.publish([one], by=SYSTEM, at=at)
    return one


@pytest.fixture
def drafter(food: Item) -> Actor:
    return officer(1, Act.MANAGE_ITEMS, organ=food.organ)


@pytest.fixture
def draft(food: Item, drafter: Actor) -> Draft:
    return commands.open_draft(food.code, by=drafter, at=timezone.now())


@pytest.fixture
def desk(acting: Acting, drafter: Actor) -> Client:
    return acting(drafter)


def now(draft: Draft, by: Actor) -> Draft:
    return queries.draft(draft.id, by=by)


def in_force(draft: Draft, by: Actor) -> dict[str, object]:
    held = now(draft, by)
    from onedoor.desk.catalogue.sheet import work_of

    return dict(work_of(held, on=local_date(timezone.now())).tree)


def page(draft: Draft, place: str) -> str:
    return f"/desk/catalogue/drafts/{draft.id}/edit/{place}/"


@pytest.mark.parametrize(
    "place",
    [
        "basic", "limits", "ways", "results", "told", "conditions", "clock.promised", "clock.legal", "situations",
        "situations.0", "situations.3", "situations.1.when", "materials", "materials.2", "materials.2.when", "places",
        "places.0", "places.1", "contacts", "faqs", "faqs.0", "plan", "plan.steps", "plan.steps.1", "plan.steps.1.limit",
        "plan.steps.1.when", "form", "form.pages", "form.pages.2", "form.pages.2.questions.0", "basis", "flow.0",
        "remedies", "result", "clock.extension", "fees", "fees.0",
    ],
)  # fmt: skip
def test_every_place_of_an_item_has_its_page(desk: Client, draft: Draft, place: str) -> None:
    assert desk.get(page(draft, place)).status_code == 200


@pytest.mark.parametrize("place", ["nothing", "places.0.nothing", "materials.x", "places.7", "1"])
def test_what_is_no_place_of_an_item_is_not_found(desk: Client, draft: Draft, place: str) -> None:
    assert desk.get(page(draft, place)).status_code in (200, 404)
