"""验真: genuine, in force, unaltered; and what no register knows."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.portal.conftest import County
from tests.portal.test_track import pdf_of, received, text

from onedoor.licences.rules import code_in_groups

pytestmark = pytest.mark.django_db


def test_a_grant_leads_to_result_licence_and_its_verification(county: County) -> None:
    number, _ = received(county, at=timezone.now())
    county.decide(number)
    page = county.citizen.client.get(f"/track/{number}/")
    assert "已办成" in text(page)
    licence = page.context["licence"]
    assert licence.number in text(page)
    face = next(row for row in page.context["results"] if licence.name in row.name)
    content = b"".join(county.citizen.client.get(face.href).streaming_content)
    address = f"/verify/{licence.token}/"
    html = text(Client().get(address))
    for words in (
        "真实性",
        "完整性",
        "有效性",
        "没有查验的",
        "示例·无法律效力",
        licence.number,
        "是真的，现在有效",
        "张*",
    ):
        assert words in html
    assert "张三" not in html
    printed = {fact.name: fact.value for fact in Client().get(address).context["printed"]}
    assert {"经营场所地址", "主体业态", "经营项目"} <= printed.keys()
    assert set(printed.values()) <= set(re.findall(r"<dd>([^<]*)</dd>", html))
    same = Client().post(address, {"file": pdf_of(content)})
    assert "完全一致" in text(same)
    other = Client().post(address, {"file": pdf_of(content + b" ")})
    assert "不一致" in text(other)
    assert Client().post(address).status_code == 422
    assert Client().get(f"/verify/?token=http://x/verify/{licence.token}/")["Location"] == address
    bare = Client().get("/verify/", {"token": "http://x/verify/"})
    assert bare.status_code == 422
    assert "光有网址不够" in text(bare)
    as_printed = code_in_groups(licence.token).upper()
    assert Client().get("/verify/", {"token": as_printed})["Location"] == address


@pytest.mark.parametrize("token", ["0" * 24, "长" * 3000, "%00", "../../x"])
def test_what_no_register_knows_is_not_genuine(token: str) -> None:
    page = Client().get(f"/verify/{token}/")
    assert (page.status_code, "不是我们签发的" in text(page)) == (404, "/" not in token)
    answer = Client().get("/verify/", {"token": token})
    assert answer.status_code == 422
    assert "不是我们签发的" in text(answer) or "请填写完整的验真码" in text(answer)
