"""补正 at the counter: what was asked for, on paper, for a case found by its number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff
from tests.desk.window.counter import NEW, OTHER, PERSON, Counter, number_of, offer

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Case, State
from onedoor.hall import queries as hall
from onedoor.kernel.actor import Act, Actor, system

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]

CLERK = staff("全权", None, Act.RECEIVE)


@pytest.fixture
def counter(world: World, acting: SignIn) -> Counter:
    item = offer(world)
    return Counter(acting(staff("全权", item.organ, Act.RECEIVE, Act.ACCEPT, Act.NOTIFY)), item)


@pytest.fixture
def told(counter: Counter) -> Case:
    """A case that waits for its materials."""
    answer = counter.tell(counter.visit(**NEW), **counter.filled(paper=False))
    return case_of(number_of(counter.browser.get(answer["Location"])))


def case_of(number: str) -> Case:
    return queries.case_page(number, by=system("tests"), on=timezone.localdate()).case


def test_a_case_is_found_by_its_number_however_it_is_typed(counter: Counter, told: Case) -> None:
    typed = f" {told.number[:6]}-{told.number[6:14]} {told.number[14:].lower()}"
    answer = counter.browser.get("/desk/window/supplement/", {"number": typed})
    assert answer["Location"] == f"/desk/window/supplement/{told.number}/"
    assert counter.browser.get("/desk/window/supplement/", {"number": "5305240000"}).status_code == 422


def test_all_that_was_asked_for_must_come_and_paper_counts(counter: Counter, told: Case) -> None:
    address = f"/desk/window/supplement/{told.number}/"
    assert told.supplement
    asked = list(told.supplement.materials)
    assert len(asked) > 1
    assert "未提交" in counter.browser.get(address).content.decode()
    part = counter.browser.post(address, {f"paper.{asked[0]}": "copy", "version": str(told.version)})
    assert part.status_code == 422
    assert "还缺" in part.content.decode()
    assert 'value="copy" checked' in part.content.decode()
    whole = counter.browser.post(
        address, {**{f"paper.{key}": "original" for key in asked}, "version": str(told.version)}
    )
    assert whole.status_code == 302
    page = counter.browser.get(whole["Location"]).content.decode()
    assert "补正材料" in page
    assert told.number in page
    case = case_of(told.number)
    assert case.state is State.SUBMITTED
    assert set(asked) <= set(case.paper)
    assert counter.browser.post(address, {}).status_code == 422


def test_a_form_that_was_asked_to_be_corrected_is_corrected_at_the_counter(counter: Counter) -> None:
    answer = counter.hand_in(counter.visit(**NEW))
    number = number_of(counter.browser.get(answer["Location"]))
    clerk = staff("全权", counter.item.organ, Act.NOTIFY)
    commands.request_supplement(number, by=clerk, at=timezone.now(), materials={"form": "店名写错了"})
    address = f"/desk/window/supplement/{number}/"
    assert "店名写错了" in counter.browser.get(address).content.decode()
    form = {key: value for key, value in counter.filled().items() if "." not in key}
    form["version"] = str(case_of(number).version)
    wrong = counter.browser.post(address, {**form, "entity_name": ""})
    assert wrong.status_code == 422
    assert counter.browser.post(address, {**form, "entity_name": "新街米线店"}).status_code == 302
    page = queries.case_page(number, by=system("tests"), on=timezone.localdate())
    assert page.answers
    assert page.answers["entity_name"] == "新街米线店"


def test_another_window_s_case_does_not_exist_here(acting: SignIn, told: Case) -> None:
    stranger = acting(staff("外窗", "11530524015240066A", Act.RECEIVE))
    assert stranger.get(f"/desk/window/supplement/{told.number}/").status_code == 404


def test_whoever_comes_back_is_found_by_the_receipt_its_code_or_the_identity_number(
    counter: Counter, told: Case
) -> None:
    (visit,) = hall.lately(by=CLERK, at=timezone.now())
    scanned = f"http://localhost:8000/track/?receipt={visit.number}"
    for typed in (visit.number, scanned, PERSON):
        answer = counter.browser.get("/desk/window/supplement/", {"number": typed})
        assert answer["Location"] == f"/desk/window/supplement/{told.number}/"
    unknown = counter.browser.get("/desk/window/supplement/", {"number": OTHER})
    assert unknown.status_code == 422
    assert "没有登记过" in unknown.content.decode()


def test_whoever_comes_back_sees_first_what_is_waited_for_and_completes_it_in_the_visit(
    counter: Counter, told: Case
) -> None:
    items = counter.stand()["Location"]
    page = counter.browser.get(items).content.decode()
    address = f"{items}supplements/{told.number}/"
    assert address in page
    assert told.supplement
    typed = {**{f"paper.{key}": ["original", "copy"] for key in told.supplement.materials}, "version": told.version}
    done = counter.browser.post(address, typed)
    assert done["Location"] == f"{items}done/"
    receipt = counter.browser.get(f"{items}papers/receipt/")
    assert receipt.content.startswith(b"%PDF")
    assert "等这个人补正的" not in counter.browser.get(items).content.decode()
