"""The list of materials: how each stands, where it is uploaded, and what is nobody's to upload."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone
from tests.portal.conftest import County
from tests.portal.test_apply import text

from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import item_of
from onedoor.items.rules.codes import Source
from onedoor.kernel.actor import system


def test_materials_say_what_to_upload_and_what_not_and_why(county: County) -> None:
    draft = county.begin(county.citizen)
    assert county.fill(county.citizen, draft) == f"{draft}materials/"
    html = text(county.citizen.client.get(f"{draft}materials/"))
    assert f'href="{draft}materials/layout/"' in html
    assert "由申请表生成" in html
    assert "部门共享 · 免提交" in html
    assert "经营场所使用证明" not in html
    answer = county.citizen.client.post(f"{draft}materials/")
    assert answer.status_code == 422
    assert f'<a href="{draft}materials/layout/">请上传“' in text(answer)
    assert "查看、更改" not in text(answer)
    county.upload(county.citizen, draft)
    assert "查看、更改" in text(county.citizen.client.get(f"{draft}materials/"))


def test_what_another_body_makes_and_sends_in_is_never_asked_of_the_applicant(county: County) -> None:
    """A doctor fills in the sheet of an assessment and sends it straight to the organ."""
    made = [replace(m, source=Source.OTHER) if m.key == "layout" else m for m in county.item.materials]
    items.publish([replace(item_of(county.item), materials=tuple(made))], by=system("tests"), at=timezone.now())
    published.forget()
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    assert f"{draft}materials/layout/" not in text(county.citizen.client.get(f"{draft}materials/"))
    assert county.citizen.client.get(f"{draft}materials/layout/").status_code == 302
    assert county.citizen.client.get(f"{draft}check/").status_code == 200


def test_the_pages_are_counted_to_the_very_last(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    pages = len(county.citizen.client.get(f"{draft}materials/").context["filling"].pages)
    last = f"第 {pages} 页，大约 {pages + 2} 页"
    key = county.citizen.client.get(f"{draft}materials/").context["back"]
    assert last in text(county.citizen.client.get(key))
    assert f"第 {pages + 1} 页，共 {pages + 2} 页" in text(county.citizen.client.get(f"{draft}materials/"))
    county.upload(county.citizen, draft)
    assert f"第 {pages + 2} 页，共 {pages + 2} 页" in text(county.citizen.client.get(f"{draft}check/"))
