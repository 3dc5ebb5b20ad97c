"""One visit, several items: the card read, errors put right, one receipt, originals back, the next person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, citizen, register, staff
from tests.desk.review.test_paying import asked
from tests.desk.window.counter import NEW, OTHER, PERSON, Counter, offer

from onedoor.cases import queries as cases
from onedoor.hall import ports, queries
from onedoor.hall.rules import Card, Identity, Visit
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.codes import make_id_number
from onedoor.registries import queries as registries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


class Reader:
    """What lies on the reader of window 3: a card, or what goes wrong."""

    def __init__(self) -> None:
        self.lies: Card | Exception = ports.NoCard()

    def read(self, desk: str) -> Card:
        assert desk == "3"
        if isinstance(self.lies, Exception):
            raise self.lies
        return self.lies


@pytest.fixture
def reader() -> Iterator[Reader]:
    found = Reader()
    ports.connect(reader=found)
    yield found
    ports.connect(reader=None)


@pytest.fixture
def clerk(world: World) -> Actor:
    return staff("全权", world.item.organ, Act.RECEIVE, Act.ACCEPT, Act.NOTIFY)


@pytest.fixture
def counter(world: World, clerk: Actor, acting: SignIn) -> Counter:
    return Counter(acting(clerk), offer(world))


def only(clerk: Actor) -> Visit:
    (visit,) = queries.lately(by=clerk, at=timezone.now())
    return visit


def test_whoever_comes_with_a_receipt_sees_the_case_that_waits_for_it(
    world: World, clerk: Actor, acting: SignIn
) -> None:
    counter, party = Counter(acting(clerk), world.item), register("张三")
    number, id_number = asked(world, by=citizen(party, "张三")), make_id_number("530524", date(1980, 3, 1), 1)
    page = counter.browser.get(counter.stand(id_number)["Location"]).content.decode()
    assert all(told in page for told in ("等这个人缴费的", f"/desk/cases/{number}/", "应缴 80元"))
    assert cases.asked_to_pay([number], by=clerk) == {number}
    assert cases.asked_to_pay([number], by=citizen("person:99", "李四")) == frozenset()


def test_a_card_on_the_reader_and_enter_is_all_it_takes(counter: Counter, clerk: Actor, reader: Reader) -> None:
    reader.lies = Card(PERSON, "张三", "云南省昌宁县田园镇")
    answer = counter.stand("", desk="3")
    assert answer.status_code == 302
    visit = queries.visit(answer["Location"].split("/")[3], by=clerk, at=timezone.now())
    assert (visit.identity, visit.desk) == (Identity.READER, "3")
    assert registries.party(visit.applicant).name == "张三"


@pytest.mark.parametrize(
    ("lies", "told"),
    [
        (ports.NoCard(), "读卡器上没有证件"),
        (ports.Misread(), "没有读出来"),
        (ports.ReaderDown("x"), "读卡器没有应答"),
        (Card(PERSON[:-1] + ("0" if PERSON[-1] != "0" else "1"), "张三"), "读出的号码不对"),
    ],
)
def test_what_the_reader_cannot_do_is_told_with_a_way_on(
    counter: Counter, reader: Reader, lies: Card | Exception, told: str
) -> None:
    reader.lies = lies
    answer = counter.stand("", desk="3", read="applicant")
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "照证件输入" in answer.content.decode()


def test_an_agents_card_goes_where_the_agent_stands(counter: Counter, reader: Reader, clerk: Actor) -> None:
    reader.lies = Card(OTHER, "李四")
    answer = counter.stand(PERSON, desk="3", read="stands", **NEW)
    visit = queries.visit(answer["Location"].split("/")[3], by=clerk, at=timezone.now())
    assert registries.party(visit.stands).name == "李四"
    assert not visit.in_person


def test_a_name_that_differs_from_the_register_is_pointed_out(counter: Counter, reader: Reader) -> None:
    counter.stand(**NEW)
    reader.lies = Card(PERSON, "张山")
    answer = counter.browser.post("/desk/window/", {"number": "", "desk": "3"}, follow=True)
    assert "证件上的姓名与登记的不一样" in answer.content.decode()


def test_two_presses_are_one_visit_and_the_way_back_another_person_is_another(counter: Counter) -> None:
    first = counter.stand(key="k", **NEW)["Location"]
    assert counter.stand(key="k")["Location"] == first
    other = counter.stand(OTHER, key="k", applicant_name="李四")["Location"]
    assert other != first


def test_two_items_of_one_visit_stand_on_one_page_and_one_receipt(counter: Counter, clerk: Actor) -> None:
    sheet = counter.visit(**NEW)
    counter.hand_in(sheet)
    page = counter.browser.get(counter.hand_in(sheet, key="another", entity_name="新街店", act="accept")["Location"])
    visit = only(clerk)
    assert len(visit.taken) == 2
    for taken in visit.taken:
        assert taken.case in page.content.decode()
    base = f"/desk/window/{visit.token}/"
    assert counter.browser.get(f"{base}papers/receipt/").content.startswith(b"%PDF")
    assert counter.browser.get(f"{base}papers/delivery/{visit.taken[1].case}/").content.startswith(b"%PDF")
    for nothing in (
        f"papers/delivery/{visit.taken[0].case}/",
        "papers/nonsense/",
        f"papers/fees/{visit.taken[0].case}/",
    ):
        assert counter.browser.get(base + nothing).status_code == 404


def test_originals_are_handed_back_with_the_end_of_the_visit(counter: Counter, clerk: Actor) -> None:
    page = counter.browser.get(counter.hand_in(counter.visit(**NEW))["Location"]).content.decode()
    visit = only(clerk)
    (taken,) = visit.taken
    ticks = [f"{taken.case}:{material.key}" for material in taken.to_return]
    assert ticks
    assert all(f'value="{tick}" checked' in page for tick in ticks)
    strange = counter.browser.post(f"/desk/window/{visit.token}/close/", {"returned": [f"{taken.case}:x"]}, follow=True)
    assert "没有收过这些原件" in strange.content.decode()
    for _ in range(2):
        done = counter.browser.post(f"/desk/window/{visit.token}/close/", {"returned": ticks}, follow=True)
        assert "接待结束" in done.content.decode()
    assert only(clerk).closed
    row, replay = queries.replayed(visit.token)
    assert row == replay
    assert counter.hand_in(f"/desk/window/{visit.token}/{counter.item.code}/", key="late").status_code == 422


def test_an_error_put_right_on_the_spot_does_not_hinder_acceptance(counter: Counter, clerk: Actor) -> None:
    sheet = counter.visit(**NEW)
    wrong = counter.hand_in(sheet, act="accept", **{"fault.form": "门牌号写错"})
    assert wrong.status_code == 422
    assert "当场改好的勾" in wrong.content.decode()
    silent = counter.hand_in(sheet, act="accept", fixed="form")
    assert "请写明更正了什么" in silent.content.decode()
    done = counter.hand_in(sheet, act="accept", fixed="form", **{"fault.form": "门牌号由18号改为81号"})
    assert done.status_code == 302
    (taken,) = only(clerk).taken
    assert taken.corrected == ("申请表",)
    assert cases.case_page(taken.case, by=system("tests"), on=timezone.localdate()).case.accepted


def test_one_press_ticks_what_the_list_asks_for(counter: Counter) -> None:
    sheet = counter.visit(**NEW)
    page = counter.hand_in(sheet, act="complete", **{"paper.nothing": "copy"})
    assert page.status_code == 200
    ticked = page.content.decode()
    assert 'value="original" checked' in ticked
    assert cases.count(by=system("tests")) == 0


def test_a_figure_picks_the_line_of_the_list(counter: Counter) -> None:
    items = counter.stand(**NEW)["Location"]
    assert counter.browser.get(items, {"q": "1"})["Location"].startswith(items)
    assert counter.browser.get(items, {"q": "77"}).status_code == 200


def test_an_original_that_was_not_given_back_waits_until_the_person_comes_again(counter: Counter, clerk: Actor) -> None:
    counter.hand_in(counter.visit(**NEW))
    first = only(clerk)
    counter.browser.post(f"/desk/window/{first.token}/close/")
    items = counter.stand()["Location"]
    page = counter.browser.get(items).content.decode()
    ticks = [f"{first.number}:{first.taken[0].case}:{m.key}" for m in first.taken[0].to_return]
    assert ticks
    assert all(f'value="{tick}"' in page for tick in ticks)
    nothing = counter.browser.post(f"{items}originals/", follow=True).content.decode()
    assert "没有勾选原件" in nothing
    strange = counter.browser.post(f"{items}originals/", {"returned": ["x"]}, follow=True).content.decode()
    assert "不是在这里收的" in strange
    done = counter.browser.post(f"{items}originals/", {"returned": ticks}, follow=True).content.decode()
    assert "原件已经当面退还" in done
    assert "以前收下的原件" not in done
