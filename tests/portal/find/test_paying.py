"""The guide says when and how what is owed is paid, and only to whoever owes it in the course of the review."""

import pytest
from tests.cases.conftest import published

from onedoor.portal.find.guide import guide_of

HOUSE = "不动产登记（国有建设用地使用权及房屋所有权转移登记）"
ROAD = "市政设施建设类审批（占用、挖掘城市道路）"


@pytest.mark.parametrize(
    ("name", "chosen", "told"),
    [
        (HOUSE, {}, "申请受理以后，会给您发缴费通知"),
        (HOUSE, {"use": "home"}, "申请受理以后，会给您发缴费通知"),
        (ROAD, {"act": "dig"}, "“现场踏勘”办完以后，会给您发缴费通知"),
    ],
)
def test_the_guide_says_when_where_and_that_no_clock_stops(name: str, chosen: dict[str, str], told: str) -> None:
    item = published(name)
    when, where, clock = guide_of(item, chosen).paying
    assert told in when
    assert "10 个工作日内缴清" in when
    assert item.places[0].window in where
    assert "法定期限照样往下算" in clock


@pytest.mark.parametrize(
    ("name", "chosen"),
    [(HOUSE, {"use": "other", "small": "yes"}), ("居民身份证申领、换领、补领", {"reason": "lost"})],
)
def test_who_owes_nothing_or_pays_outside_the_review_is_told_nothing_of_it(name: str, chosen: dict[str, str]) -> None:
    assert guide_of(published(name), chosen).paying == ()
