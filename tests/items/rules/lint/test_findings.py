"""Every rule of the checker: the county's items are clean, and each broken item is caught by the rule meant for it."""

from typing import Any

import pytest
from tests.items.samples import COUNTY, FOOD, changed, item, tables

from onedoor.items.rules import Severity, errors, lint
from onedoor.items.rules.lint import RULES

SLUGS = sorted(path.stem for path in COUNTY.glob("*.yaml"))
LIMIT = {"number": 5, "unit": "workday", "start": "accepted", "note": "承诺"}
STEP = {"key": "x", "name": "多余", "kind": "review"}
FEE = {"name": "工本费", "standard": "10元", "basis": "某局通知"}

BROKEN: list[tuple[str, str, dict[str, Any]]] = [
    ("time.on_the_spot", "water-abstraction", {"project_type": "1"}),
    ("time.on_the_spot", "water-abstraction", {"clock.promised.number": 0}),
    ("time.promised_within_legal", FOOD, {"clock.promised.number": 11}),
    ("time.promised_within_legal", "construction", {"clock.promised.number": 1, "clock.promised.unit": "month"}),
    ("time.promised_within_legal", "construction", {"clock.promised.start": "accepted"}),
    ("result.name", FOOD, {"result.kind": "document"}),
    ("result.name", FOOD, {"result.sample": ""}),
    ("visits.reason", FOOD, {"visits": 1}),
    ("visits.reason", FOOD, {"visit_reason": "核对原件"}),
    ("visits.reason", FOOD, {"visits": 1, "visit_reason": "核对原件"}),
    ("visits.reason", FOOD, {"online": False, "online_depth": [], "handle_forms": ["1"]}),
    ("fees.complete", FOOD, {"fees": [FEE | {"basis": ""}]}),
    ("fees.complete", FOOD, {"fees": [FEE]}),
    ("fees.complete", FOOD, {"fees": [FEE | {"basis": "某条例", "reducible": True}]}),
    ("fees.complete", FOOD, {"online_payment": True}),
    ("contacts.phones", FOOD, {"contacts.complaint": "0875-7120001"}),
    ("contacts.phones", FOOD, {"contacts.enquiry": "7120001"}),
    ("topics.audience", FOOD, {"topics": ["没有的主题"]}),
    ("topics.audience", "construction", {"topics": ["生育收养", "投资审批"]}),
    ("topics.audience", "water-abstraction", {"topics": ["户籍办理"]}),
    ("permit.guide", FOOD, {"faqs": []}),
    ("permit.guide", FOOD, {"flow.5.name": "通知"}),
    ("materials.catch_all", FOOD, {"materials.3.name": "其他有关材料"}),
    ("basis.by_law", FOOD, {"conditions.0.by_law": "县政府办公室关于食品经营的通知"}),
    ("basis.by_law", FOOD, {"materials.0.by_law": "市局工作方案"}),
    ("basis.intermediary", FOOD, {"intermediaries": [{"name": "代理", "by_law": "某管理办法", "provider": "自选"}]}),
    ("basis.intermediary", FOOD, {"materials.5.by_law": "某管理办法"}),
    ("clock.profile", FOOD, {"clock.kind": "service"}),
    ("clock.profile", FOOD, {"clock.acceptance": None}),
    ("clock.profile", FOOD, {"clock.legal": None}),
    ("clock.own_law", FOOD, {"kind": "20", "basic_code": "002031026000", "clock.kind": "service"}),
    ("clock.basis", FOOD, {"clock.promised.note": ""}),
    ("clock.basis", FOOD, {"clock.legal": LIMIT}),
    ("clock.grounds", FOOD, {"special_procedures.1.ground": "hearing"}),
    ("clock.grounds", FOOD, {"special_procedures.0.ground": "testing"}),
    (
        "clock.grounds",
        FOOD,
        {
            "clock.grounds": [
                {"ground": "suspension", "article": "行政许可法 45"},
                {"ground": "hearing", "article": "行政许可法 45"},
            ]
        },
    ),
    ("clock.grounds", FOOD, {"clock.grounds.0": {"ground": "consultation", "article": "行政许可法 45"}}),
    ("plan.sound", FOOD, {"plan.steps.4": STEP}),
    ("plan.sound", FOOD, {"plan.steps.1.officers": 1}),
    ("plan.sound", FOOD, {"plan.steps.0.after": ["decide"]}),
    ("plan.sound", FOOD, {"plan.steps.0.organ": "隔壁"}),
    ("power.level", FOOD, {"level": "6"}),
    ("power.level", FOOD, {"power_source": "5"}),
    ("power.level", FOOD, {"area": "530524101000"}),
    ("remedies.told", FOOD, {"remedies.text": "可以向上级反映"}),
    ("remedies.told", FOOD, {"remedies.court": ""}),
    ("materials.tolerated", FOOD, {"materials.0.tolerated": True}),
    ("materials.tolerated", FOOD, {"materials.3.tolerated_days": 5}),
    ("codes.valid", FOOD, {"organ": "115305240152400581"}),
    ("codes.valid", FOOD, {"basic_code": "000731026000"}),
    ("codes.valid", FOOD, {"basic_code": "123"}),
    ("codes.valid", FOOD, {"sequence": "1"}),
    ("keys.unique", FOOD, {"materials.1.key": "application"}),
    ("keys.unique", FOOD, {"situations.2.key": "place_size", "materials.5.when": {"present": "$place_size"}}),
    ("keys.unique", "construction", {"situations.0.options.1.value": "tender"}),
    ("conditions.resolve", FOOD, {"materials.5.when": {"eq": ["$rentd", "yes"]}}),
    ("conditions.resolve", FOOD, {"materials.5.when": {"eq": ["$rented", "maybe"]}}),
    ("conditions.resolve", FOOD, {"plan.steps.1.when": {"add": [1, 2]}}),
    ("conditions.resolve", FOOD, {"form.pages.0.when": {"eq": ["$staff_count", 3]}}),
    ("form.asks", FOOD, {"form": {"pages": []}}),
    ("form.asks", FOOD, {"online": False, "online_depth": [], "handle_forms": ["1", "2", "4"]}),
    ("sample_values.exist", FOOD, {"sample_values": ["contacts", "telephone"]}),
]
NEEDS_MORE = {"clock.own_law", "form.asks"}  # such an item cannot be broken in one place alone

WARNED: list[tuple[str, str, dict[str, Any]]] = [
    ("plan.within_limit", FOOD, {"plan.steps.1.limit.number": 9}),
    ("situations.used", FOOD, {"materials.5.when": None}),
    ("materials.guide", FOOD, {"materials.0.sample": ""}),
    ("materials.guide", FOOD, {"materials.1.source_detail": ""}),
    ("materials.papers", FOOD, {"materials.1.sample": "samples/licence.pdf"}),
    ("materials.in_registers", FOOD, {"materials.1.source": "applicant"}),
]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_countys_items_pass_their_own_checker(slug: str) -> None:
    assert [(f.rule, f.field, f.message) for f in lint(item(slug), tables())] == []


@pytest.mark.parametrize(("rule", "slug", "changes"), BROKEN)
def test_a_broken_item_is_caught_by_the_rule_meant_for_it(rule: str, slug: str, changes: dict[str, Any]) -> None:
    found = errors(lint(changed(changes, slug), tables()))
    caught = {finding.rule for finding in found}
    assert rule in caught
    if rule not in NEEDS_MORE:
        assert caught == {rule}
    assert all(finding.message and finding.basis and finding.field is not None for finding in found)


@pytest.mark.parametrize(("rule", "slug", "changes"), WARNED)
def test_a_doubtful_item_is_warned_about_but_may_be_published(rule: str, slug: str, changes: dict[str, Any]) -> None:
    found = lint(changed(changes, slug), tables())
    assert [f.rule for f in found if f.severity is Severity.WARNING] == [rule]
    assert errors(found) == ()


def test_every_rule_is_tested() -> None:
    assert {rule for rule, _, _ in (*BROKEN, *WARNED)} == set(RULES)
