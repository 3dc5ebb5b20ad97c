import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.codes import (
    ITEM_TYPES,
    LEVELS,
    PROVINCES,
    BasicCode,
    HandlingCode,
    ImplementationCode,
    basic_code,
    handling_code,
    implementation_code,
    read_item_code,
    why_not_item_code,
)
from onedoor.kernel.errors import Invalid

ORGAN = "11370800MB28559184"


def test_the_published_basic_codes_read_part_by_part() -> None:
    assert read_item_code("000172149001") == BasicCode("00", "01", "72", "149", "001")
    shandong = read_item_code("370117002011")
    assert shandong.meaning == "山东省目录，行政许可，领域17，主项002，子项011"


def test_a_main_item_says_whether_it_has_sub_items() -> None:
    assert "无子项" in read_item_code("002072023000").meaning
    assert "含子项" in read_item_code("00017202300Y").meaning


def test_the_published_implementation_code_reads_and_builds() -> None:
    code = "11370800MB285591843370117002011"
    parts = read_item_code(code)
    assert isinstance(parts, ImplementationCode)
    assert (parts.organ, parts.level, str(parts.basic)) == (ORGAN, "3", "370117002011")
    assert "市级" in parts.meaning
    assert implementation_code(ORGAN, level="3", basic="370117002011") == code


@pytest.mark.parametrize("code", ["11100000MB0341032Y100017214900101", "11100000MB0341032Y100207202300001"])
def test_the_published_handling_codes_read_and_build(code: str) -> None:
    parts = read_item_code(code)
    assert isinstance(parts, HandlingCode)
    assert str(parts) == code == handling_code(code[:31], sequence=int(code[31:]))
    assert parts.meaning.endswith("办理项01")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "现在是0位"),
        ("0001721490010", "现在是13位"),
        ("00017214900A", "基本编码的格式"),
        ("00017214900Y"[:9] + "Y00", "基本编码的格式"),
        ("990172149001", "应为00或省级代码"),
        ("009972149001", "不是事项类型"),
        ("000172000001", "从001起"),
        ("11370800MB285591853370117002011", "第18位校验不通过"),
        ("11370800MB285591848370117002011", "行使层级"),
        ("11370800MB2855918433701170020110A", "最后两位应为数字"),
    ],
)
def test_a_wrong_item_code_is_told_why(code: str, says: str) -> None:
    assert says in why_not_item_code(code)
    with pytest.raises(Invalid, match=says):
        read_item_code(code)


def test_parts_that_do_not_fit_are_not_put_together() -> None:
    with pytest.raises(Invalid, match="现在是13位"):
        basic_code(BasicCode("00", "01", "72", "1490", "001"))
    with pytest.raises(Invalid, match="31位"):
        implementation_code(ORGAN, level="44", basic="000172149001")
    with pytest.raises(Invalid, match="1到99"):
        handling_code(implementation_code(ORGAN, level="4", basic="000172149001"), sequence=100)


@given(
    st.sampled_from(["00", *PROVINCES]),
    st.sampled_from(sorted(ITEM_TYPES)),
    st.integers(1, 999),
    st.integers(0, 999),
    st.sampled_from(sorted(LEVELS)),
    st.integers(1, 99),
)
def test_what_is_built_reads_back(source: str, kind: str, main: int, sub: int, level: str, sequence: int) -> None:
    parts = BasicCode(source, kind, "31", f"{main:03d}", f"{sub:03d}")
    whole = handling_code(implementation_code(ORGAN, level=level, basic=basic_code(parts)), sequence=sequence)
    assert read_item_code(whole) == HandlingCode(ImplementationCode(ORGAN, level, parts), f"{sequence:02d}")
    assert read_item_code(whole[19:31]) == parts
