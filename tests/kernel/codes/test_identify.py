from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.codes import CodeKind, case_number, identify, make_id_number, make_uscc

TODAY = date(2026, 11, 22)
CASE = case_number("530524", TODAY, 1)


@pytest.mark.parametrize(
    ("value", "kind", "says"),
    [
        ("11010519491231002X", CodeKind.ID_NUMBER, "1949-12-31出生，女"),
        ("11010519491231002x", CodeKind.ID_NUMBER, "女"),
        ("１１０１０５19491231002X", CodeKind.ID_NUMBER, "女"),
        ("11370800MB28559184", CodeKind.USCC, "机构编制登记，登记机关区划370800"),
        ("11370800 MB285591 84", CodeKind.USCC, "主体标识码MB2855918"),
        ("MB285591-8", CodeKind.ORG_CODE, ""),
        ("MB2855918", CodeKind.ORG_CODE, ""),
        ("530524101000", CodeKind.DIVISION, "云南省，乡级"),
        (CASE, CodeKind.CASE_NUMBER, "2026-11-22，当日第1号"),
        (
            "1.2.156.3005.2.11100000000013338W011.11110000000021135M.20230329701.003.Y",
            CodeKind.LICENCE,
            "流水号20230329701，第3版",
        ),
        ("000172149001", CodeKind.ITEM_BASIC, "国家目录，行政许可"),
        ("370117002011", CodeKind.ITEM_BASIC, "山东省目录"),
        ("11370800MB285591843370117002011", CodeKind.ITEM_IMPLEMENTATION, "市级"),
        ("11100000MB0341032Y100017214900101", CodeKind.ITEM_HANDLING, "办理项01"),
        ("2405-530524-04-01-123456", CodeKind.PROJECT, ""),
        ("13812345678", CodeKind.MOBILE, ""),
        ("0875-7123456", CodeKind.PHONE, ""),
        ("12345", CodeKind.PHONE, ""),
    ],
)
def test_a_valid_number_is_recognised_and_explained(value: str, kind: CodeKind, says: str) -> None:
    found = identify(value, TODAY)
    assert (found.kind, found.valid, found.reason) == (kind, True, "")
    assert says in found.meaning


@pytest.mark.parametrize(
    ("value", "kind", "reason"),
    [
        ("110105194912310021", CodeKind.ID_NUMBER, "第18位校验不通过"),
        ("1101051949123100", CodeKind.ID_NUMBER, "应为18位，现在是16位"),
        ("110105491231002", CodeKind.ID_NUMBER, "15位的旧"),
        ("11370800MB28559185", CodeKind.USCC, "第18位校验不通过"),
        ("11370800MB2855918", CodeKind.USCC, "应为18位，现在是17位"),
        (CASE[:-1] + ("0" if CASE[-1] != "0" else "1"), CodeKind.CASE_NUMBER, "校验不通过"),
        ("1.2.156.3005.2.x", CodeKind.LICENCE, "5段"),
        ("2413-530524-04-01-123456", CodeKind.PROJECT, "投资项目代码的格式"),
        ("12812345678", CodeKind.MOBILE, "手机号码"),
        ("000000000000", CodeKind.ITEM_BASIC, "从001起"),
        ("张三", CodeKind.UNKNOWN, "认不出"),
        ("", CodeKind.UNKNOWN, "认不出"),
    ],
)
def test_a_wrong_number_is_recognised_and_told_why(value: str, kind: CodeKind, reason: str) -> None:
    found = identify(value, TODAY)
    assert (found.kind, found.valid) == (kind, False)
    assert reason in found.reason


def test_a_number_that_could_be_two_things_says_so() -> None:
    assert identify("530524101001").also == (CodeKind.ITEM_BASIC,)
    assert identify("370117002011").also == (CodeKind.DIVISION,)


def test_a_birth_in_the_future_is_seen_only_with_a_day() -> None:
    number = make_id_number("530524", date(2027, 1, 1), 1)
    assert identify(number).valid
    assert "今天之后" in identify(number, TODAY).reason


def test_a_credit_code_of_digits_alone_is_not_taken_for_an_identity_number() -> None:
    code = next(c for n in range(100) if (c := make_uscc("91530524", f"123456{n:02d}")).isdigit())
    assert identify(code).kind is CodeKind.USCC


@given(st.text(max_size=300))
def test_identify_never_raises_and_always_gives_a_reason_or_a_verdict(text: str) -> None:
    found = identify(text, TODAY)
    assert found.valid is not bool(found.reason)


@given(st.from_regex(r"[0-9A-Z.\-]{5,34}", fullmatch=True))
def test_identify_never_raises_on_what_looks_like_a_code(text: str) -> None:
    found = identify(text)
    assert found.valid is not bool(found.reason)
