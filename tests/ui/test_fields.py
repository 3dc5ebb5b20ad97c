"""A question becomes a field that says what it is, what it wants, and what is wrong; and comes back as it was asked."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from onedoor.areas.rules import Division
from onedoor.kernel.errors import FieldError
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.ui import fields
from onedoor.ui.fields import field_of, raw_answers

KIND = Question("kind", "方式", QuestionKind.CHOICE, options=(Option("a", "甲"), Option("b", "乙", "说明")))
DAY = Question("day", "日期", QuestionKind.DATE)


def test_hint_and_error_are_tied_to_the_control() -> None:
    question = Question("name", "姓名", QuestionKind.PERSON_NAME, hint="同身份证", prefill="person.name")
    field = field_of(question, {"name": "张"}, [FieldError("name", "太短"), FieldError("other", "别的")])
    assert field.described_by == "f-name-hint f-name-error"
    assert field.errors == ("太短",)
    assert field.autocomplete == "name"


def test_without_hint_and_error_nothing_is_tied() -> None:
    assert field_of(DAY, {}).described_by == ""


def test_the_first_choice_takes_the_focus_of_the_error_summary() -> None:
    field = field_of(KIND, {"kind": "b"})
    assert [(c.id, c.chosen) for c in field.choices] == [("f-kind", False), ("f-kind-1", True)]
    assert field.widget == "radios"


@pytest.mark.parametrize(("answer", "chosen"), [(True, "yes"), (False, "no"), ("yes", "yes"), (None, "")])
def test_yes_and_no_are_radios(answer: object, chosen: str) -> None:
    field = field_of(Question("own", "自有", QuestionKind.YES_NO), {"own": answer})
    assert [c.value for c in field.choices if c.chosen] == ([chosen] if chosen else [])


def test_many_choices_become_a_list_to_open() -> None:
    options = tuple(Option(str(n), str(n)) for n in range(fields.RADIOS_UP_TO + 1))
    assert field_of(Question("q", "问", QuestionKind.CHOICE, options=options), {}).widget == "select"


def test_numbers_bring_the_number_keys_and_their_unit() -> None:
    field = field_of(
        Question("area", "面积", QuestionKind.DECIMAL, unit="平方米", minimum=Decimal(1)), {"area": "80.5"}
    )
    assert (field.inputmode, field.unit, field.value, field.max_length) == ("decimal", "平方米", "80.5", None)
    assert field_of(Question("fee", "金额", QuestionKind.MONEY), {}).unit == "元"


def test_a_date_is_three_inputs_and_one_answer() -> None:
    data = QueryDict("day-year=2026&day-month=3&day-day=7")
    raw = raw_answers(data, [DAY])
    assert raw == {"day": "2026-03-07"}
    date = field_of(DAY, raw).date
    assert (date.year, date.month, date.day) == ("2026", "03", "07")


def test_an_impossible_date_comes_back_as_typed() -> None:
    raw = raw_answers(QueryDict("day-year=2026&day-month=十三&day-day="), [DAY])
    assert raw == {"day": "2026-十三-"}
    date = field_of(DAY, raw).date
    assert (date.year, date.month, date.day) == ("2026", "十三", "")


def test_an_empty_date_is_no_answer() -> None:
    assert raw_answers(QueryDict("day-year=&day-month=&day-day="), [DAY]) == {"day": ""}


def test_a_date_may_come_in_one_piece() -> None:
    assert raw_answers(QueryDict("day=2026-03-07"), [DAY]) == {"day": "2026-03-07"}


def test_several_choices_come_back_as_a_list() -> None:
    goods = Question("goods", "项目", QuestionKind.CHOICES, options=(Option("x", "热"), Option("y", "冷")))
    assert raw_answers(QueryDict("goods=x&goods=y"), [goods]) == {"goods": ["x", "y"]}
    assert raw_answers(QueryDict(""), [goods, KIND]) == {"goods": [], "kind": ""}


def test_an_area_is_chosen_by_township_and_village(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Division("530524101000", 4, "田园镇", "530524000000")
    village = Division("530524101001", 5, "关庙社区居民委员会", town.code)
    monkeypatch.setattr(fields.areas, "county", lambda: Division("530524000000", 3, "昌宁县", None))
    below = {"530524000000": (town,), town.code: (village,)}
    monkeypatch.setattr(fields.areas, "children", lambda code: below.get(code, ()))
    field = field_of(Question("area", "地区", QuestionKind.AREA), {"area": village.code})
    assert field.widget == "select"
    assert [(c.label, c.group, c.chosen) for c in field.choices] == [
        ("田园镇", "田园镇", False),
        ("田园镇 关庙社区", "田园镇", True),
    ]


def test_of_places_the_town_is_opened_first_and_the_own_one_stands_on_top(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = (
        Division("530524100000", 4, "漭水镇", "530524000000"),
        Division("530524101000", 4, "田园镇", "530524000000"),
    )
    village = Division("530524101001", 5, "关庙社区居民委员会", "530524101000")
    monkeypatch.setattr(fields.areas, "county", lambda: Division("530524000000", 3, "昌宁县", None))
    below = {"530524000000": towns, towns[1].code: (village,)}
    monkeypatch.setattr(fields.areas, "children", lambda code: below.get(code, ()))
    asked = Question("area", "地区", QuestionKind.AREA)
    field = field_of(asked, {"area": village.code}, by_town=True)
    assert field.widget == "towns"
    assert [(town.name, town.opened, [one.label for one in town.choices]) for town in field.towns] == [
        ("田园镇", True, ["田园镇", "关庙社区"]),
        ("漭水镇", False, ["漭水镇"]),
    ]
    assert [town.name for town in field_of(asked, {}, by_town=True).towns] == ["漭水镇", "田园镇"]


def test_only_places_are_asked_by_town() -> None:
    assert field_of(KIND, {}, by_town=True).widget == "radios"
