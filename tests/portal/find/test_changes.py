"""What a new version changed stands on the guide, in the words of the guide; a first version has nothing to tell."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.items.samples import changed, item

from onedoor.items import commands, queries
from onedoor.items.rules import Item
from onedoor.kernel.actor import system
from onedoor.kernel.clock import CHINA
from onedoor.portal.find.changes import Since, since_last

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 9, tzinfo=CHINA)


def publish(one: Item, on: date | None = None) -> None:
    commands.publish([one], by=system("test"), at=AT, effective_from=on)


def since(changes: dict[str, Any]) -> Since:
    publish(item())
    publish(changed(changes))
    found = since_last(queries.history(item().code)[-1])
    assert found is not None
    return found


def told(changes: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.label, one.before, one.after) for one in since(changes).lines]


def test_a_first_version_has_nothing_before_it() -> None:
    publish(item())
    assert since_last(queries.published(item().code)) is None


def test_a_limit_a_code_a_number_and_a_condition_are_told_in_words() -> None:
    assert told({"clock.promised.number": 4, "scope": "2", "terminal": False}) == [
        ("承诺办结时限", "5个工作日，自受理之日起，当天不算", "4个工作日，自受理之日起，当天不算"),
        ("通办范围", "全县通办", "全省通办"),
        ("是否支持终端办理", "是", "否"),
    ]


def test_what_is_new_or_gone_is_told_and_what_is_long_is_only_named() -> None:
    added = {"key": "plan", "name": "消防平面图", "kind": "3", "by_law": "食品安全法 33(1).4", "necessity": "2"}
    lines = since({f"materials.{len(item().materials)}": added, "rights": "甲" * 100}).lines
    found = {one.label: (one.before, one.after, one.section) for one in lines}
    assert found["申请材料“消防平面图”"] == ("", "新增加的", "materials")
    assert found["申请人权利"] == ("", "", "rights")


@pytest.mark.parametrize(("days", "shown"), [(0, "4 个工作日"), (1, "5 个工作日")])
def test_a_guide_changes_on_the_day_and_not_before(days: int, shown: str) -> None:
    today = timezone.localdate()
    publish(item())
    publish(changed({"clock.promised.number": 4, "plan.steps.1.limit.number": 2}), today + timedelta(days=days))
    queries.forget()
    page = Client().get(f"/items/{item().code}/").content.decode()
    assert shown in page
    assert ("与上一版相比" in page) is (days == 0)


def test_search_words_are_no_news_to_citizens() -> None:
    assert since({"keywords": ["开饭馆"]}).lines == ()


def test_a_version_that_never_came_into_force_is_not_what_was_before() -> None:
    publish(item(), date(2026, 1, 5))
    publish(changed({"notes": "请把证挂好。"}), date(2026, 6, 1))
    publish(changed({"summary": "改写了说明。"}), date(2026, 2, 1))
    last = queries.history(item().code)[-1]
    found = since_last(last)
    assert found is not None
    assert found.number == 1
    assert [one.label for one in found.lines] == ["一句话说明"]
