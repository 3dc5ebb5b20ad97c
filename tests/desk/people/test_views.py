"""人员与账号 as the county's administrators use it: each sees and does what is theirs, and nothing of another's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import staff

from onedoor.access import commands as access
from onedoor.access import queries as accounts
from onedoor.access.commands import NewAccount
from onedoor.access.rules import Administrator, administrator_grants
from onedoor.areas import commands as area_commands
from onedoor.areas import queries as areas
from onedoor.journal.queries import stream
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, system
from onedoor.orgs import commands, queries
from onedoor.orgs.rules import Organ, OrganKind, OrganLevel, Period, Post, PostKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
BY = system("tests")
BUREAU, OTHER = "11530524015240023W", "115305240152400152"
SINCE = Period(date(2020, 1, 1))


def made(code: str, name: str, *kinds: PostKind) -> None:
    organ = Organ(code, name, name[2:], OrganKind.DEPARTMENT, OrganLevel.COUNTY, "530524000000", None, SINCE)
    commands.establish_organ(organ, by=BY, at=timezone.now())
    for kind in kinds:
        acts = {PostKind.WINDOW: {Act.VIEW, Act.ACCEPT}, PostKind.SYSTEM_ADMIN: {Act.MANAGE_SYSTEM}}[kind]
        post = Post(f"{name}.{kind}", f"{kind}岗", kind, code, "530524", frozenset(acts), None, SINCE)
        commands.create_post(post, by=BY, at=timezone.now())


@pytest.fixture
def anna(db: None) -> Iterator[int]:
    """A member of staff of one of two bureaus, without post and account."""
    areas.forget()
    queries.forget()
    area_commands.load_divisions(area_commands.read_division_folder(), by=BY, at=timezone.now())
    made(BUREAU, "昌宁某局", PostKind.WINDOW, PostKind.SYSTEM_ADMIN)
    made(OTHER, "昌宁别局")
    enrolled("B01", "别人", OTHER)
    yield enrolled("M01", "安娜", BUREAU)
    areas.forget()
    queries.forget()


def enrolled(job_number: str, name: str, organ: str) -> int:
    return commands.enrol_staff(commands.Enrolment(job_number, name, organ, SINCE), by=BY, at=timezone.now()).id


def administrator(role: Administrator, number: int = 0) -> Actor:
    return Actor(f"account:{number}", role.label, ActorKind.STAFF, Channel.WEB, administrator_grants(role))


SYSTEM, SECURITY, AUDIT = (administrator(role) for role in Administrator)


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def do(browser: Client, person: int, act: str, **fields: str) -> tuple[int, str]:
    given = {f"{act}-{name}": value for name, value in fields.items()}
    answer = browser.post(f"/desk/people/{person}/do/{act}/", given, follow=True)
    return answer.status_code, answer.content.decode()


def acts(browser: Client, person: int) -> set[str]:
    return set(re.findall(r"/do/(\w+)/", page(browser, f"/desk/people/{person}/")))


def test_each_sees_the_people_of_the_organs_that_are_theirs(anna: int, acting: SignIn) -> None:
    own = staff("本局人事", BUREAU, Act.MANAGE_ORGS)
    shown = page(acting(own), "/desk/people/")
    assert ("安娜" in shown, "别人" in shown, "三员" in shown) == (True, False, False)
    assert acting(own).get(f"/desk/people/{anna - 1}/").status_code == 404
    for by in (SYSTEM, SECURITY, AUDIT):
        assert "别人" in page(acting(by), "/desk/people/")
    handler = acting(staff("承办", BUREAU, Act.ACCEPT))
    assert {handler.get(f"/desk/people/{rest}").status_code for rest in ("", "new/", f"{anna}/")} == {404}


def test_the_list_is_searched_and_says_when_it_is_empty(anna: int, acting: SignIn) -> None:
    browser = acting(SYSTEM)
    assert "别人" not in page(browser, "/desk/people/?q=m01")
    assert "没有找到" in page(browser, "/desk/people/?q=没有这个人")
    assert "安娜" in page(browser, f"/desk/people/?organ={BUREAU}&state=none")
    assert "安娜" not in page(browser, "/desk/people/?state=left")
    do(browser, anna, "discharge", period="2021-01-31")
    assert "安娜" not in page(browser, "/desk/people/")
    assert "安娜" in page(browser, "/desk/people/?state=left")


def test_a_newcomer_is_enrolled_put_on_a_post_and_given_an_account(anna: int, acting: SignIn) -> None:
    browser = acting(SYSTEM)
    wrong = browser.post(
        "/desk/people/new/", {"organ": BUREAU, "name": "新来", "job_number": "M01", "period": "2026-3-2"}
    )
    assert (wrong.status_code, "工号 M01 已有人使用" in wrong.content.decode()) == (422, True)
    given = {"organ": BUREAU, "name": "新来", "job_number": "M09", "period": "2026-03-02"}
    person = int(browser.post("/desk/people/new/", given)["Location"].split("/")[-2])
    status, shown = do(browser, person, "appoint", post="昌宁某局.window", period="2026-03-02", basis="任〔2026〕1号")
    assert (status, "任〔2026〕1号" in shown, "查看、受理" in shown) == (200, True, True)
    status, shown = do(browser, person, "invite", username="xinlai")
    link = re.search(r"https?://[^/]+(/account/\S+?)<", shown)
    assert link
    assert "设置密码" in Client().get(link.group(1), follow=True).content.decode()
    assert "等本人设密码" in shown
    assert "只显示这一次" in shown
    assert link.group(1) not in page(browser, f"/desk/people/{person}/")
    assert "任职：window岗" in shown
    status, shown = do(
        browser, person, "relieve", post=str(queries.assignments(staff_id=person)[0].id), period="2026-03-31"
    )
    assert (status, "请填写" in shown) == (422, True)


def test_no_post_of_an_administrator_is_given_here_and_none_to_oneself(anna: int, acting: SignIn) -> None:
    shown = page(acting(SYSTEM), f"/desk/people/{anna}/")
    assert ("window岗" in shown, "system_admin岗" in shown) == (True, False)
    assert do(acting(SYSTEM), anna, "appoint", post="昌宁某局.system_admin", period="2026-03-02", basis="x")[0] == 422
    ref = access.open_account(NewAccount("anna", "安娜", kind="staff", staff_id=anna), by=BY, at=timezone.now())
    herself = Actor(ref, "安娜", ActorKind.STAFF, Channel.WEB, staff("", BUREAU, Act.MANAGE_ORGS).grants)
    assert acts(acting(herself), anna) == set()
    assert do(acting(herself), anna, "appoint", post="昌宁某局.window", period="2026-03-02", basis="x")[0] == 409


def test_accounts_are_opened_by_one_administrator_and_locked_or_reset_by_another(anna: int, acting: SignIn) -> None:
    ref = access.open_account(
        NewAccount("anna", "安娜", kind="staff", staff_id=anna), by=BY, at=timezone.now(), password="Changning-2026"
    )
    assert acts(acting(SYSTEM), anna) == {"appoint", "discharge"}
    assert acts(acting(SECURITY), anna) == {"reset", "end_sessions", "suspend"}
    assert acts(acting(AUDIT), anna) == set()
    assert do(acting(SYSTEM), anna, "reset")[0] == 409
    assert do(acting(SECURITY), anna, "suspend")[0] == 422
    assert "已停用" in do(acting(SECURITY), anna, "suspend", reason="借调")[1]
    assert "恢复账号：" not in do(acting(SECURITY), anna, "restore", reason="回来了")[1]
    status, shown = do(acting(SECURITY), anna, "reset")
    assert (status, "等本人设密码" in shown) == (200, True)
    assert "/account/password/reset/key/" in do(acting(SYSTEM), anna, "link")[1]
    done = [fact.kind for fact in stream(ref)]
    assert done[1:] == ["account_suspended", "account_restored", "credentials_reset", "enrolment_link_issued"]
    shown = page(acting(AUDIT), f"/desk/people/{anna}/")
    assert ("停用账号" in shown, "借调" in shown) == (True, True)


def test_a_lock_after_failed_attempts_is_lifted(anna: int, acting: SignIn) -> None:
    access.open_account(
        NewAccount("anna", "安娜", kind="staff", staff_id=anna), by=BY, at=timezone.now(), password="Changning-2026"
    )
    for _ in range(accounts.policy(date(2026, 3, 2)).tries):
        access.begin_attempt("anna", at=timezone.now())
        access.record_failure("anna", at=timezone.now(), address=None)
    assert "暂停登录" in page(acting(SECURITY), "/desk/people/?state=locked")
    assert "暂停登录到" not in do(acting(SECURITY), anna, "unlock")[1]


def test_no_administrator_resets_or_suspends_themselves(anna: int, acting: SignIn) -> None:
    ref = access.open_account(
        NewAccount("guard", "安全管理员", kind="staff", administrator=Administrator.SECURITY),
        by=BY, at=timezone.now(), password="Changning-2026",
    )  # fmt: skip
    number = int(ref.partition(":")[2])
    address = f"/desk/people/administrators/{number}/"
    himself, other = (acting(administrator(Administrator.SECURITY, who)) for who in (number, number + 1000))
    assert "/do/" not in page(himself, address)
    assert himself.post(f"{address}do/reset/").status_code == 409
    assert "等本人设密码" in other.post(f"{address}do/reset/", follow=True).content.decode()
    assert acting(staff("本局人事", BUREAU, Act.MANAGE_ORGS)).get(address).status_code == 404
