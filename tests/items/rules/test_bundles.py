"""一件事: what a bundle takes from its members, and what each member gets of one application."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.items.samples import tables

from onedoor.cases.rules.application import Application, clean, due_from
from onedoor.items import rules as items
from onedoor.items.queries.files import stationery
from onedoor.items.rules import Item, ItemVersion, bundles, errors, expand, lint, synthetic
from onedoor.items.rules.codes import ItemKind
from onedoor.items.rules.given import Filled, Fixed, Gives, Taken
from onedoor.items.rules.trial import as_published, trial
from onedoor.items.rules.values import Shared
from onedoor.kernel.clock import Unit
from onedoor.kernel.expr import holds, parse
from onedoor.kernel.plan import StepKind

TODAY = date(2026, 3, 2)
AREA = "530524101001"
FOLDER = Path(items.__file__).parents[1] / "data" / "530524"
FILES = [*sorted(FOLDER.glob("*.yaml")), *sorted(FOLDER.glob("bundles/*.yaml"))]


@cache
def catalogue() -> Mapping[str, Item]:
    read = [items.read(path.read_bytes(), file=path.name).item for path in FILES]
    return {variant.code: variant for item in read for variant in expand(item)}


def members(bundle: Item) -> dict[str, ItemVersion]:
    return {member.key: as_published(catalogue()[member.item], on=TODAY) for member in bundle.members}


BUNDLES = [item for item in catalogue().values() if item.members]


@cache
def composed_at(number: int) -> tuple[ItemVersion, dict[str, ItemVersion]]:
    found = members(BUNDLES[number])
    return as_published(bundles.compose(BUNDLES[number], found), on=TODAY), found


@pytest.fixture(params=BUNDLES, ids=lambda item: str(item.name))
def bundle(request: pytest.FixtureRequest) -> Item:
    found: Item = request.param
    assert bundles.faults(found, members(found)) == ()
    return bundles.compose(found, members(found))


def test_composing_twice_changes_nothing(bundle: Item) -> None:
    assert bundles.compose(bundle, members(bundle)) == bundle


def test_each_fact_has_one_name_and_each_question_is_asked_once(bundle: Item) -> None:
    names = [situation.key for situation in bundle.situations] + [question.key for question in bundle.form.questions]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_its_plan_is_a_graph_of_child_cases_each_at_the_organ_of_its_item(bundle: Item) -> None:
    found = [(step.key, step.kind, step.organ) for step in bundle.plan.steps]
    assert found == [(m.key, StepKind.CHILD, catalogue()[m.item].organ) for m in bundle.members]


@settings(deadline=None)
@given(st.data())
def test_whoever_answered_the_whole_has_answered_every_member_that_is_called_for(data: st.DataObject) -> None:
    """No member asks again, and none refuses what the whole has let through."""
    number = data.draw(st.integers(0, len(BUNDLES) - 1))
    whole, items_ = composed_at(number)
    facts = {
        "applicant.kind": data.draw(st.sampled_from(["person", "entity"])),
        "applicant.agent": data.draw(st.booleans()),
    }
    for situation in whole.situations:
        if situation.when is None or holds(situation.when, facts):
            facts[situation.key] = data.draw(st.sampled_from([option.value for option in situation.options]))
    form = synthetic.answers(whole.form, facts=facts, today=TODAY, area=AREA)
    asked = {situation.key for situation in whole.situations}
    kind = "person" if facts["applicant.kind"] == "person" else "entity"
    application = Application(
        item=whole.code,
        answers=form,
        situations={key: str(value) for key, value in facts.items() if key in asked},
        applicant=f"{kind}:1",
        agent="person:2" if facts["applicant.agent"] else None,
        incomplete=True,
    )
    cleaned = clean(application, whole, today=TODAY)
    files = {material.key: (f"file-{material.key}",) for material in due_from(whole, cleaned)}
    cleaned = clean(replace(application, incomplete=False, materials=files), whole, today=TODAY)
    for member in whole.members:
        if member.when is None or holds(member.when, cleaned):
            share = bundles.portion(whole, member, items_[member.key], facts=cleaned, files=files)
            given_ = share.materials | {taken.material: ("result",) for taken in member.taken}
            filled = {one.fact: "530524-001" for one in member.filled}
            part = replace(
                application,
                incomplete=False,
                answers={**share.answers, **filled},
                situations=share.situations,
                materials=given_,
            )
            clean(replace(part, item=items_[member.key].code), items_[member.key], today=TODAY)


LEADS = {
    "开办餐饮店（一件事）": ("县市场监督管理局", 5),
    "新生儿出生（一件事）": ("县卫生健康局", 6),
    "企业开办（一件事）": ("县市场监督管理局", 4),
    "公民身后（一件事）": ("县公安局", 4),
    "退休（一件事）": ("县人力资源和社会保障局", 4),
    "残疾人服务（一件事）": ("县残疾人联合会", 4),
    "水电气网联合报装（一件事）": ("县住房和城乡建设局", 6),
    "工程建设项目：立项用地规划许可（一件事）": ("县自然资源局", 4),
    "工程建设项目：工程建设许可（一件事）": ("县自然资源局", 5),
    "工程建设项目：施工许可（一件事）": ("县住房和城乡建设局", 4),
    "工程建设项目：竣工验收（一件事）": ("县住房和城乡建设局", 4),
}
STAGES = [name for name in LEADS if name.startswith("工程建设项目")]


def test_the_county_has_these_bundles_each_with_its_lead_and_so_many_members() -> None:
    assert {one.name: (one.organ_name.removeprefix("昌宁"), len(one.members)) for one in BUNDLES} == LEADS


def test_the_firms_that_connect_are_named_beside_the_organs_and_no_organ_is_said_to_do_their_part() -> None:
    (whole,) = (one for one in BUNDLES if one.name == "水电气网联合报装（一件事）")
    joint = bundles.compose(whole, members(whole))
    firms = ("供水企业", "供电企业", "燃气企业", "通信和广电企业")
    assert joint.cooperating == ("昌宁县工业商务和科技信息局", *firms, "昌宁县公安局")
    for member, firm in zip(joint.members[:4], firms, strict=True):
        item = catalogue()[member.item]
        assert item.cooperating == (firm,)
        assert [firm in step.name for step in item.plan.steps] == [True, True]
        assert f"和{firm}有争议的" in item.remedies.text


def test_where_a_permit_is_among_them_acceptance_is_due_in_five_days_and_no_limit_is_made_longer(bundle: Item) -> None:
    """行政许可法 32(1).4; the joint forty-five days of 42(2) need a decision of the county government: none has one."""
    permits = [m.key for m in bundle.members if catalogue()[m.item].kind is ItemKind.PERMIT]
    clock = bundle.clock
    assert (clock.acceptance is not None, clock.silence_accepts, clock.legal) == (bool(permits), bool(permits), None)


def test_the_four_stages_of_a_building_project_keep_within_a_hundred_and_twenty_working_days() -> None:
    promised = [one.clock.promised for one in BUNDLES if one.name in STAGES]
    assert sum(limit.number for limit in promised) <= 120
    assert {limit.unit for limit in promised} == {Unit.WORKDAY}


@pytest.mark.parametrize(
    ("name", "handed_on"),
    [
        (
            "新生儿出生（一件事）",
            {"household": ["certificate"], "subsidy": ["certificate"], "allowance": ["certificate"]},
        ),
        ("企业开办（一件事）", {"seal": ["licence"], "insurance": ["licence"], "tax": ["licence"]}),
        ("公民身后（一件事）", {"funeral": ["death"], "account": ["death"], "cremation": ["death"]}),
        ("退休（一件事）", {"medical": ["pension"]}),
        ("残疾人服务（一件事）", {"subsidies": ["certificate"], "device": ["certificate"]}),
        ("工程建设项目：立项用地规划许可（一件事）", {"study": ["site"], "land": ["filing", "study", "site"]}),
        ("工程建设项目：工程建设许可（一件事）", {"green": ["planning"]}),
        ("工程建设项目：竣工验收（一件事）", {"filing": ["planning", "fire"]}),
    ],
)
def test_the_result_of_one_is_the_material_of_another(name: str, handed_on: dict[str, list[str]]) -> None:
    found = next(one for one in BUNDLES if one.name == name)
    assert {m.key: [one.of for one in m.taken] for m in found.members if m.taken} == handed_on


@pytest.mark.parametrize("number", range(len(BUNDLES)), ids=lambda number: str(BUNDLES[number].name))
def test_every_path_is_walked_to_its_end(number: int) -> None:
    found = trial(composed_at(number)[0], on=TODAY, calendar=tables().on(TODAY).calendar, stationery=stationery())
    assert found.failures == ()


def test_what_the_bundle_asks_itself_its_members_do_not_ask_again() -> None:
    whole = next(one for one in BUNDLES if one.name.startswith("残疾人服务"))
    composed = bundles.compose(whole, members(whole))
    assert [s.key for s in composed.situations if "残疾人证" in s.question] == ["have"]
    rehab = composed.members[3]
    share = bundles.portion(composed, rehab, members(whole)["rehab"], facts={"have": "no"}, files={})
    assert share.situations == {"certificate": "no"}


def test_a_material_that_another_always_supplies_is_never_asked_however_its_conditions_are_put_together() -> None:
    whole = next(one for one in BUNDLES if one.name == STAGES[0])
    composed = bundles.compose(whole, members(whole))
    assert {"land_project_doc", "opinion"} & {material.key for material in composed.materials} == set()


def test_each_passes_the_checker(bundle: Item) -> None:
    assert errors(lint(bundle, tables(), on=TODAY)) == ()


def restaurant() -> Item:
    return next(item for item in BUNDLES if item.name.startswith("开办餐饮店"))


def test_a_shared_fact_is_asked_first_and_goes_to_all_who_need_it() -> None:
    whole, parts = restaurant(), members(restaurant())
    composed = bundles.compose(whole, parts)
    assert composed.form.pages[0].questions[0].key == "entity_name"
    shares = [
        bundles.portion(composed, m, parts[m.key], facts={"entity_name": "老街米线店"}, files={})
        for m in composed.members
    ]
    assert [share.answers.get("entity_name") for share in shares] == ["老街米线店"] * 5


def test_what_the_bundle_answers_itself_is_not_asked_and_reaches_the_member() -> None:
    composed = bundles.compose(restaurant(), members(restaurant()))
    assert "food_business" not in {situation.key for situation in composed.situations}
    food = composed.members[0]
    assert bundles.portion(composed, food, members(restaurant())["food"], facts={}, files={}).situations == {
        "business": "catering"
    }


def test_a_condition_says_of_which_member_it_is_unless_all_have_it() -> None:
    whole = next(one for one in BUNDLES if one.name.startswith("公民身后"))
    found = [one.text for one in bundles.compose(whole, members(whole)).conditions]
    assert "丧葬补助金和抚恤金：由遗属申请" in found
    alone = replace(whole, members=whole.members[:1], shared_facts=(), shared_materials=())
    plain = catalogue()[whole.members[0].item].conditions
    assert bundles.compose(alone, members(alone)).conditions == plain


def with_taken(*, when: object = None) -> Item:
    """The tobacco licence takes the food permit as its proof of premises."""
    first, *_, last = restaurant().members
    first = replace(first, when=None if when is None else parse(when))
    last = replace(last, when=None, taken=(Taken("premises", "food"),))
    return replace(restaurant(), members=(first, last), shared_facts=(), shared_materials=())


def test_a_result_that_always_comes_is_never_asked_as_a_material_and_is_waited_for() -> None:
    bundle = with_taken()
    composed = bundles.compose(bundle, members(bundle))
    assert "tobacco_premises" not in {material.key for material in composed.materials}
    assert composed.plan.step("tobacco").after == ("food",)


def test_a_result_that_may_not_come_is_asked_as_a_material_where_it_does_not() -> None:
    bundle = with_taken(when={"eq": ["$large", "yes"]})
    composed = bundles.compose(bundle, members(bundle))
    when = composed.material("tobacco_premises").when
    assert when is not None
    assert not holds(when, {"large": "yes", "tobacco_rented": "yes"})
    assert holds(when, {"large": "no", "tobacco_rented": "yes"})


def test_what_another_s_result_answers_is_never_asked_and_is_waited_for() -> None:
    bundle = next(one for one in BUNDLES if one.name.startswith("工程建设项目：立项用地"))
    composed = bundles.compose(bundle, members(bundle))
    assert not [q.key for q in composed.form.questions if q.key.endswith("opinion_number")]
    alone = replace(bundle, members=tuple(replace(m, taken=()) for m in bundle.members))
    assert bundles.compose(alone, members(alone)).plan.step("study").after == ("site",)


def test_what_another_may_not_answer_is_asked_where_it_does_not() -> None:
    bundle = next(one for one in BUNDLES if one.name.startswith("工程建设项目：立项用地"))
    changed = tuple(
        replace(m, when=parse({"eq": ["$funding", "government"]})) if m.key == "site" else m for m in bundle.members
    )
    composed = bundles.compose(replace(bundle, members=changed), members(bundle))
    asked = [question for question in composed.form.questions if question.key == "land_opinion_number"]
    assert asked[0].when is not None
    assert not holds(asked[0].when, {"funding": "government", "way": "allot"})
    assert holds(asked[0].when, {"funding": "company", "way": "allot"})


FOOD = restaurant().members[0]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"members": (replace(FOOD, item="0" * 33),)}, "bundle.item"),
        ({"members": (FOOD, FOOD)}, "bundle.twice"),
        ({"members": (replace(FOOD, after=("nobody",)),)}, "bundle.after"),
        ({"members": (replace(FOOD, fixed=(Fixed("unknown", "x"),)),)}, "bundle.fixed"),
        ({"members": (replace(FOOD, taken=(Taken("unknown", "food"),)),)}, "bundle.taken"),
        ({"members": (replace(FOOD, filled=(Filled("unknown", "food"),)),)}, "bundle.filled"),
        ({"members": (replace(FOOD, filled=(Filled("entity_name", "food", Gives.ISSUED),)),)}, "bundle.filled"),
        ({"members": (replace(FOOD, filled=(Filled("entity_name", "nobody"),)),)}, "bundle.after"),
        ({"shared_facts": (Shared("name", ("food.entity_name", "food.unknown")),)}, "bundle.fact"),
        ({"shared_facts": (Shared("name", ("food.entity_name", "food.seats")),)}, "bundle.unlike"),
        ({"shared_facts": (Shared("nothing", ("food.rented",), own=True),)}, "bundle.own"),
        ({"shared_facts": (Shared("sign", ("food.business",), own=True),)}, "bundle.unlike"),
        ({"shared_materials": (Shared("paper", ("food.unknown",)),)}, "bundle.material"),
    ],
)
def test_what_cannot_be_composed_is_named_with_its_place(change: dict[str, object], rule: str) -> None:
    plain = replace(restaurant(), members=(FOOD,), shared_facts=(), shared_materials=())
    broken = replace(plain, **change)  # type: ignore[arg-type]
    known = {m.key: catalogue()[m.item] for m in broken.members if m.item in catalogue()}
    assert [fault.rule for fault in bundles.faults(broken, known)] == [rule]
