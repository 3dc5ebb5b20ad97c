import pytest

from onedoor.kernel.codes import (
    division_level,
    division_parent,
    division_prefix,
    is_valid_division,
    why_not_division,
)


@pytest.mark.parametrize(
    ("code", "level", "prefix", "parent"),
    [
        ("530000000000", 1, "53", None),
        ("530500000000", 2, "5305", "530000000000"),
        ("530524000000", 3, "530524", "530500000000"),
        ("530524101000", 4, "530524101", "530524000000"),
        ("530524101001", 5, "530524101001", "530524101000"),
        ("530524200000", 4, "530524200", "530524000000"),
    ],
)
def test_the_structure_of_a_division_code(code: str, level: int, prefix: str, parent: str | None) -> None:
    assert is_valid_division(code)
    assert (division_level(code), division_prefix(code), division_parent(code)) == (level, prefix, parent)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("530524", "12位数字"),
        ("53052410100A", "12位数字"),
        ("990000000000", "省级代码"),
        ("530524000001", "上级部分为零"),
        ("530024000000", "上级部分为零"),
    ],
)
def test_a_wrong_division_code_is_told_why(code: str, says: str) -> None:
    assert says in why_not_division(code)
    with pytest.raises(ValueError, match=says):
        division_level(code)
