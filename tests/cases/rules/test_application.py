"""An application with faults: taken in as it is at a window, told once, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.cases.conftest import published
from tests.cases.world import AT

from onedoor.cases.rules.application import Application, clean, deciding, missing
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.kernel.errors import Invalid

SITUATIONS = {"business": "catering", "rented": "yes"}
TODAY = AT.date()


@pytest.fixture(scope="module")
def item() -> ItemVersion:
    return published("食品经营许可")


@pytest.fixture
def faulty(item: ItemVersion) -> Application:
    """A name left out, an identity number with a wrong end, no materials."""
    answers = synthetic.answers(item.form, facts=SITUATIONS, today=TODAY, area="530524101001")
    answers |= {"entity_name": "", "responsible_id": "530524199001011230"}
    return Application(item=item.code, situations=SITUATIONS, answers=answers, applicant="person:1", incomplete=True)


def test_only_what_is_incomplete_may_have_faults(item: ItemVersion, faulty: Application) -> None:
    facts = clean(faulty, item, today=TODAY)
    assert "entity_name" not in facts
    assert "responsible_id" not in facts
    with pytest.raises(Invalid) as refused:
        clean(replace(faulty, incomplete=False), item, today=TODAY)
    assert {"entity_name", "responsible_id"} <= {error.field for error in refused.value.errors}


def test_what_decides_what_must_be_told_cannot_wait(item: ItemVersion, faulty: Application) -> None:
    assert {"place_area", "rules_adopted"} <= deciding(item)
    assert "entity_name" not in deciding(item)
    for key in deciding(item):
        without = {name: value for name, value in faulty.answers.items() if name != key}
        if key in faulty.answers:
            with pytest.raises(Invalid):
                clean(replace(faulty, answers=without), item, today=TODAY)
    with pytest.raises(Invalid, match="请回答"):
        clean(replace(faulty, situations={}), item, today=TODAY)


def test_a_question_that_the_form_has_not_is_a_fault_at_all_times(item: ItemVersion, faulty: Application) -> None:
    with pytest.raises(Invalid, match="没有“nothing”"):
        clean(replace(faulty, answers={**faulty.answers, "nothing": "1"}), item, today=TODAY)


def test_the_notice_names_each_fault_of_the_form_and_each_material(item: ItemVersion, faulty: Application) -> None:
    told = missing(faulty, item, today=TODAY)
    first, second = told["form"].splitlines()
    assert first == "请填写“经营者名称”。"
    assert second == "“法定代表人（负责人）身份证号”填得不对。请核对后重填。"
    assert told["layout"].startswith("未提交。请提交经营场所设备布局图")
    brought = replace(faulty, materials={"layout": ("f1",)})
    assert "layout" not in missing(brought, item, today=TODAY)


def test_no_line_of_a_notice_quotes_a_number_or_a_date_that_was_typed(item: ItemVersion, faulty: Application) -> None:
    for number in ("530524199013011230", "130524", "身份证"):
        typed = replace(faulty, answers={**faulty.answers, "responsible_id": number})
        assert not any(char.isdigit() for char in missing(typed, item, today=TODAY)["form"])


def test_an_application_without_faults_gives_nothing_to_tell(item: ItemVersion, faulty: Application) -> None:
    answers = synthetic.answers(item.form, facts=SITUATIONS, today=TODAY, area="530524101001")
    told = missing(replace(faulty, answers=answers), item, today=TODAY)
    assert "form" not in told
    whole = replace(faulty, answers=answers, materials={key: ("f1",) for key in told})
    assert missing(whole, item, today=TODAY) == {}
