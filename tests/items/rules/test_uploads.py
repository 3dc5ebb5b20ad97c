"""Uploaded papers are named by their content, and stand in place of the ones made from the item."""

from __future__ import annotations

import pytest
from tests.items.rules.exchange.tables import LAYOUT, POLICIES
from tests.items.samples import changed

from onedoor.items.rules import encode, paper
from onedoor.items.rules.exchange import read_tables, sheets_of_json, tables_of, to_json
from onedoor.items.rules.exchange.export import Issue
from onedoor.items.rules.uploads import Upload

SM3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
BLANK = {"name": "申请表.docx", "sm3": SM3}
SAMPLE = {"name": "申请表（已填）.pdf", "sm3": SM3}


@pytest.mark.parametrize(
    ("name", "sm3", "sound"),
    [
        ("申请表.docx", SM3, True),
        ("申请表", SM3, False),
        ("申请表.", SM3, False),
        ("申请表.docx", SM3[:-1], False),
        ("申请表.docx", SM3.upper(), False),
    ],
)
def test_an_upload_names_a_kind_and_a_content(name: str, sm3: str, sound: bool) -> None:
    assert Upload(name, sm3).sound is sound


def test_people_know_the_kind_of_a_file() -> None:
    assert Upload("申请表.v2.docx", SM3).format == "DOCX"


def test_an_upload_stands_for_the_form_and_for_its_sample_each_by_itself() -> None:
    item = changed({"materials.0.blank_file": BLANK, "materials.2.sample_file": SAMPLE})
    layout = item.materials[2].key
    assert paper.uploaded(item, paper.OWN_FORM) == Upload(**BLANK)
    assert paper.uploaded(item, paper.OWN_FORM, sample=True) is None
    assert (paper.uploaded(item, layout), paper.uploaded(item, layout, sample=True)) == (None, Upload(**SAMPLE))
    assert [(n, field) for n, field, _ in paper.uploads_of(item)] == [(0, "blank_file"), (2, "sample_file")]


def test_an_upload_makes_a_paper_of_any_material_and_of_an_item_without_questions() -> None:
    item = changed({"form.pages": [], "materials.0.blank_file": BLANK, "materials.1.blank_file": BLANK})
    assert {paper.OWN_FORM, item.materials[1].key} <= dict(paper.papers_of(item)).keys()


def test_uploads_go_through_the_national_tables() -> None:
    item = changed({"materials.0.blank_file": BLANK})
    rows = tables_of([(item, Issue())], [], layout=LAYOUT)
    sheets = sheets_of_json(to_json(rows), file="x.json")
    (again,) = read_tables(sheets, file="x.json", layout=LAYOUT, policies=POLICIES).items
    assert encode(again.item) == encode(item)
