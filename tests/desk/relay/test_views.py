"""异地收件 at the window, from the counter to the result, and what the applicant reads of it by number and password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, staff
from tests.desk.window.counter import NEW, Counter, offer

from onedoor.kernel.actor import Act, Actor
from onedoor.relay import queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
CLERK = staff("综窗", None, Act.RECEIVE)
ELSEWHERE = staff("外乡", None, Act.RECEIVE, area="530524104")
FORM = {
    "key": "k1",
    "item": "护士执业注册",
    "organ": "施甸县卫生健康局",
    "place": "云南省保山市施甸县",
    "contact": "0875-0000000",
    "mode": "collect",
    "basis": "滇西通办协议（示例）",
    "materials": "申请表\n身份证，复印件，2份",
}


def do(clerk: Client, number: str, act: str, **fields: object) -> tuple[int, str]:
    answer = clerk.post(f"/desk/relay/{number}/do/{act}/", fields, follow=True)
    return answer.status_code, answer.content.decode()


def made(world: World, clerk: Client, key: str = "k1") -> str:
    visit = Counter(clerk, offer(world)).visit(**NEW).removeprefix("/desk/window/").split("/")[0]
    return clerk.post(f"/desk/relay/new/{visit}/", FORM | {"key": key})["Location"].split("/")[-2]


def test_from_the_counter_to_the_result(world: World, acting: SignIn) -> None:
    clerk, visitor = acting(CLERK), Client()
    visit = Counter(clerk, offer(world)).visit(**NEW).removeprefix("/desk/window/").split("/")[0]
    answer = clerk.post(f"/desk/relay/new/{visit}/", FORM | {"organ": ""})
    assert (answer.status_code, "哪个机关决定" in answer.content.decode()) == (422, True)
    made = clerk.post(f"/desk/relay/new/{visit}/", FORM)
    again = clerk.post(f"/desk/relay/new/{visit}/", FORM)
    assert made["Location"] == again["Location"]  # a second press is the same relay
    other = clerk.post(f"/desk/relay/new/{visit}/", FORM | {"item": "医师执业注册"})
    assert other.status_code == 409  # what was typed on a page that went out before is not lost in silence
    number = made["Location"].split("/")[-2]
    for kind in ("receipt", "list"):
        assert clerk.get(f"/desk/relay/{number}/papers/{kind}/").content.startswith(b"%PDF")
    assert "施甸县卫生健康局" in clerk.get("/desk/relay/").content.decode()
    assert acting(ELSEWHERE).get(f"/desk/relay/{number}/").status_code == 404
    assert acting(world.reviewer).get("/desk/relay/").status_code == 404

    today, code = str(timezone.localdate()), {"number": number, "code": queries.code_of(number)}
    assert do(clerk, number, "send", way="")[0] == 422
    assert do(clerk, number, "send", way="邮政快递 EX1")[0] == 200
    assert do(clerk, number, "answer", reply="accepted", on=today, due=today)[0] == 200
    shown = visitor.post("/relay/", code).content.decode()
    assert "施甸县卫生健康局受理，办理期限从这天起算" in shown
    assert do(clerk, number, "decide", granted="yes", on=today, document="施卫护〔2026〕1号")[0] == 200
    assert "请带身份证到原来的窗口领取" in visitor.post("/relay/", code).content.decode()
    status, page = do(clerk, number, "hand", receiver="本人")
    assert (status, "已交付" in page) == (200, True)
    assert visitor.post("/relay/", code | {"code": "00000000"}).status_code == 422
    assert visitor.get(f"/relay/?number={number}").status_code == 200
    assert visitor.post("/relay/", code | {"number": "9" * 60}).status_code == 422


def test_after_a_refusal_the_originals_go_back_before_it_ends(world: World, acting: SignIn) -> None:
    clerk, visitor = acting(CLERK), Client()
    number = made(world, clerk)
    today, code = str(timezone.localdate()), {"number": number, "code": queries.code_of(number)}
    do(clerk, number, "send", way="邮政快递 EX1")
    assert "退还原件" in do(clerk, number, "answer", reply="refused", on=today, told="不属于本机关职权")[1]
    assert number in clerk.get("/desk/relay/").content.decode()
    assert "领回原件" in visitor.post("/relay/", code).content.decode()
    assert do(clerk, number, "return", receiver="")[0] == 422
    status, page = do(clerk, number, "return", receiver="申请表原件，交本人")
    assert (status, "原件退还：申请表原件，交本人" in page) == (200, True)
    assert "原件已经退还" in visitor.post("/relay/", code).content.decode()
    assert number in clerk.get("/desk/relay/?show=closed").content.decode()


def test_what_is_given_up_goes_back_with_a_receipt_for_the_originals(world: World, acting: SignIn) -> None:
    clerk, visitor = acting(CLERK), Client()
    number = made(world, clerk)
    today, code = str(timezone.localdate()), {"number": number, "code": queries.code_of(number)}
    do(clerk, number, "send", way="邮政快递 EX1")
    do(clerk, number, "answer", reply="asked", on=today, told="还缺体检表")
    assert "可以撤回" in visitor.post("/relay/", code).content.decode()
    assert "申请人撤回 不想办了" in do(clerk, number, "withdraw", told="不想办了")[1]
    shown = visitor.post("/relay/", code).content.decode()
    assert ("您撤回了申请" in shown, "可以撤回" in shown) == (True, False)
    assert clerk.get(f"/desk/relay/{number}/papers/return/").status_code == 404
    assert "原件退还凭证" in do(clerk, number, "return", receiver="申请表原件，交本人")[1]
    assert clerk.get(f"/desk/relay/{number}/papers/return/").content.startswith(b"%PDF")
