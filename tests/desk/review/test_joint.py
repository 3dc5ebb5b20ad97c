"""一件事 at the desk: what each organ says is missing, one notice, one joint visit, one hand-over."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.street import Street, founded
from tests.cases.world import AT

from onedoor.cases import commands
from onedoor.cases.rules.values import State
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


@pytest.fixture
def street() -> Street:
    return founded()


@pytest.fixture
def number(street: Street) -> str:
    return street.submit(at=timezone.now())


def do(browser: Client, number: str, act: str, **fields: object) -> str:
    page = browser.get(f"/desk/cases/{number}/").content.decode()
    seen = re.search(r'name="version" value="(\d+)"', page)
    data = {name.replace("__", "."): value for name, value in fields.items()}
    shown = {"version": seen.group(1)} if seen else {}
    return browser.post(f"/desk/cases/{number}/do/{act}/", shown | data, follow=True).content.decode()


def own_material(street: Street, member: str) -> str:
    return next(m.key for m in street.bundle.materials if m.key.startswith(f"{member}_"))


def test_what_an_organ_names_stands_filled_in_the_one_notice_of_the_lead(
    street: Street, acting: SignIn, number: str
) -> None:
    lead, drain = (acting(street.officer(number, member)) for member in ("food", "drain"))
    key = own_material(street, "drain")
    page = drain.get(f"/desk/cases/{number}/").content.decode()
    assert "提材料意见：排水许可" in page
    assert "<span>提材料意见：烟草" not in page
    assert "别人在办的" in page
    assert f'name="ask.{own_material(street, "tobacco")}"' not in page
    wrong = do(drain, number, "speak", step="drain", **{f"ask__{key}": "on", f"fault__{key}": ""})
    assert "请写明这份材料缺什么" in wrong
    do(drain, number, "speak", step="drain", **{f"ask__{key}": "on", f"fault__{key}": "没有画检查井"})
    page = lead.get(f"/desk/cases/{number}/").content.decode()
    assert "排水许可提出" in page
    assert re.search(f'name="ask.{key}" checked', page)
    assert 'value="没有画检查井"' in page
    answer = do(lead, number, "supplement", **{f"ask__{key}": "on", f"fault__{key}": "没有画检查井"})
    assert "还没有提材料意见：烟草专卖零售许可" in answer
    do(acting(street.officer(number, "tobacco")), number, "speak", step="tobacco")
    do(lead, number, "supplement", **{f"ask__{key}": "on", f"fault__{key}": "没有画检查井"})
    assert street.case(number).state is State.SUPPLEMENT


def test_a_visit_is_called_manned_and_signed_at_the_desk_and_the_member_s_page_says_where(
    street: Street, acting: SignIn, number: str
) -> None:
    lead, drain = street.officer(number, "food"), acting(street.officer(number, "drain"))
    commands.accept(number, by=lead, at=timezone.now())
    day = local_date(timezone.now()) + timedelta(days=1)
    asked = {"member": ["food", "drain"], "day": str(day), "place": "店门口"}
    assert "请填写几点碰头" in do(drain, number, "call_visit", hour="早上", **asked)
    page = do(drain, number, "call_visit", hour="9:30", **asked)
    assert "等报人员" in page
    assert "联合踏勘。请在一件事" in drain.get(f"/desk/cases/{street.child(number, 'drain').number}/").content.decode()
    assert "每个部门应当有 2 名以上" in do(drain, number, "man_visit", step="drain", officers="赵一")
    page = do(drain, number, "man_visit", step="drain", officers="赵一、钱二")
    assert "赵一、钱二" in page
    assert "还没有到约定踏勘的日子" in do(
        drain, number, "sign_visit", step="drain", verdict="passed", opinion="检查井完好"
    )
    page = do(drain, number, "leave_visit", step="drain", reason="井盖要停水才能打开")
    assert "井盖要停水才能打开" in page
    assert "请在一件事" not in drain.get(f"/desk/cases/{street.child(number, 'drain').number}/").content.decode()


def test_all_results_that_lie_ready_are_listed_and_handed_over_in_one_act(street: Street, acting: SignIn) -> None:
    number = street.submit(electronic=False)
    commands.accept(number, by=street.officer(number, "food"), at=AT)
    street.decide(street.child(number, "food").number)
    commands.follow_members(number, at=AT)
    lead = acting(street.officer(number, "food"))
    page = lead.get(f"/desk/cases/{number}/").content.decode()
    assert "统一出件（先交已办好的）" in page
    assert str(street.child(number, "food").licence) in page
    do(lead, number, "deliver", method="window", receiver="张三")
    assert street.child(number, "food").delivered is not None
    assert "统一出件（先交" not in lead.get(f"/desk/cases/{number}/").content.decode()
