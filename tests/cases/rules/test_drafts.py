"""A draft follows its item: what the newer version can take stays, the rest is asked anew, nothing breaks."""

from dataclasses import replace
from datetime import date

from onedoor.cases.rules.drafts import KNOWN, Content, followed
from onedoor.kernel.journey import Form, Option, Page, Question, QuestionKind

DAY = date(2026, 3, 2)
KIND = Question("kind", "类型", QuestionKind.CHOICE, options=(Option("a", "甲"), Option("b", "乙")))
NAME = Question("name", "名称", QuestionKind.TEXT)
DRAFT = Content({"kind": "a"}, {"name": "老街米线店", f"{KNOWN}name": "老街米线店"}, {"lease": ("f1",)})


def under(*questions: Question) -> Content:
    return followed(DRAFT, Form((Page("one", "情况", questions),)), today=DAY, facts={})


def test_under_the_same_questions_nothing_changes() -> None:
    assert under(KIND, NAME) == DRAFT


def test_an_answer_that_is_no_choice_any_more_is_asked_anew() -> None:
    narrowed = replace(KIND, options=(Option("b", "乙"), Option("c", "丙")))
    assert under(narrowed, NAME) == replace(DRAFT, situations={})


def test_an_answer_whose_question_is_gone_falls_away_with_what_a_register_said_of_it() -> None:
    assert under(KIND) == replace(DRAFT, answers={})


def test_a_new_question_takes_nothing_away() -> None:
    assert under(KIND, NAME, Question("area", "面积", QuestionKind.INTEGER)) == DRAFT
