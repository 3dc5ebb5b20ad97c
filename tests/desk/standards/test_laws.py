"""依据: what the register knows and does not know, and what a change of one law would touch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cases.world import AT, World, staff

from onedoor.cases import commands as cases
from onedoor.items import queries
from onedoor.kernel.actor import Act

pytestmark = pytest.mark.django_db
Acting = Callable[..., Client]


@pytest.fixture
def officer(world: World, acting: Acting) -> Client:
    return acting(staff("主任", None, Act.OVERSEE))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_nobody_verified_is_said_to_be_unverified(officer: Client) -> None:
    page = text(officer, "/desk/standards/laws/?q=食品安全法")
    assert "中华人民共和国食品安全法" in page
    assert "待核实" in page


def test_the_register_is_narrowed_by_rank_and_standing(officer: Client) -> None:
    assert "食品经营许可和备案管理办法" in text(officer, "/desk/standards/laws/?rank=rule&standing=in_force")
    assert "食品经营许可和备案管理办法" not in text(officer, "/desk/standards/laws/?rank=law")
    assert "没有找到" in text(officer, "/desk/standards/laws/?rank=%00nonsense")


def test_a_law_leads_to_its_items_and_to_the_rework_of_a_change(officer: Client, world: World) -> None:
    page = text(officer, "/desk/standards/laws/食品安全法/")
    found = queries.reach("食品安全法").effect
    assert f"<b>{found.fields}</b> 个字段要重看" in page
    assert f'href="/items/{world.item.code}/"' in page
    assert "还没有同公布的文本核对" in page


def test_the_running_cases_that_rest_on_it_are_counted_for_who_may_see_them(
    officer: Client, world: World, acting: Acting
) -> None:
    assert "<b>0</b> 件在办" in text(officer, "/desk/standards/laws/食品安全法/")
    cases.submit(world.application(), by=world.citizen, at=AT, key="a")
    assert "<b>1</b> 件在办" in text(officer, "/desk/standards/laws/食品安全法/")
    away = acting(staff("外县", None, Act.OVERSEE, area="530521"))
    assert "<b>0</b> 件在办" in text(away, "/desk/standards/laws/食品安全法/")


def test_one_article_touches_less(officer: Client) -> None:
    found = queries.reach("食品安全法", article="第三十三条").effect
    page = text(officer, "/desk/standards/laws/食品安全法/?article=第三十三条")
    assert f"<b>{found.fields}</b> 个字段要重看" in page
    assert "改动或者废止第三十三条" in page


def test_the_platform_s_own_rules_are_named(officer: Client) -> None:
    assert "onedoor.items.rules.lint.limits" in text(officer, "/desk/standards/laws/行政许可法/?article=第四十二条")


def test_an_unknown_law_is_not_found_and_a_clerk_sees_none(officer: Client, world: World, acting: Acting) -> None:
    assert officer.get("/desk/standards/laws/没有的法/").status_code == 404
    assert acting(world.clerk).get("/desk/standards/laws/").status_code == 404
    assert acting(world.clerk).get("/desk/standards/laws/食品安全法/").status_code == 404
