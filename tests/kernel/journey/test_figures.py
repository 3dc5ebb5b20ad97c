import pytest

from onedoor.kernel.journey.cleaning import Unclean, clean
from onedoor.kernel.journey.figures import OtherUnit, figure

from .forms import question
from .test_cleaning import TODAY


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("80平方米", "平方米", "80"),
        ("８０．５　平方米", "平方米", "80.5"),
        ("80㎡", "平方米", "80"),
        ("80 m²", "平方米", "80"),
        ("80平米", "平方米", "80"),
        ("1,200", "平方米", "1200"),
        ("1，200，000.5 元", "元", "1200000.5"),
        ("¥300", "元", "300"),
        ("12 km", "公里", "12"),
        ("5头", "只（头、条）", "5"),
        ("3个", "人", "3"),
        ("-5", "米", "-5"),
    ],
)
def test_a_number_is_taken_with_the_unit_that_was_asked_for(text: str, unit: str, number: str) -> None:
    assert figure(text, unit) == number


@pytest.mark.parametrize(("text", "unit"), [("2亩", "平方米"), ("1.2万元", "元"), ("1.2万", "元"), ("5吨", "万吨")])
def test_another_unit_is_never_converted(text: str, unit: str) -> None:
    with pytest.raises(OtherUnit):
        figure(text, unit)


@pytest.mark.parametrize("text", ["八十", "约80平方米", "12AB", "1,20", "80,5平方米", "平方米", "80-100平方米"])
def test_what_is_no_number_is_left_to_be_refused(text: str) -> None:
    with pytest.raises(Unclean, match="请填数字"):
        assert clean(question("decimal", unit="平方米"), text, TODAY)


def test_a_refused_unit_is_named_with_what_to_do() -> None:
    with pytest.raises(Unclean, match="要填多少平方米，您写的是“亩”，请换算成平方米再填"):
        clean(question("decimal", unit="平方米"), "2亩", TODAY)
    with pytest.raises(Unclean, match="要填多少元，您写的是“万元”"):
        clean(question("money"), "2万元", TODAY)


def test_a_question_without_a_unit_takes_only_the_number() -> None:
    with pytest.raises(Unclean, match="请填整数"):
        clean(question("integer"), "3人", TODAY)
