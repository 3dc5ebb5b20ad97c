"""补交: what the organ overlooked may be brought, or declined, on the page of what is owed."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.cases.world import staff
from tests.portal.conftest import County, pdf
from tests.portal.test_track import received, text

from onedoor.cases import commands
from onedoor.kernel.actor import Act

pytestmark = pytest.mark.django_db


def test_what_the_organ_overlooked_may_be_brought_or_declined(county: County) -> None:
    now = timezone.now()
    number, _ = received(county, at=now)
    commands.accept(number, by=county.clerk, at=now)
    head = staff("分管局长", county.item.organ, Act.NOTIFY, Act.OVERSEE)
    wanted = {"layout": "水池没有画", "rules": "没有写消毒"}
    commands.ask_overlooked(number, by=head, at=now, materials=wanted, reason="初审漏看")
    client, address = county.citizen.client, f"/track/{number}/owed/"
    page = text(client.get(f"/track/{number}/"))
    assert "这是我们漏看的，您可以补，也可以不补；办理期限照算" in page
    assert "交来以前不能发证" not in page
    assert "承诺办结" in page
    shown = client.get(address)
    assert "水池没有画" in text(shown)
    brought = {"version": shown.context["case"].version, "layout": pdf("新图.pdf", words=b"new")}
    assert client.post(address, brought)["Location"] == f"/track/{number}/"
    assert client.get(address).context["rows"][0].key == "rules"
    no = {"version": client.get(address).context["case"].version, "decline": "yes"}
    assert client.post(address, no)["Location"] == f"/track/{number}/"
    assert "不补追加请求的材料" in text(client.get(f"/track/{number}/"))
    assert client.get(address)["Location"] == f"/track/{number}/"
