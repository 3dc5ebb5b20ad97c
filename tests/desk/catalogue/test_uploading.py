"""An officer puts his organ's own form in place of the made one; a second person opens it; citizens get it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.desk.catalogue.test_editing import Desk
from tests.vault.uploads import PDF, docx

from onedoor.items import commands, queries
from onedoor.items.rules import Item
from onedoor.items.rules.drafting import Draft
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db
Acting = Callable[[Actor], Client]
BLANK, SAMPLE = "materials.0.blank_file", "materials.0.sample_file"
FORM = docx()


@pytest.fixture
def desk(acting: Acting, drafter: Actor, draft: Draft) -> Desk:
    return Desk(acting(drafter), draft, drafter)


def upload(desk: Desk, place: str, content: bytes, name: str) -> Any:
    return desk.post(place, act="upload", file=SimpleUploadedFile(name, content))


def test_the_page_says_what_citizens_get_now(desk: Desk) -> None:
    page = desk.get(BLANK).content.decode()  # type: ignore[attr-defined]
    assert "按本清单做的 PDF" in page
    assert "上传的空白表格" in desk.get("materials.0").content.decode()  # type: ignore[attr-defined]


def test_an_uploaded_form_is_reviewed_published_and_downloaded(
    desk: Desk, acting: Acting, food: Item, reviewer: Actor
) -> None:
    assert upload(desk, BLANK, FORM, "餐饮申请表.docx").status_code == 302
    upload(desk, SAMPLE, PDF, "餐饮申请表（已填）.pdf")
    guide = Client().get(f"/items/{food.code}/").content.decode()
    assert "（DOCX）" not in guide
    held = queries.draft(desk.id, by=desk.by)
    commands.submit_draft(desk.id, by=desk.by, at=timezone.now(), version=held.version)
    review = acting(reviewer)
    page = review.get(f"/desk/catalogue/drafts/{desk.id}/").content.decode()
    address = f"/desk/catalogue/drafts/{desk.id}/papers/{BLANK}/"
    assert address in page
    assert page.count("餐饮申请表.docx") > 1  # among the files, and among the differences
    assert b"".join(review.get(address).streaming_content) == FORM  # type: ignore[attr-defined]
    commands.publish_draft(desk.id, by=reviewer, at=timezone.now(), version=held.version + 1)
    guide = Client().get(f"/items/{food.code}/").content.decode()
    assert "（DOCX）" in guide
    form = Client().get(f"/items/{food.code}/papers/form/blank/")
    assert "attachment" in form["Content-Disposition"]
    assert b"".join(form.streaming_content) == FORM  # type: ignore[attr-defined]
    sample = Client().get(f"/items/{food.code}/papers/form/sample/")
    assert "inline" in sample["Content-Disposition"]
    assert sample["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "申请表.docx", "空文件"),
        (b"#!/bin/sh\n", "申请表.sh", "不能上传"),
        (PDF, "申请表.docx", "后缀是 .docx"),
    ],
)
def test_what_the_vault_does_not_take_is_told_at_the_file(desk: Desk, content: bytes, name: str, told: str) -> None:
    answer = upload(desk, BLANK, content, name)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert desk.says(BLANK) is None


def test_no_file_chosen_and_a_stale_page_are_told(desk: Desk) -> None:
    assert "请先选一个文件" in desk.post(BLANK, act="upload").content.decode()
    old = queries.draft(desk.id, by=desk.by).version
    upload(desk, BLANK, PDF, "甲.pdf")
    answer = desk.post(BLANK, version=old, act="upload", file=SimpleUploadedFile("乙.pdf", PDF))
    assert (answer.status_code, desk.says(BLANK)["name"]) == (409, "甲.pdf")


def test_the_made_form_comes_back_when_the_file_is_taken_away(desk: Desk) -> None:
    upload(desk, BLANK, PDF, "甲.pdf")
    assert "甲.pdf" in desk.get(BLANK).content.decode()  # type: ignore[attr-defined]
    desk.post(BLANK, act="remove")
    assert desk.says(BLANK) is None
    assert desk.browser.get(f"/desk/catalogue/drafts/{desk.id}/papers/{BLANK}/").status_code == 404


def test_an_upload_is_journaled_with_the_draft_and_the_file(desk: Desk) -> None:
    upload(desk, BLANK, PDF, "甲.pdf")
    assert [entry.kind for entry in journal.stream(f"item-draft:{desk.id}")][-1] == "item_draft_changed"


@pytest.mark.parametrize("place", ["materials.99.blank_file", "materials.0.nothing", "result.sample"])
def test_a_file_stands_only_where_a_paper_does(desk: Desk, place: str) -> None:
    assert upload(desk, place, PDF, "甲.pdf").status_code == 404


def test_what_no_version_names_is_not_there_for_citizens(food: Item) -> None:
    for form in ("blank", "sample", "other"):
        assert Client().get(f"/items/{food.code}/papers/form/{form}/").status_code == 404
