from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.codes import (
    CaseNumber,
    LicenceId,
    case_number,
    check_case_number,
    check_licence_id,
    licence_id,
    make_uscc,
    read_case_number,
    read_licence_id,
    why_not_case_number,
    why_not_licence_id,
)
from onedoor.kernel.errors import Invalid

SAMPLE = "1.2.156.3005.2.11100000000013338W011.11110000000021135M.20230329701.003.Y"
CASE_CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_a_case_number_has_21_characters_and_reads_back() -> None:
    number = case_number("530524", date(2026, 11, 22), 17)
    assert number[:-1] == "53052420261122000017"
    assert len(number) == 21
    assert read_case_number(number) == CaseNumber("530524", date(2026, 11, 22), 17)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999_999),
    st.integers(0, 20),
    st.sampled_from(CASE_CHARS),
)
def test_every_single_change_of_a_case_number_is_detected(day: date, sequence: int, at: int, char: str) -> None:
    number = case_number("530524", day, sequence)
    changed = number[:at] + char + number[at + 1 :]
    assert check_case_number(changed) is (changed == number)


@pytest.mark.parametrize("sequence", [0, -1, 1_000_000])
def test_a_sequence_outside_six_digits_is_refused(sequence: int) -> None:
    with pytest.raises(ValueError, match="流水号"):
        case_number("530524", date(2026, 1, 1), sequence)


@pytest.mark.parametrize("division", ["53052", "5305240", "53052A", "５３０５２４"])
def test_a_division_of_other_than_six_digits_is_refused(division: str) -> None:
    with pytest.raises(ValueError, match="6位数字"):
        case_number(division, date(2026, 1, 1), 1)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "应为21位"),
        ("5305242026112200001", "应为21位"),
        ("530524202613220000170", "日期不对"),
        ("990524202611220000170", "行政区划或日期不对"),
        ("53052420261122000017v", "应为21位"),
    ],
)
def test_a_wrong_case_number_is_told_why(number: str, says: str) -> None:
    assert says in why_not_case_number(number)
    with pytest.raises(Invalid, match=says):
        read_case_number(number)


def test_the_published_licence_identifier_reads_and_builds() -> None:
    parts = LicenceId("11100000000013338W011", "11110000000021135M", "20230329701", 3)
    assert read_licence_id(SAMPLE) == parts
    assert licence_id(parts) == SAMPLE


@given(st.integers(0, len(SAMPLE) - 1), st.characters())
def test_every_single_change_of_a_licence_identifier_is_detected(at: int, char: str) -> None:
    changed = SAMPLE[:at] + char + SAMPLE[at + 1 :]
    assert check_licence_id(changed) is (changed == SAMPLE)


@given(st.text(CASE_CHARS, min_size=1, max_size=64), st.integers(1, 999), st.integers(0, 999))
def test_a_built_licence_identifier_reads_back(serial: str, version: int, kind: int) -> None:
    parts = LicenceId(
        f"{make_uscc('11530524', '01512345')}{kind:03d}", make_uscc("11530524", "0151000X"), serial, version
    )
    assert read_licence_id(licence_id(parts)) == parts


@pytest.mark.parametrize(
    ("identifier", "says"),
    [
        (SAMPLE.replace("3005.2", "3005.3"), "开头"),
        (SAMPLE.replace(".003", ""), "5段"),
        (SAMPLE.replace("W011", "W11"), "证照类型代码"),
        (SAMPLE.replace("35M", "35N"), "颁发机构代码有误"),
        (SAMPLE.replace("701", "70a"), "流水号"),
        (SAMPLE.replace("003", "000"), "版本号"),
        (SAMPLE[:-1] + "Z", "校验位"),
    ],
)
def test_a_wrong_licence_identifier_is_told_why(identifier: str, says: str) -> None:
    assert says in why_not_licence_id(identifier)
    with pytest.raises(Invalid, match=says):
        read_licence_id(identifier)


def test_parts_that_do_not_fit_make_no_licence_identifier() -> None:
    with pytest.raises(Invalid, match="流水号"):
        licence_id(LicenceId("11100000000013338W011", "11110000000021135M", "食品第1号"))
