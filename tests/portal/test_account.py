"""我的: one's own drafts, cases, messages, licences, mandates and readings; nothing of anybody else."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal.conftest import County, today
from tests.relay.test_commands import CLERK, WISH

from onedoor.access import queries as access
from onedoor.cases import commands
from onedoor.notices import queries as notices
from onedoor.relay import commands as relay
from onedoor.relay import queries as relays

if TYPE_CHECKING:
    from onedoor.hall.rules import Visit


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def mandate(county: County, **changes: str) -> dict[str, str]:
    until = today() + timedelta(days=30)
    return {
        "principal": county.citizen.party,
        "agent_name": county.stranger.name,
        "agent_id": county.stranger.id_number,
        "scope": "handle",
        "item": "all",
        "valid_to-year": str(until.year),
        "valid_to-month": str(until.month),
        "valid_to-day": str(until.day),
    } | changes


@pytest.mark.django_db
def test_visitors_learn_what_this_page_is_for() -> None:
    html = text(Client().get("/mine/"))
    assert "?next=/mine/" in html
    for place in ("messages/", "readings/", "mandates/", "mandates/new/"):
        assert Client().get(f"/mine/{place}").status_code == 302


def test_one_sees_ones_own_cases_licences_and_drafts(county: County) -> None:
    number = county.submit()
    county.decide(number)
    draft = county.begin(county.citizen)
    html = text(county.citizen.client.get("/mine/"))
    assert number in html
    assert draft in html
    assert "食品经营许可证" in html
    assert "老街米线店" in html
    strange = text(county.stranger.client.get("/mine/"))
    assert number not in strange
    assert draft not in strange
    assert "食品经营许可证" not in strange


def test_an_idle_draft_says_until_when_it_is_kept(county: County) -> None:
    county.begin(county.citizen)
    commands.forget_drafts(at=timezone.now() + timedelta(days=100))
    assert "以后删除；再保存一次就不删" in text(county.citizen.client.get("/mine/"))


def test_messages_are_shown_and_marked_as_read(county: County) -> None:
    number = county.submit()
    commands.tell(number, ["case_submitted"], at=timezone.now())
    html = text(county.citizen.client.get("/mine/messages/"))
    assert "申请已收到" in html
    assert f"/track/{number}/" in html
    assert "1 条未读" in text(county.citizen.client.get("/mine/"))
    county.stranger.client.post("/mine/messages/read/")
    assert notices.unread_count(by=county.citizen.actor) == 1
    county.citizen.client.post("/mine/messages/read/")
    assert notices.unread_count(by=county.citizen.actor) == 0
    assert "申请已收到" not in text(county.stranger.client.get("/mine/messages/"))
    assert county.citizen.client.get("/mine/messages/?before=x").status_code == 200


def test_who_read_my_data_is_shown_with_purpose(county: County) -> None:
    county.begin(county.citizen)
    html = text(county.citizen.client.get("/mine/readings/"))
    assert "预填申请表" in html
    assert "身份证号" in html
    assert "预填申请表" not in text(county.stranger.client.get("/mine/readings/"))


def test_a_mandate_is_given_used_and_taken_back(county: County) -> None:
    assert county.citizen.client.post("/mine/mandates/new/", mandate(county)).status_code == 302
    (held,) = access.mandates(by=county.stranger.actor)
    assert "张三" in text(county.stranger.client.get(f"/apply/{county.item.code}/"))
    draft = county.begin(county.stranger, county.citizen.party)
    county.fill(county.stranger, draft)
    html = text(county.citizen.client.get("/mine/mandates/"))
    assert "李四 替 张三 办理" in html
    number = held.ref.partition(":")[2]
    answer = county.citizen.client.post(f"/mine/mandates/{number}/revoke/")
    assert answer.status_code == 302
    assert "张三" not in text(county.stranger.client.get(f"/apply/{county.item.code}/"))
    assert county.citizen.client.post(f"/mine/mandates/{number}/revoke/").status_code == 409
    assert county.citizen.client.get(f"/mine/mandates/{number}/revoke/").status_code == 405


def test_nobody_takes_back_what_is_not_theirs(county: County) -> None:
    from tests.portal.conftest import person

    other = person("王五", sequence=3)
    county.citizen.client.post("/mine/mandates/new/", mandate(county))
    (held,) = access.mandates(by=county.citizen.actor)
    assert other.client.post(f"/mine/mandates/{held.ref.partition(':')[2]}/revoke/").status_code == 404
    assert other.client.post("/mine/mandates/new/", mandate(county)).status_code == 422
    assert access.mandates(by=county.citizen.actor)[0].valid(today())


def test_a_mandate_for_looking_does_not_let_apply(county: County) -> None:
    county.citizen.client.post("/mine/mandates/new/", mandate(county, scope="look"))
    assert "张三" not in text(county.stranger.client.get(f"/apply/{county.item.code}/"))
    number = county.submit()
    assert county.stranger.client.get(f"/track/{number}/").status_code == 200
    assert county.stranger.client.post(f"/track/{number}/withdraw/", {"version": 1}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agent_name": "赵六"}, "agent_id"),
        ({"agent_id": "530524198003010000"}, "agent_id"),
        ({"valid_to-year": "2001"}, "valid_to"),
        ({"valid_to-day": ""}, "valid_to"),
        ({"scope": "everything"}, "scope"),
        ({"item": "nothing"}, "item"),
        ({"principal": "person:999"}, "principal"),
    ],
)
def test_a_faulty_mandate_is_told_at_its_field(county: County, changes: dict[str, str], field: str) -> None:
    answer = county.citizen.client.post("/mine/mandates/new/", mandate(county, **changes))
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in text(answer)
    assert access.mandates(by=county.citizen.actor) == ()


def test_a_mandate_for_oneself_is_refused(county: County) -> None:
    own = {"agent_name": county.citizen.name, "agent_id": county.citizen.id_number}
    answer = county.citizen.client.post("/mine/mandates/new/", mandate(county, **own))
    assert answer.status_code == 422
    assert "本人办理不需要委托" in text(answer)


def test_what_a_window_took_in_for_elsewhere_stands_beside_the_cases_of_its_applicant(county: County) -> None:
    at, own = timezone.now(), county.citizen.party
    visit = cast("Visit", SimpleNamespace(applicant=own, stands=own))
    number = relay.take_relay(visit, WISH, by=CLERK, at=at, key="k").number
    relay.send_relay(number, by=CLERK, at=at, way="邮政快递 EX123")
    html = text(county.citizen.client.get("/mine/"))
    assert (f"/relay/{number}/" in html, WISH.item in html) == (True, True)
    assert f"/relay/{number}/" in text(county.citizen.client.get("/mine/messages/"))
    assert "材料转递给施甸县卫生健康局" in text(county.citizen.client.get(f"/relay/{number}/"))
    assert WISH.item not in text(county.stranger.client.get("/mine/"))
    assert county.stranger.client.get(f"/relay/{number}/").status_code == 404


@pytest.mark.django_db
def test_its_applicant_gives_it_up_online_and_the_window_is_told_to_stop_it(county: County) -> None:
    at, own = timezone.now(), county.citizen.party
    visit = cast("Visit", SimpleNamespace(applicant=own, stands=own))
    number = relay.take_relay(visit, WISH, by=CLERK, at=at, key="k").number
    relay.send_relay(number, by=CLERK, at=at, way="邮政快递 EX123")
    address = f"/relay/{number}/"
    assert county.stranger.client.post(address).status_code == 404
    long = county.citizen.client.post(address, {"told": "长" * 501})
    assert (long.status_code, "500 字以内" in text(long)) == (422, True)
    assert county.citizen.client.post(address, {"told": "不想换地方了"})["Location"] == address
    page = text(county.citizen.client.get(address))
    assert ("您撤回了申请" in page, "确定撤回" in page) == (True, False)
    assert relays.replayed(number) == relays.relay(number, by=CLERK)
    assert [each.title for each in notices.inbox(by=CLERK)] == ["异地代收件：申请人撤回了"]
    again = county.citizen.client.post(address)
    assert (again.status_code, "不能撤回" in text(again)) == (422, True)
