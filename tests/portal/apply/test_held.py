"""Who holds a licence already is told so before applying for it again."""

from __future__ import annotations

from dataclasses import replace

from django.test import Client
from django.utils import timezone
from tests.portal.conftest import County
from tests.portal.test_apply import text

from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import item_of
from onedoor.kernel.actor import system


def test_who_holds_the_licence_already_is_told_so_with_what_to_do_and_may_go_on(county: County) -> None:
    change = replace(item_of(county.item), sequence="02", name="食品经营许可（变更）")
    items.publish([change], by=system("tests"), at=timezone.now())
    published.forget()
    address = f"/apply/{county.item.code}/"
    assert county.citizen.client.get(address).context["held"] is None
    county.decide(county.submit())
    page = county.citizen.client.get(address)
    (fact,) = page.context["held"].licences
    for words in (
        "已经有“食品经营许可证”了",
        fact.value.partition("\n")[0],
        "食品经营许可（变更）",
        "申请补发",
        "开始填写",
    ):
        assert words in text(page)
    assert fact.name == "张三"
    assert county.stranger.client.get(address).context["held"] is None
    assert Client().get(address).context["held"] is None
