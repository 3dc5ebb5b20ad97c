import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.journey.cleaning import Unclean, clean
from onedoor.kernel.journey.values import CHOOSING, QuestionKind

from .forms import question

TODAY = date(2026, 11, 22)
OPTIONS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}, {"value": "c", "label": "丙"}]


def options_of(kind: str) -> dict[str, Any]:
    return {"options": OPTIONS} if kind in CHOOSING else {}


@pytest.mark.parametrize(
    ("kind", "raw", "answer"),
    [
        ("text", "  昌宁　", "昌宁"),
        ("text", ["一个"], "一个"),
        ("text", 12, "12"),
        ("textarea", " 一\r\n二\r三 ", "一\n二\n三"),
        ("integer", "１２", 12),
        ("integer", 12, 12),
        ("integer", "+007", 7),
        ("decimal", "80.50", "80.5"),
        ("decimal", 80.5, "80.5"),
        ("decimal", "100", "100"),
        ("decimal", "-0", "0"),
        ("money", "1200.5", "1200.50"),
        ("money", "８", "8.00"),
        ("money", "￥1，200.5元", "1200.50"),
        ("integer", "1,200", 1200),
        ("date", "2026-3-2", "2026-03-02"),
        ("date", "2026年3月2日", "2026-03-02"),
        ("date", "2026/03/02", "2026-03-02"),
        ("date", "20260302", "2026-03-02"),
        ("date", date(2026, 3, 2), "2026-03-02"),
        ("date", "2027-01-01", "2027-01-01"),
        ("past_date", "2026-11-22", "2026-11-22"),
        ("yes_no", "yes", True),
        ("yes_no", "否", False),
        ("yes_no", False, False),
        ("choice", "b", "b"),
        ("choices", ["c", "a", "a"], ("a", "c")),
        ("choices", "b", ("b",)),
        ("id_number", "１１０１０５ 19491231 002ｘ", "11010519491231002X"),
        ("uscc", " 11370800mb28559184", "11370800MB28559184"),
        ("phone", "0875－7123456", "0875-7123456"),
        ("mobile", "+86 138-1234-5678", "13812345678"),
        ("email", " li.si@example.com ", "li.si@example.com"),
        ("person_name", "买买提•阿不都", "买买提·阿不都"),
        ("person_name", "𡊄生", "𡊄生"),
        ("person_name", "赵\u3000永福 ", "赵永福"),
        ("person_name", "杨 𡊄", "杨𡊄"),
        ("person_name", "阿鲁 · 尔古", "阿鲁·尔古"),
        ("person_name", "José Pérez", "José Pérez"),
        ("person_name", "Mary-Ann O'Neil", "Mary-Ann O'Neil"),
        ("area", "530524101001", "530524101001"),
        ("address", "田园镇右甸路1号", "田园镇右甸路1号"),
    ],
)
def test_what_people_type_becomes_its_written_form(kind: str, raw: object, answer: object) -> None:
    assert clean(question(kind, **options_of(kind)), raw, TODAY) == answer


@pytest.mark.parametrize("kind", list(QuestionKind))
@pytest.mark.parametrize("raw", ["", "   ", "\u3000\r\n", None, [], [""], ()])
def test_nothing_is_no_answer_of_any_kind(kind: str, raw: object) -> None:
    assert clean(question(kind, **options_of(kind)), raw, TODAY) is None


@pytest.mark.parametrize(
    ("kind", "raw", "says"),
    [
        ("text", "字" * 201, "“项目”最多200个字，现在有201个字，请删减"),
        ("text", "字" * 10_000, "现在有10000个字"),
        ("textarea", "字" * 10_000, "最多2000个字，现在有10000个字"),
        ("id_number", "1" * 10_000, "最多200个字"),
        ("text", "a\x00b", "看不见的控制字符"),
        ("text", "a\nb", "控制字符或换行"),
        ("text", "a\ud800b", "看不见的控制字符"),
        ("text", "a\u202eb", "看不见的控制字符"),
        ("textarea", "a\x00b", "看不见的控制字符"),
        ("text", ["a", "b"], "只能填一个值"),
        ("text", {"a": 1}, "只能填一个值"),
        ("text", True, "只能填一个值"),
        ("integer", "12.5", "请填整数"),
        ("integer", "十二", "请填整数"),
        ("integer", "1,20", "请填整数"),
        ("integer", "12ab", "请填整数"),
        ("integer", "-1", "不能小于0"),
        ("integer", "9" * 30, "请填整数"),
        ("decimal", "1e5", "只写数字和小数点"),
        ("decimal", float("nan"), "只能填一个值"),
        ("decimal", Decimal("NaN"), "只能填一个值"),
        ("money", "1.234", "最多两位小数"),
        ("date", "2026-02-30", "没有2026年2月30日这一天"),
        ("date", "3月2日", "例如2026-03-02"),
        ("date", "1234-05-06", "年份1234不对"),
        ("past_date", "2026-11-23", "不能晚于今天（2026-11-22）"),
        ("yes_no", "maybe", "请选择“是”或“否”"),
        ("yes_no", 1, "请选择“是”或“否”"),
        ("choice", "z", "请从列出的选项中选择“项目”"),
        ("choices", ["a", "z"], "不在列表中的选项"),
        ("choices", ["a", 1], "不在列表中的选项"),
        ("choices", [["a"]], "不在列表中的选项"),
        ("choices", {"a": "b"}, "不在列表中的选项"),
        ("id_number", "110105194912310021", "第18位校验不通过，请对照身份证逐位核对"),
        ("id_number", "110105202712310020", "在今天之后"),
        ("uscc", "11370800MB28559185", "第18位校验不通过"),
        ("phone", "12", "例如0875-7123456"),
        ("mobile", "0875-7123456", "手机号码应为11位"),
        ("email", "li.si", "name@example.com"),
        ("person_name", "张三1", "不要写数字"),
        ("person_name", "<张三>", "不要写数字和符号"),
        ("area", "530524", "12位数字"),
        ("address", "昌宁", "写到村组或门牌号"),
    ],
)
def test_a_wrong_answer_is_told_what_to_do(kind: str, raw: object, says: str) -> None:
    with pytest.raises(Unclean, match=says.replace("（", r"\（").replace(".", r"\.")):
        clean(question(kind, **options_of(kind)), raw, TODAY)


def test_numbers_keep_to_their_range() -> None:
    asked = question("decimal", minimum="-5.5", maximum=10, unit="度")
    assert clean(asked, "-5.5", TODAY) == "-5.5"
    with pytest.raises(Unclean, match=r"不能小于-5\.5度"):
        clean(asked, "-5.6", TODAY)
    with pytest.raises(Unclean, match="不能大于10度"):
        clean(asked, "10.01", TODAY)


def test_a_pattern_must_match_the_whole_text_and_its_message_is_shown() -> None:
    asked = question("text", pattern=r"JY\d{3}", pattern_message="请填JY开头加三位数字的许可证编号")
    assert clean(asked, "JY123", TODAY) == "JY123"
    with pytest.raises(Unclean, match="请填JY开头"):
        clean(asked, "JY1234", TODAY)


raws = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=30),
    st.text("0123456789-./年月日Xx", max_size=20),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=5),
)


@given(st.sampled_from(QuestionKind), raws)
def test_whatever_comes_in_is_cleaned_or_refused_and_clean_answers_are_json_and_stay_clean(
    kind: QuestionKind, raw: object
) -> None:
    asked = question(kind, **options_of(kind))
    try:
        answer = clean(asked, raw, TODAY)
    except Unclean:
        return
    stored = json.loads(json.dumps(answer))
    assert clean(asked, stored, TODAY) == answer


def test_a_date_with_a_time_gives_its_day() -> None:
    assert clean(question("date"), datetime(2026, 3, 2, 23, 50), TODAY) == "2026-03-02"  # noqa: DTZ001
