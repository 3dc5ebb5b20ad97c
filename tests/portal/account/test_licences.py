"""我的证照: whoever holds one asks for it anew or gives it up, online, after one look at what that means."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.cases.world import staff
from tests.portal.conftest import County

from onedoor.cases import commands
from onedoor.kernel.actor import Act
from onedoor.licences import queries as licences

pytestmark = pytest.mark.django_db


def test_a_lost_licence_is_asked_for_checked_and_receipted_once(county: County) -> None:
    number, who = county.submit(), county.citizen.client
    county.decide(number)
    held = licences.licence_of_case(number)
    assert held is not None
    address = f"/mine/licences/{held.number}/reissue/"
    assert address in who.get("/mine/").content.decode()
    assert county.stranger.client.get(address).status_code == 404
    assert who.post(address, {"words": "搬家时"}).status_code == 422
    given = {"why": "遗失", "words": "搬家时丢的"}
    check = who.post(address, given)
    assert (check.status_code, "遗失：搬家时丢的" in check.content.decode()) == (200, True)
    sent = given | {"sure": "yes", "version": str(check.context["case"].version)}
    shown = who.post(address, sent, follow=True).content.decode()
    assert "补发申请已收到" in shown
    assert f"{number}-申请-1" in shown
    assert "已申请补发" in who.get("/mine/").content.decode()
    assert who.post(address, sent, follow=True).content.decode().count(f"{number}-申请-1") == 1
    assert who.get(f"/track/{number}/papers/request/")["Content-Type"] == "application/pdf"
    assert "持证人申请补发" in who.get(f"/track/{number}/").content.decode()


def test_giving_up_needs_a_reason_and_may_be_taken_back(county: County) -> None:
    number, who = county.submit(), county.citizen.client
    county.decide(number)
    held = licences.licence_of_case(number)
    assert held is not None
    address = f"/mine/licences/{held.number}/cancel/"
    assert who.post(address, {"words": " "}).status_code == 422
    check = who.post(address, {"words": "不做了"})
    assert "不能恢复" in check.content.decode()
    changed = who.post(address, {"words": "不做了", "change": "yes"}).content.decode()
    assert "下一步：核对" in changed
    stale = who.post(address, {"words": "不做了", "sure": "yes", "version": "1"})
    assert stale.status_code == 409
    who.post(address, {"words": "不做了", "sure": "yes", "version": str(check.context["case"].version)})
    assert "已经撤回" in who.post(address, {"take_back": "yes"}, follow=True).content.decode()
    assert who.get(address.replace("cancel", "burn")).status_code == 404


def test_what_was_issued_anew_is_asked_for_under_its_new_number(county: County) -> None:
    number, who = county.submit(), county.citizen.client
    county.decide(number)
    old = licences.licence_of_case(number)
    assert old is not None
    power = staff("发证员", county.item.organ, Act.DELIVER)
    commands.reissue_licence(number, by=power, at=timezone.now(), reasons="窗口补发")
    answer = who.get(f"/mine/licences/{old.number}/reissue/", follow=True).content.decode()
    assert "现在不能申请补发" in answer
    new = licences.licence_of_case(number)
    assert new is not None
    assert f"/mine/licences/{new.number}/reissue/" in answer
