"""The editor: every page of a draft opens, what is allowed is saved, what is not is told at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from onedoor.desk.catalogue.sheet import Work, work_of
from onedoor.desk.fields.shape import get, read_place
from onedoor.items import commands, queries
from onedoor.items.rules.drafting import Draft
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db
Acting = Callable[[Actor], Client]
LIMIT = {"number": "4", "unit": "workday", "start": "accepted", "article": "", "note": "本机关承诺"}


class Desk:
    """The drafter at the draft."""

    def __init__(self, browser: Client, draft: Draft, by: Actor) -> None:
        self.browser, self.id, self.by = browser, draft.id, by

    def get(self, place: str, **query: str) -> HttpResponseBase:
        return self.browser.get(self.address(place), query)

    def post(self, place: str, *, version: int | None = None, **fields: Any) -> Any:
        now = queries.draft(self.id, by=self.by).version
        return self.browser.post(self.address(place), {"version": version or now, **fields})

    def save(self, place: str, fields: Mapping[str, Any]) -> Any:
        return self.post(place, act="save", **{f"{place}.{name}": value for name, value in fields.items()})

    def address(self, place: str) -> str:
        return f"/desk/catalogue/drafts/{self.id}/edit/{place}/"

    def work(self) -> Work:
        return work_of(queries.draft(self.id, by=self.by), on=timezone.localdate())

    def says(self, place: str) -> Any:
        return get(self.work().tree, read_place(place))


@pytest.fixture
def desk(acting: Acting, drafter: Actor, draft: Draft) -> Desk:
    return Desk(acting(drafter), draft, drafter)


PLACES = (
    "basic limits ways results told conditions clock.promised clock.legal situations situations.0 situations.3 "
    "situations.1.when materials materials.2 materials.2.when places places.0 places.1 contacts faqs faqs.0 plan "
    "plan.steps plan.steps.1 plan.steps.1.limit plan.steps.1.when form form.pages form.pages.2 basis flow.0 remedies "
    "form.pages.2.questions.0 form.pages.0.questions result clock.extension clock.grounds fees fees.0 name"
)


@pytest.mark.parametrize("place", PLACES.split())
def test_every_place_of_an_item_has_its_page(desk: Desk, place: str) -> None:
    assert desk.get(place).status_code == 200


@pytest.mark.parametrize("place", ["nothing", "places.0.nothing", "materials.x", "1", "places.99", "places.0.0"])
def test_what_is_no_place_of_an_item_is_not_found(desk: Desk, place: str) -> None:
    assert desk.get(place).status_code == 404


def test_a_limit_is_shortened(desk: Desk) -> None:
    assert desk.save("clock.promised", LIMIT).status_code == 302
    assert desk.says("clock.promised") == {"number": 4, "unit": "workday", "start": "accepted", "note": "本机关承诺"}


def test_a_longer_limit_than_the_standard_is_refused_at_its_field_and_stays_typed(desk: Desk) -> None:
    answer = desk.save("clock.promised", {**LIMIT, "number": "12"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "承诺时限只能在上级规定的基础上缩短" in page
    assert 'href="#f-clock.promised.number"' in page
    assert 'value="12"' in page
    assert desk.says("clock.promised.number") == 5


@pytest.mark.parametrize(
    ("place", "fields", "told"),
    [
        ("clock.promised", {**LIMIT, "number": "四"}, "整数"),
        ("clock.promised", {**LIMIT, "number": ""}, "请填写多少"),
        ("clock.promised", {**LIMIT, "article": "随便 写"}, "不是法条"),
        ("places.0", {"name": "", "address": "某处", "hours": "工作日"}, "请填写地点名称"),
    ],
)
def test_what_is_no_value_is_told_and_changes_nothing(
    desk: Desk, place: str, fields: Mapping[str, str], told: str
) -> None:
    before = desk.work().tree
    answer = desk.save(place, fields)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert desk.work().tree == before


def test_a_value_that_nobody_may_set_is_not_even_read(desk: Desk) -> None:
    desk.save("clock.legal", LIMIT)
    assert desk.says("clock.legal.number") == 10


def test_a_stale_page_is_told_so_and_nothing_typed_is_lost(desk: Desk) -> None:
    old = queries.draft(desk.id, by=desk.by).version
    desk.save("clock.promised", LIMIT)
    answer = desk.post(
        "places.0",
        version=old,
        **{"places.0.name": "新大厅", "places.0.address": "新地址", "places.0.hours": "周一到周五"},
    )
    assert answer.status_code == 409
    assert 'value="新大厅"' in answer.content.decode()
    assert desk.says("places.0.name") != "新大厅"


def test_one_s_own_value_is_given_back_to_the_level_above(desk: Desk) -> None:
    assert "恢复继承" in desk.get("clock.promised").content.decode()  # type: ignore[attr-defined]
    desk.post("clock.promised", act="inherit", of="clock.promised")
    assert desk.says("clock.promised.number") == 10


def test_what_no_level_above_has_set_cannot_be_given_back(desk: Desk) -> None:
    assert desk.post("places", act="inherit", of="places").status_code == 404


def test_a_row_is_added_changed_and_taken_away(desk: Desk) -> None:
    desk.save("faqs.4", {"question": "要多久？", "answer": "四天。"})
    assert desk.says("faqs.4") == {"question": "要多久？", "answer": "四天。"}
    desk.save("faqs.4", {"question": "多久？", "answer": "四天。"})
    assert desk.says("faqs.4.question") == "多久？"
    desk.post("faqs.4", act="remove")
    assert desk.says("faqs.4") is None


def test_a_situation_is_asked_with_answers_and_rests_on_another_s_answer(desk: Desk) -> None:
    desk.save("situations.3", {"question": "店里有几层？", "options": "一层\n两层以上", "hint": ""})
    values = [option["value"] for option in desk.says("situations.3.options")]
    assert [option["label"] for option in desk.says("situations.3.options")] == ["一层", "两层以上"]
    assert "餐饮服务" in desk.get("situations.3.when", fact="business").content.decode()  # type: ignore[attr-defined]
    desk.post("situations.3.when", fact="business", how="in", value=["catering"])
    assert desk.says("situations.3.when") == {"eq": ["$business", "catering"]}
    desk.save("situations.3", {"question": "几层？", "options": "一层\n两层\n三层以上", "hint": ""})
    assert [option["value"] for option in desk.says("situations.3.options")][:2] == values
    assert "branch--1" in desk.get("situations").content.decode()  # type: ignore[attr-defined]


def test_after_a_situation_the_page_leads_to_the_materials_that_its_answer_may_spare(desk: Desk) -> None:
    assert "情形就是先问群众的一个问题" in desk.get("situations.3").content.decode()  # type: ignore[attr-defined]
    answer = desk.save("situations.3", {"question": "有没有堂食？", "options": "有\n没有", "hint": ""})
    assert answer["Location"].endswith("/situations.3/")
    page = desk.get("situations.3").content.decode()  # type: ignore[attr-defined]
    assert f"edit/materials.2.when/?fact={desk.says('situations.3.key')}" in page


def test_questions_and_steps_change_places_with_their_neighbours(desk: Desk) -> None:
    names = [row["name"] for row in desk.says("plan.steps")]
    assert desk.post("plan.steps", act="down", of="0").status_code == 302
    assert [row["name"] for row in desk.says("plan.steps")][:2] == [names[1], names[0]]
    desk.post("plan.steps", act="up", of="1")
    assert [row["name"] for row in desk.says("plan.steps")] == names
    for place, act, of in (("plan.steps", "up", "0"), ("plan.steps", "down", "x"), ("materials", "down", "0")):
        assert desk.post(place, act=act, of=of).status_code == 404


def test_a_county_moves_its_own_situations_and_not_the_materials_of_the_standard(desk: Desk) -> None:
    first, second, third = (row["key"] for row in desk.says("situations"))
    assert desk.post("situations", act="up", of="2").status_code == 302
    assert [row["key"] for row in desk.says("situations")] == [first, third, second]
    assert "上移" in desk.get("situations").content.decode()  # type: ignore[attr-defined]
    assert "上移" not in desk.get("materials").content.decode()  # type: ignore[attr-defined]
    page = desk.browser.get(f"/desk/catalogue/drafts/{desk.id}/").content.decode()
    assert "情形的先后" in page


def test_what_the_platform_knows_is_chosen_by_its_name_to_be_filled_in_beforehand(desk: Desk) -> None:
    place = "form.pages.0.questions.0"
    page = desk.get(place).content.decode()  # type: ignore[attr-defined]
    assert "平台知道的，预先填好" in page
    assert "本人手机号" in page
    held = desk.says(place)
    fields = {"label": held["label"], "kind": held["kind"], "required": "yes", "hint": "", "options": "", "unit": ""}
    desk.save(place, {**fields, "prefill": "entity.uscc"})
    assert desk.says(f"{place}.prefill") == "entity.uscc"
    assert desk.save(place, {**fields, "prefill": ""}).status_code == 302
    assert not desk.says(f"{place}.prefill")


def test_a_choice_that_need_not_be_made_may_be_left(desk: Desk) -> None:
    place = "special_procedures.0"
    fields = {"name": "听证", "by_law": "行政许可法 47", "limit": "二十日内", "notes": ""}
    assert desk.save(place, {**fields, "ground": ""}).status_code == 302
    assert desk.says(f"{place}.ground") is None
    step = {"name": "审查", "kind": "", "organ": "own", "officers": "1", "criteria": ""}
    assert "请填写环节种类" in desk.save("plan.steps.1", step).content.decode()


def test_the_conditions_of_a_step_are_chosen_joined_and_taken_away(desk: Desk) -> None:
    desk.post("plan.steps.1.when", fact="seats", how="ge", value="50", join="any")
    assert desk.says("plan.steps.1.when")["any"][1] == {"ge": ["$seats", 50]}
    desk.post("plan.steps.1.when", remove="0")
    assert desk.says("plan.steps.1.when") == {"ge": ["$seats", 50]}
    desk.post("plan.steps.1.when", act="always")
    assert desk.says("plan.steps.1.when") is None


@pytest.mark.parametrize(
    "fields", [{}, {"fact": "nothing", "value": "1"}, {"fact": "seats", "how": "ge", "value": "many"}]
)
def test_a_condition_that_says_nothing_is_refused(desk: Desk, fields: Mapping[str, str]) -> None:
    assert desk.post("plan.steps.1.when", **fields).status_code == 422


def test_a_material_may_not_be_asked_more_often_than_the_standard_asks(desk: Desk) -> None:
    page = desk.post("materials.5.when", act="always")
    assert page.status_code == 422
    assert "只能在更少的情形下要求" in page.content.decode()


def test_a_county_adds_no_material(desk: Desk) -> None:
    assert "本级不能增加" in desk.get("materials").content.decode()  # type: ignore[attr-defined]
    codes = {"kind": "1", "necessity": "1", "form": "3", "source": "applicant", "tolerated": "no"}
    answer = desk.save("materials.8", {"name": "无犯罪记录", "by_law": "行政许可法 31", **codes})
    assert answer.status_code == 422
    assert "县级不能增加申请材料" in answer.content.decode()


def test_what_was_submitted_is_not_changed_any_more(desk: Desk) -> None:
    desk.save("faqs.4", {"question": "要多久？", "answer": "五天。"})
    held = queries.draft(desk.id, by=desk.by)
    commands.submit_draft(desk.id, by=desk.by, at=timezone.now(), version=held.version)
    assert desk.get("basic").status_code == 403
