from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.journey import (
    applicable,
    clean_all,
    clean_page,
    first_incomplete,
    may_visit,
    next_page,
    pages_for,
    relevant,
)

from .forms import ANSWERS, FORM

TODAY = date(2026, 11, 22)
SMALL = ANSWERS | {"area": "20"}


def keys(answers: dict[str, Any], **facts: object) -> list[str]:
    return [page.key for page in pages_for(FORM, answers, facts=facts)]


def test_pages_follow_from_the_answers() -> None:
    assert keys({}) == ["who", "place"]
    assert keys(ANSWERS) == ["who", "place", "large"]
    assert keys(SMALL) == ["who", "place"]


def test_pages_may_depend_on_facts_from_outside_the_form() -> None:
    assert keys(SMALL, represented=True) == ["who", "place", "agent"]


def test_only_the_questions_that_apply_are_asked() -> None:
    asked = {page.key: [q.key for q in questions] for page, questions in applicable(FORM, {"company": True})}
    assert asked["who"] == ["name", "company", "uscc"]
    asked = {page.key: [q.key for q in questions] for page, questions in applicable(FORM, {"company": False})}
    assert asked["who"] == ["name", "company"]


def test_answers_to_questions_that_do_not_apply_are_dropped() -> None:
    assert relevant(FORM, SMALL | {"seats": 12, "uscc": "x", "other": "y"}) == SMALL
    assert relevant(FORM, ANSWERS | {"seats": 12}) == ANSWERS | {"seats": 12}


def test_a_dropped_answer_cannot_open_another_page() -> None:
    hidden = {"company": False, "uscc": "x", "place": "stall", "area": "80", "seats": 3}
    assert "seats" not in relevant(FORM, hidden)


def test_the_first_incomplete_page_is_where_the_applicant_goes_on() -> None:
    page = first_incomplete(FORM, {"name": "张三", "company": True})
    assert page is not None
    assert page.key == "who"
    page = first_incomplete(FORM, {"name": "张三", "company": False})
    assert page is not None
    assert page.key == "place"
    assert first_incomplete(FORM, ANSWERS) is None


def test_nobody_jumps_ahead_and_everybody_may_go_back() -> None:
    assert may_visit(FORM, {}, "who")
    assert not may_visit(FORM, {}, "place")
    half = {"name": "张三", "company": False}
    assert may_visit(FORM, half, "who")
    assert may_visit(FORM, half, "place")
    assert not may_visit(FORM, half, "large")
    assert may_visit(FORM, ANSWERS, "large")
    assert not may_visit(FORM, SMALL, "large")
    assert not may_visit(FORM, ANSWERS, "nowhere")


def test_the_next_page_skips_what_does_not_apply() -> None:
    def after(key: str, answers: dict[str, Any]) -> str | None:
        page = next_page(FORM, answers, key)
        return page.key if page else None

    assert after("who", {}) == "place"
    assert after("place", ANSWERS) == "large"
    assert after("place", SMALL) is None
    assert after("large", SMALL) is None
    assert after("large", ANSWERS) is None
    assert after("nowhere", {}) == "who"
    assert after("nowhere", ANSWERS) is None


def test_a_page_is_cleaned_with_every_fault_at_once() -> None:
    cleaned = clean_page(FORM, "who", {"name": "", "company": "yes", "uscc": "1"}, today=TODAY)
    assert cleaned.values == {"company": True}
    assert [error.field for error in cleaned.errors] == ["name", "uscc"]
    assert cleaned.errors[0].message == "请填写“姓名”"


def test_a_choice_that_is_missing_is_asked_for_as_a_choice() -> None:
    cleaned = clean_page(FORM, "place", {}, today=TODAY)
    assert [error.message for error in cleaned.errors] == ["请选择“场所类型”", "请填写“面积”"]


def test_an_answer_to_a_hidden_question_of_the_page_is_dropped_without_a_fault() -> None:
    cleaned = clean_page(FORM, "who", {"name": "张三", "company": "no", "uscc": "garbage"}, today=TODAY)
    assert cleaned.values == {"name": "张三", "company": False}
    assert cleaned.errors == ()


def test_questions_may_depend_on_answers_of_earlier_pages() -> None:
    cleaned = clean_page(FORM, "large", {"seats": "12"}, today=TODAY, answers=ANSWERS)
    assert cleaned.values == {"seats": 12}


def test_keys_that_the_form_does_not_know_are_faults() -> None:
    cleaned = clean_page(FORM, "who", {"name": "张三", "company": "no", "nmae": "x"}, today=TODAY)
    assert [error.field for error in cleaned.errors] == ["nmae"]
    assert "没有“nmae”这一项" in cleaned.errors[0].message
    many = clean_all(FORM, dict.fromkeys(map(str, range(1000)), "x"), today=TODAY)
    assert len(many.errors) < 40


def test_an_unknown_page_is_a_fault() -> None:
    assert "没有这一页" in clean_page(FORM, "nowhere", {}, today=TODAY).errors[0].message


def test_a_whole_form_is_cleaned_in_one_go() -> None:
    raw = {"name": "张三", "company": False, "place": "shop", "area": 80.5, "seats": "12"}
    cleaned = clean_all(FORM, raw, today=TODAY)
    assert cleaned.errors == ()
    assert cleaned.values == ANSWERS | {"seats": 12}


def test_answers_to_pages_that_do_not_apply_are_dropped_and_not_checked() -> None:
    raw = {"name": "张三", "company": "no", "place": "stall", "area": "80", "seats": "many", "agent": "1"}
    cleaned = clean_all(FORM, raw, today=TODAY)
    assert cleaned.errors == ()
    assert cleaned.values == {"name": "张三", "company": False, "place": "stall", "area": "80"}
    asked = clean_all(FORM, raw, today=TODAY, facts={"represented": True})
    assert [error.field for error in asked.errors] == ["agent"]


raw_values = st.one_of(
    st.text(max_size=5), st.booleans(), st.integers(), st.sampled_from(["shop", "yes", "80.5", "张三"])
)
raw_forms = st.dictionaries(st.sampled_from([q.key for q in FORM.questions] + ["x", ""]), raw_values)


@given(raw_forms)
def test_clean_answers_are_relevant_and_stay_as_they_are(raw: dict[str, object]) -> None:
    cleaned = clean_all(FORM, raw, today=TODAY)
    assert relevant(FORM, dict(cleaned.values)) == cleaned.values
    assert clean_all(FORM, cleaned.values, today=TODAY).values == cleaned.values


@given(raw_forms)
def test_every_page_can_be_reached_by_filling_in_the_pages_before_it(raw: dict[str, object]) -> None:
    answers = dict(clean_all(FORM, raw, today=TODAY).values)
    stop = first_incomplete(FORM, answers)
    pages = pages_for(FORM, answers)
    open_pages = [page for page in pages if may_visit(FORM, answers, page.key)]
    assert open_pages == list(pages[: len(open_pages)])
    assert (stop is None and len(open_pages) == len(pages)) or open_pages[-1] == stop
