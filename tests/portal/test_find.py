"""Finding: nothing hidden, no dead end, and a guide with every element that the law demands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from tests.items.samples import COUNTY

from onedoor.areas import queries as areas
from onedoor.items import commands, queries
from onedoor.items.rules import Audience, Fee, Item, Level, read
from onedoor.items.rules.codes import PowerSource
from onedoor.kernel.actor import system
from onedoor.kernel.codes import case_number, make_uscc

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
FOOD = COUNTY / "food-business.yaml"


def at_township(item: Item, organ_name: str, area: str, digit: str) -> Item:
    organ = make_uscc("11530524", f"0152000{digit}")
    return replace(
        item, organ=organ, organ_name=organ_name, level=Level.TOWNSHIP, area=area, power_source=PowerSource.HANDED_DOWN
    )


@pytest.fixture
def food(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Item]:
    """The food permit at the county, and another item at two townships."""
    item = read(FOOD.read_text("utf-8"), file=FOOD.name).item
    other = replace(item, name="农村宅基地审批", basic_code="000120001000", topics=("规划建设",),
                    audiences=(Audience.PERSON,), keywords=("建房",),
                    summary="建房先批地。",
                    fees=(Fee("水土保持补偿费", "10 元", "水土保持法第三十二条", 1000),))  # fmt: skip
    first = at_township(other, "田园镇人民政府", "530524101000", "1")
    second = at_township(other, "漭水镇人民政府", "530524102000", "2")
    monkeypatch.setattr("onedoor.items.queries.versions._regions", tuple)
    queries.forget()
    commands.publish([item, first, second], by=system("test"), at=AT)
    queries.forget()
    yield item
    queries.forget()
    areas.forget()


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_home_page_leads_to_search_events_and_topics(food: Item) -> None:
    html = page("/")
    assert 'action="/search/"' in html
    assert "准营准办" in html
    assert "开店办企业" in html
    assert "结婚" not in html  # no event without an item


def test_the_words_people_use_find_the_permit(food: Item) -> None:
    html = page("/search/?q=开小饭馆")
    assert f'href="/items/{food.code}/"' in html


@pytest.mark.parametrize("q", ["护照签证加急", "zzzzqqqq", "<script>alert(1)</script>", "%00", "长" * 5000])
def test_no_search_is_a_dead_end(food: Item, q: str) -> None:
    html = page(f"/search/?q={q}")
    assert "没有您要办的？" in html
    assert 'href="tel:12345"' in html
    assert "<script>alert" not in html


def test_a_case_number_in_the_search_box_is_recognised(food: Item) -> None:
    number = case_number("530524", date(2026, 3, 2), 317)
    assert "这像是办件编号" in page(f"/search/?q={number}")


def test_the_catalogue_shows_an_item_of_many_organs_once(food: Item) -> None:
    html = page("/items/")
    assert "共 2 个事项" in html
    assert "2 个机关按地域办理" in html


def test_the_catalogue_narrows_by_topic_and_by_organ(food: Item) -> None:
    assert "食品经营许可" not in page("/items/?topic=规划建设").partition('class="hits"')[2]
    assert "食品经营许可" in page(f"/items/?organ={food.organ}").partition('class="hits"')[2]
    assert "这个范围里没有事项" in page("/items/?topic=没有这个主题")


def test_an_event_lists_the_items_of_its_topics(food: Item) -> None:
    assert "农村宅基地审批" in page("/items/?event=建房买房")
    assert "这个范围里没有事项" in page("/items/?event=没有")


def test_a_guide_has_every_element_that_the_law_demands(food: Item) -> None:
    html = page(f"/items/{food.code}/")
    demanded = [food.name, food.organ_name, food.summary, food.quantity_limit, food.result.name, food.remedies.text]
    demanded += [food.contacts.enquiry, food.contacts.complaint, food.remedies.review_organ, food.remedies.court]
    demanded += [part.text for part in (*food.conditions, *food.prohibited)]
    demanded += [part.name for part in (*food.materials, *food.flow)] + [basis.law for basis in food.basis]
    demanded += [text for place in food.places for text in (place.name, place.address, place.hours)]
    demanded += [faq.answer for faq in food.faqs] + ["不收费", "5 个工作日", "10 个工作日", "承诺办结"]
    assert [words for words in demanded if words not in html] == []


def test_a_guide_says_where_each_material_comes_from(food: Item) -> None:
    html = page(f"/items/{food.code}/")
    for words in ("自行提交", "电子证照（免提交）", "部门共享（免提交）", "可容缺后补"):
        assert words in html


def test_a_guide_shows_fees_with_their_basis(food: Item) -> None:
    code = next(line.code for line in queries.catalogue() if line.name == "农村宅基地审批")
    html = page(f"/items/{code}/")
    assert "10 元" in html
    assert "水土保持法第三十二条" in html
    assert "漭水镇人民政府" in html
    assert "田园镇人民政府" in html


def test_a_situation_leaves_out_what_it_rules_out(food: Item) -> None:
    everything = page(f"/items/{food.code}/")
    catering = page(f"/items/{food.code}/?business=catering&rented=no")
    assert "食堂承包（委托）经营合同" in everything
    assert "食堂承包（委托）经营合同" not in catering
    assert "经营场所使用证明" not in catering
    assert "从业人员健康证明" in catering
    assert "2 份材料不需要" in catering


def test_an_unknown_answer_to_a_situation_rules_nothing_out(food: Item) -> None:
    assert "食堂承包（委托）经营合同" in page(f"/items/{food.code}/?business=dragon")


def test_a_guide_carries_a_code_of_its_own_address(food: Item) -> None:
    html = page(f"/items/{food.code}/")
    assert "<svg" in html.partition('class="qr"')[2]
    assert " style=" not in html


def test_an_unknown_item_is_not_found_in_plain_words(food: Item) -> None:
    response = Client().get("/items/NOSUCH/")
    assert response.status_code == 404
    assert "没有找到这个事项" in response.content.decode()


def test_questions_are_answered_from_the_items(food: Item) -> None:
    call_command("areas", "load")
    html = page("/ask/?q=饭馆 健康证")
    assert "健康证一定要全部办齐吗" in html
    assert "没有找到相关的问答" not in html


def test_the_pages_are_read_only(food: Item) -> None:
    response = Client().post("/search/", {"q": "x"})
    assert response.status_code == 405
    assert "这一页不能这样打开" in response.content.decode()


def test_the_blank_form_shows_every_question_with_its_choices(food: Item) -> None:
    html = page(f"/items/{food.code}/form/")
    missing = [q.label for q in food.form.questions if q.label not in html]
    missing += [option.label for q in food.form.questions for option in q.options if option.label not in html]
    assert food.form.questions
    assert missing == []


def test_a_question_that_depends_on_another_waits_for_it(food: Item) -> None:
    assert "食堂是不是承包给别人经营？" not in page(f"/items/{food.code}/")
    assert "食堂是不是承包给别人经营？" in page(f"/items/{food.code}/?business=canteen")


def test_the_start_button_stands_only_where_one_can_apply(food: Item) -> None:
    from django.urls import Resolver404, resolve

    try:
        resolve(f"/apply/{food.code}/")
        there = True
    except Resolver404:
        there = False
    assert ("开始办理" in page(f"/items/{food.code}/")) is there


def test_a_guide_of_one_situation_has_an_address_of_its_own(food: Item) -> None:
    html = page(f"/items/{food.code}/?business=sales&contracted=yes&rented=no&other=1")
    assert "这一页只写您的情形" in html
    assert "食堂是不是承包给别人经营" not in html.split("要什么材料")[0]  # selling leads to no such question
    assert f'href="/apply/{food.code}/?business=sales&amp;rented=no"' in html
    assert "现场核查" not in stages(html)  # no visit where food is only sold
    assert "现场核查" in stages(page(f"/items/{food.code}/?business=catering"))
    assert "这一页只写您的情形" not in page(f"/items/{food.code}/?business=nonsense")


def stages(html: str) -> str:
    return html.partition("审查要经过")[2].partition("特别程序")[0]


def test_a_second_version_tells_what_it_changed(food: Item) -> None:
    assert "与上一版相比" not in page(f"/items/{food.code}/")
    commands.publish([replace(food, terminal=False)], by=system("test"), at=AT)
    html = page(f"/items/{food.code}/")
    assert "与上一版相比" in html
    assert "从“是”改为“否”" in html
