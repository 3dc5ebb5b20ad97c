"""我可能可以享受的: an old villager, 长辈版, a telephone, with and without scripts; the draft goes on at a computer."""

from __future__ import annotations

import pytest
from tests.journeys.browsing import Applicant
from tests.journeys.doors import ELDER, Door

pytestmark = pytest.mark.journey
ACCOUNT, NAME = "zhaoyongfu", "赵永福"
OFFERED = ("高龄津贴", "城乡居民基本养老保险待遇")


@pytest.mark.parametrize(("offer", "scripts"), [(OFFERED[0], True), (OFFERED[1], False)])
def test_what_is_known_is_offered_and_already_filled_in(door: Door, offer: str, scripts: bool) -> None:
    old = door.let_in(Applicant, ACCOUNT, screen="phone", view=ELDER, scripts=scripts)
    ask(old)
    old.follow(offer)
    old.follow("开始办理")
    old.press("开始填写")
    known = known_page(old)
    go_on_elsewhere(door, offer, known)
    told_who_looked(old)


def ask(old: Applicant) -> None:
    """Nothing is looked up before it is asked for; a hint that is put away stays away until it is called back."""
    old.goto("/mine/")
    old.follow("我可能可以享受的")
    shown = old.page.locator("main").inner_text()
    assert not any(offer in shown for offer in OFFERED)
    old.press("帮我看看")
    old.says(*OFFERED, "只是提示，办不办由您")
    old.press(f"不用再提示 {OFFERED[0]}")
    assert old.page.get_by_role("link", name=OFFERED[0]).count() == 0
    old.press("把收起的也显示")
    old.says(*OFFERED)


def known_page(old: Applicant) -> str:
    """The page that asks who he is: the name stands there."""
    for _ in range(5):
        if old.page.locator(f'main input[value="{NAME}"]').count():
            return old.page.url
        for choice in old.page.locator("main fieldset").all():
            choice.get_by_role("radio").first.check()
        old.press("保存并继续")
    raise AssertionError(f"nobody's name is filled in: {old.seen[-5:]}")


def go_on_elsewhere(door: Door, offer: str, page: str) -> None:
    other = door.let_in(Applicant, ACCOUNT)
    other.goto("/mine/")
    other.click(other.page.locator("main").get_by_role("link", name=offer).first)
    assert other.page.url == page


def told_who_looked(old: Applicant) -> None:
    old.goto("/mine/readings/")
    old.says("应本人要求")
