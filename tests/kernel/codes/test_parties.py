from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.codes import (
    birth_date,
    is_male,
    is_valid_id_number,
    is_valid_mobile,
    is_valid_org_code,
    is_valid_phone,
    is_valid_uscc,
    make_id_number,
    make_uscc,
    why_not_id_number,
    why_not_uscc,
)
from onedoor.kernel.codes.checks import ALPHABET_31

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "code", ["11370800MB28559184", "11100000MB0341032Y", "11100000000013338W", "11110000000021135M"]
)
def test_real_credit_codes_are_valid(code: str) -> None:
    assert is_valid_uscc(code)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("11370800MB2855918", "应为18位，现在是17位"),
        ("11370800MB28559185", "第18位校验不通过"),
        ("11370800MB2855918O", "不会出现“O”"),
        ("11370800mb28559184", "不会出现"),
        ("G1370800MB28559184", "第1位"),
        ("113708A0MB28559184", "第3至8位"),
        ("", "应为18位"),
    ],
)
def test_a_wrong_credit_code_is_told_why(code: str, says: str) -> None:
    assert says in why_not_uscc(code)
    assert not is_valid_uscc(code)


def test_the_published_identity_number_is_valid() -> None:
    number = "11010519491231002X"
    assert is_valid_id_number(number, TODAY)
    assert birth_date(number) == date(1949, 12, 31)
    assert not is_male(number)


def test_numbers_of_the_countys_old_code_stay_valid() -> None:
    assert is_valid_id_number(make_id_number("533025", date(1980, 1, 1), 123), TODAY)


@pytest.mark.parametrize("division", ["810000", "820000", "830000", "931156"])
def test_residents_from_outside_the_mainland_have_valid_numbers(division: str) -> None:
    assert is_valid_id_number(make_id_number(division, date(1990, 5, 6), 12), TODAY)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("110105491231002", "15位的旧身份证"),
        ("1101051949123100", "应为18位，现在是16位"),
        ("110105194912310021", "第18位校验不通过，请对照身份证逐位核对"),
        ("11010519491231002x", "字母X"),
        ("１1010519491231002X", "前17位应为数字"),
        ("000105194912310021", "省级代码"),
        ("991105194912310021", "省级代码"),
        ("110105194902300021", "不是真实的出生日期"),
        (make_id_number("530524", date(2027, 1, 1), 1), "在今天之后"),
        (make_id_number("530524", date(1870, 1, 1), 1), "过早"),
    ],
)
def test_a_wrong_identity_number_is_told_why(number: str, says: str) -> None:
    assert says in why_not_id_number(number, TODAY)
    assert not is_valid_id_number(number, TODAY)


def test_without_a_day_a_birth_in_the_future_cannot_be_judged() -> None:
    assert is_valid_id_number(make_id_number("530524", date(2027, 1, 1), 1))


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_made_identity_numbers_are_valid_until_one_character_changes(
    born: date, sequence: int, at: int, char: str
) -> None:
    number = make_id_number("530524", born, sequence)
    changed = number[:at] + char + number[at + 1 :]
    assert birth_date(number) == born
    assert is_valid_id_number(changed, TODAY) is (changed == number)


@given(st.text(ALPHABET_31, min_size=8, max_size=8), st.integers(0, 17), st.characters())
def test_made_credit_codes_are_valid_until_one_character_changes(subject: str, at: int, char: str) -> None:
    code = make_uscc("91530524", subject)
    changed = code[:at] + char + code[at + 1 :]
    assert is_valid_uscc(changed) is (changed == code)
    assert is_valid_org_code(code[8:17])


def test_an_organisation_code_may_have_its_hyphen() -> None:
    assert is_valid_org_code("MB285591-8")
    assert is_valid_org_code("MB2855918")
    assert not is_valid_org_code("MB285591-9")
    assert not is_valid_org_code("MB2855-918")


@pytest.mark.parametrize("number", ["13812345678", "19900001111"])
def test_mobile_numbers(number: str) -> None:
    assert is_valid_mobile(number)
    assert is_valid_phone(number)


@pytest.mark.parametrize("number", ["0875-7123456", "08757123456", "7123456"])
def test_landlines_with_and_without_area_code(number: str) -> None:
    assert is_valid_phone(number)
    assert not is_valid_mobile(number)


@pytest.mark.parametrize("number", ["12345", "110", "95588", "400-810-1234", "0875-7123456-801"])
def test_service_numbers_and_extensions_can_be_called(number: str) -> None:
    assert is_valid_phone(number)


@pytest.mark.parametrize("number", ["", "12", "12812345678", "1381234567", "138123456789", "电话", "１３８"])
def test_what_cannot_be_called_is_refused(number: str) -> None:
    assert not is_valid_mobile(number)
    assert not is_valid_phone(number)
