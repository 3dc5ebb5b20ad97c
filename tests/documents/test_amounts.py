"""Amounts in figures and in capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.documents.rules import amount, capitals, yuan
from onedoor.documents.rules.amounts import DIGITS, MOST


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (10, "壹角"),
        (11, "壹角壹分"),
        (1000, "壹拾元整"),
        (1005, "壹拾元零伍分"),
        (1050, "壹拾元伍角"),
        (8000, "捌拾元整"),
        (55000, "伍佰伍拾元整"),
        (32504, "叁佰贰拾伍元零肆分"),
        (140950, "壹仟肆佰零玖元伍角"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (600714, "陆仟零柒元壹角肆分"),
        (1000110, "壹万零壹元壹角"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10000000, "壹拾万元整"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (100000000000, "壹拾亿元整"),
        (10000010000, "壹亿零壹佰元整"),
        (10000100000, "壹亿零壹仟元整"),
        (100001000000, "壹拾亿零壹万元整"),
        (100110100, "壹佰万壹仟壹佰零壹元整"),
        (MOST - 1, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_in_capitals_is_written_as_on_a_receipt(cents: int, written: str) -> None:
    """正确填写票据和结算凭证的基本规定: 325.04, 1409.50, 1680.32, 6007.14, 16409.02, 107000.53 are its own examples."""
    assert capitals(cents) == f"人民币{written}"


@pytest.mark.parametrize("cents", [-1, MOST])
def test_what_cannot_be_written_is_refused(cents: int) -> None:
    with pytest.raises(ValueError, match="capitals"):
        capitals(cents)


PLACE = {"仟": 1000, "佰": 100, "拾": 10}
END = {"亿": 10**8, "万": 10**4, "元": 1}


def read(written: str) -> int:
    """The cents that capitals say, read by place and not by the rule that wrote them."""
    cents = section = digit = 0
    for sign in written.removeprefix("人民币").rstrip("整"):
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in PLACE:
            section, digit = section + digit * PLACE[sign], 0
        elif sign in END:
            cents, section, digit = cents + (section + digit) * END[sign] * 100, 0, 0
        else:
            cents, digit = cents + digit * {"角": 10, "分": 1}[sign], 0
    return cents


@given(st.integers(0, MOST - 1))
def test_capitals_say_the_amount_and_never_two_noughts_in_a_row(cents: int) -> None:
    written = capitals(cents)
    assert read(written) == cents
    assert "零零" not in written


def test_an_amount_is_written_twice() -> None:
    assert [yuan(cents) for cents in (8000, 1050, 5)] == ["80元", "10.50元", "0.05元"]
    assert (amount(8000).figures, amount(8000).capitals) == ("80元", "人民币捌拾元整")
