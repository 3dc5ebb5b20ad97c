"""What waits for an officer beside cases is counted in the menu and on the inbox, for whoever can do it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from tests.agency.station import station
from tests.cases.world import AT, World, staff
from tests.desk.catalogue.conftest import SYSTEM, national, officer
from tests.hotline.desk import staffed
from tests.items.samples import item
from tests.relay.test_commands import CLERK, taken

from onedoor.desk.owed import owed
from onedoor.hotline import commands as hotline
from onedoor.items import commands as items
from onedoor.kernel.actor import Act, Actor

pytestmark = pytest.mark.django_db
Acting = Callable[[Actor], Client]


def counts(by: Actor) -> dict[str, int]:
    return {one.route: one.count for one in owed(by)}


def test_a_submitted_draft_waits_for_whoever_may_publish_it_and_not_for_its_drafter(acting: Acting) -> None:
    call_command("areas", "load")
    food = item("food-business")
    items.publish_standards([national(food)], by=SYSTEM, at=AT)
    items.publish([food], by=SYSTEM, at=AT)
    drafter, reviewer = officer(1, Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS), officer(2, Act.PUBLISH_ITEMS)
    draft = items.open_draft(food.code, by=drafter, at=AT)
    draft = items.change_draft(draft.id, {("summary",): "新说明"}, by=drafter, at=AT, version=draft.version)
    assert counts(reviewer) == {}
    items.submit_draft(draft.id, by=drafter, at=AT, version=draft.version)
    assert counts(reviewer) == {"desk:catalogue": 1}
    assert counts(drafter) == {}
    assert counts(officer(3, Act.PUBLISH_ITEMS, organ="115305240152400000")) == {}
    page = acting(reviewer).get("/desk/").content.decode()
    assert '<a class="chip" href="/desk/catalogue/">待审核事项 <b>1</b></a>' in page
    assert "事项管理 <i>1</i>" in page


def test_a_question_waits_for_whoever_can_take_its_next_step(world: World) -> None:
    call_command("orgs", "load")
    desk = staffed(world)
    number = desk.ask(general=True).number
    assert [counts(who) for who in (desk.dispatcher, desk.officer, desk.leader)] == [{"desk:consult": 1}, {}, {}]
    hotline.dispatch(number, by=desk.dispatcher, at=AT, organ=world.item.organ)
    assert [counts(who) for who in (desk.dispatcher, desk.officer, desk.elsewhere)] == [{}, {"desk:consult": 1}, {}]


def test_an_errand_waits_for_the_agent_who_took_it_on(world: World) -> None:
    call_command("orgs", "load")
    people = station(world)
    people.prepare()
    assert [counts(who) for who in (people.agent, people.hall)] == [{"desk:agency": 1}, {}]


def test_what_waits_too_long_elsewhere_is_asked_after_by_the_window_and_told_to_supervision(
    world: World, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = SimpleNamespace(name="张三", masked_number="5330***")
    monkeypatch.setattr("onedoor.registries.queries.party", lambda _ref: somebody)
    number = taken(world)  # in March; by now somebody should have sent it on
    assert counts(CLERK) == {"desk:relays": 1}
    inbox = acting(CLERK).get("/desk/").content.decode()
    assert '<a class="chip" href="/desk/relay/">异地代收，要催问 <b>1</b></a>' in inbox
    listed = acting(CLERK).get("/desk/relay/?show=late").content.decode()
    assert (number in listed, "以前应当有下文" in listed) == (True, True)
    assert "请打电话 0875-0000000 催问" in acting(CLERK).get(f"/desk/relay/{number}/").content.decode()
    director = acting(staff("主任", None, Act.OVERSEE))
    for address in ("/desk/director/places/", "/desk/director/export/relays/csv/"):
        shown = director.get(address).content.decode()
        assert (number in shown, "张三" in shown) == (True, False)
    narrow = acting(staff("局长", world.item.organ, Act.OVERSEE))
    assert number not in narrow.get("/desk/director/places/").content.decode()
