"""Under which numbers the documents of a case go out."""

from dataclasses import replace
from datetime import date

from tests.cases.conftest import Now, fold

from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.numbering import PAPER_NAMES, Paper, number_of
from onedoor.cases.rules.values import Case, Outcome
from onedoor.items.rules import ItemVersion
from onedoor.kernel.clock import AllowedGround, Ground
from onedoor.kernel.law import Article


def test_a_number_names_case_kind_and_which_of_its_kind() -> None:
    assert number_of("53052420260302000127K", Paper.SUPPLEMENT, 2) == "53052420260302000127K-补正-2"
    assert len({number_of("1", paper) for paper in Paper}) == len(Paper) == len(PAPER_NAMES)


def test_each_act_numbers_what_it_sends(case: Case, now: Now) -> None:
    day = now(date(2026, 3, 3), "收件员")
    (refused,) = law.refuse_acceptance(
        case, day, outcome=Outcome.NOT_COMPETENT, reason="不归本机关", where_to_turn="县林草局"
    )
    assert refused.document == f"{case.number}-不予受理-1"
    (taken,) = law.accept(case, day)
    assert taken.document == f"{case.number}-受理-1"


def test_a_second_special_procedure_has_the_next_number(case: Case, now: Now, food: ItemVersion) -> None:
    experts = AllowedGround(Ground.EXPERT_REVIEW, Article("行政许可法", "45"))
    day = now(date(2026, 3, 3), "收件员", replace(food, clock=replace(food.clock, grounds=(experts,))))
    running = fold(case, law.accept(case, day), day)
    for ordinal in (1, 2):
        (started,) = law.start_special_procedure(
            running, day, ground=Ground.EXPERT_REVIEW, notified_end=date(2026, 3, 10), reason="需要论证"
        )
        assert started.document == f"{case.number}-特别程序-{ordinal}"
        running = fold(running, (started,), day)
        running = fold(running, law.end_special_procedure(running, day, result="论证意见"), day)
