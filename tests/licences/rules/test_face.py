"""A licence says whose it is, where and for what, for how long, and how anybody may verify it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cases.conftest import catalogue, published

from onedoor.items.rules import ResultKind
from onedoor.kernel.journey import QuestionKind
from onedoor.licences import queries
from onedoor.licences.rules import TOKEN_CHARACTERS, Told, code_in_groups, code_typed, lines, public_lines, validity

PRIVATE = {QuestionKind.ID_NUMBER, QuestionKind.MOBILE, QuestionKind.PHONE, QuestionKind.EMAIL}
DAY = date(2026, 11, 23)
BARE = {"居民身份证申领、换领、补领"}  # it speaks of its holder alone


def said(name: str, answers: dict[str, object], holder: str) -> dict[str, str]:
    fields = lines(Told(published(name), answers, "云南省{}".format), table=queries.face(), holder=holder)
    return {field.label: field.value for field in fields}


def test_the_licence_of_a_company_names_its_code_its_head_its_place_and_what_it_may_do() -> None:
    answers = {
        "business": "catering", "entity_name": "昌宁县老杨饭店", "entity_uscc": "92530524MA6K000000",
        "responsible_name": "杨志强", "responsible_id": "530524199001010017", "place_area": "田园镇",
        "place_address": "右甸路18号", "catering_projects": ["hot"], "contact_mobile": "13800000000",
    }  # fmt: skip
    found = said("食品经营许可", answers, "昌宁县老杨饭店")
    assert found["统一社会信用代码"] == "92530524MA6K000000"
    assert found["法定代表人（负责人）"] == "杨志强"
    assert found["经营场所地址"] == "云南省田园镇右甸路18号"
    assert {"主体业态", "经营项目"} <= found.keys()
    assert "名称" not in found, "the holder is printed already"
    assert not {"530524199001010017", "13800000000"} & set(found.values())


def test_the_licence_of_a_shopkeeper_names_the_shop_beside_the_person() -> None:
    answers = {
        "person_name": "张小满",
        "shop_name": "小满杂货店",
        "business": "卖杂货",
        "place_address": "云南省昌宁县正街",
    }
    assert said("个体工商户注册登记", answers, "张小满") == {
        "名称": "小满杂货店",
        "经营场所地址": "云南省昌宁县正街",
        "经营范围": "卖杂货",
    }


def test_whoever_verifies_reads_where_a_business_is_and_what_it_may_do_and_nobodys_name_or_home() -> None:
    table = public_lines(queries.face())
    answers = {
        "business": "catering", "entity_uscc": "92530524MA6K000000", "responsible_name": "杨志强",
        "place_address": "云南省昌宁县右甸路18号", "catering_projects": ["hot"],
    }  # fmt: skip
    told = Told(published("食品经营许可"), answers, str)
    assert {field.label for field in lines(told, table=table, holder="")} == {"经营场所地址", "主体业态", "经营项目"}
    sources = {source for line in table for source in line.sources}
    for item in catalogue():
        for question in item.form.questions:
            private = question.kind in PRIVATE | {QuestionKind.PERSON_NAME} or question.key.startswith("home_")
            assert not (private and sources & {question.key, question.label, question.prefill}), question.key


def test_only_what_is_printed_is_public() -> None:
    assert all(set(line.public) <= set(line.sources) for line in queries.face())


def test_a_place_that_names_its_township_is_not_led_by_it_again() -> None:
    written = {"place_area": "530524101002", "place_address": "云南省保山市昌宁县田园镇人民路88号"}
    told = Told(published("食品经营许可"), written, {"530524101002": "田园镇宝丰社区"}.__getitem__)
    (field,) = lines(told, table=queries.face(), holder="")
    assert field.value == "云南省保山市昌宁县田园镇人民路88号"


def test_a_division_stands_before_the_place_alone_and_never_before_a_measure() -> None:
    answers = {"forest_area": "卡斯镇", "forest_place": "大箐头", "cut_area": "1.2", "cut_volume": "14.5"}
    found = said("林木采伐许可证核发", answers, "张小满")
    assert found["小地名和四至"] == "云南省卡斯镇大箐头"
    assert found["采伐蓄积"].startswith("14.5")


def test_a_certificate_of_marriage_names_both() -> None:
    assert said("结婚登记", {"woman_name": "李秀英", "man_name": "张小满"}, "李秀英") == {
        "女方": "李秀英",
        "男方": "张小满",
    }


def test_no_identity_number_telephone_or_address_of_somebodys_post_can_come_onto_a_licence() -> None:
    sources = {source for line in queries.face() for source in line.sources}
    for item in catalogue():
        for question in item.form.questions:
            private = question.kind in PRIVATE or question.key.startswith(("delivery_", "mail_"))
            assert not (private and sources & {question.key, question.label, question.prefill}), question.key


def test_nearly_every_licence_of_the_county_says_more_than_its_holder() -> None:
    licences = [item for item in catalogue() if item.result.kind is ResultKind.LICENCE]
    sources = {source for line in queries.face() for source in line.sources}
    bare = [
        item.name for item in licences if not any(sources & {q.key, q.label, q.prefill} for q in item.form.questions)
    ]
    assert len(licences) > 60
    assert set(bare) == BARE


@pytest.mark.parametrize(
    ("until", "stated", "words"),
    [
        (date(2031, 11, 22), "五年", "2026年11月23日至2031年11月22日"),
        (None, "", "2026年11月23日起，长期有效"),
        (None, "长期有效", "2026年11月23日起，长期有效"),
        (None, "长期；按期检验合格才能继续使用", "2026年11月23日起，长期；按期检验合格才能继续使用"),
        (None, "至抵押权消灭", "2026年11月23日起，至抵押权消灭"),
    ],
)
def test_validity_is_told_as_far_as_it_is_known(until: date | None, stated: str, words: str) -> None:
    assert validity(DAY, until, stated) == words


@pytest.mark.parametrize("stated", ["以许可证载明的期限为准", "与原许可证有效期一致", "核准载明的期限"])
def test_a_licence_never_sends_its_reader_to_itself_for_its_validity(stated: str) -> None:
    assert stated not in validity(DAY, None, stated)
    assert "请向颁发机构核实" in validity(DAY, None, stated)


def test_a_code_is_read_however_it_was_typed_or_pasted() -> None:
    code = "7c1e90d2ab34f65800912cde"
    assert len(code) == TOKEN_CHARACTERS
    printed = code_in_groups(code)
    assert printed == "7c1e 90d2 ab34 f658 0091 2cde"
    for typed in (printed, printed.upper(), printed.replace(" ", "-"), f" https://example.test/verify/{code}/ "):
        assert code_typed(typed) == code


@pytest.mark.parametrize("typed", ["", "https://example.test/verify/", "7c1e90d2", "验真码" * 8])
def test_what_is_no_whole_code_is_read_as_none(typed: str) -> None:
    assert code_typed(typed) == ""
