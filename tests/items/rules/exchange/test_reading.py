"""Item → tables → item is the identity; whatever is wrong in a table is said with table, row and column."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.items.rules.exchange.tables import ACCESS, LAYOUT, again, county, reading, standards, tables
from tests.items.samples import changed, item

from onedoor.items.rules import ItemKind
from onedoor.items.rules.exchange import Issue, Rows, layout_from, tables_of
from onedoor.items.rules.exchange.sheets import MOST_FAULTS

BASIC, EXTEND, MATERIAL = (f"up_task_general_{part}" for part in ("basic", "extend", "material"))
ODD = [
    "=1+1",
    "007",
    "1e5",
    "第一行\n第二行",
    "1,2",
    "2026-03-02",
    "TRUE",
    "_x0041_",
    "json:1",
    "<&>\"'",
    "𠮷" * 9,
    "长" * 19_000,
]


def test_every_item_of_the_county_comes_back_from_json_and_from_a_spreadsheet() -> None:
    items = sorted(county(), key=lambda one: one.kind is ItemKind.SERVICE)  # which have tables of their own
    rows = tables(*items)
    for form in ("json", "xlsx"):
        found = again(rows, form)
        assert (found.faults, [source.item for source in found.items]) == ([], items)
        assert tables(*(source.item for source in found.items)) == rows


def test_the_standards_come_back() -> None:
    rows = tables_of([], [(one, Issue()) for one in standards()], layout=LAYOUT)
    for form in ("json", "xlsx"):
        found = again(rows, form)
        assert (found.faults, tuple(found.standards)) == ([], standards())


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_come_back_wherever_they_stand(text: str) -> None:
    places = (
        "name",
        "limit_notes",
        "materials.0.notes",
        "materials.2.spec",
        "faqs.0.answer",
        "result.name",
        "local_code",
    )
    one = changed(dict.fromkeys(places, text) | {"cooperating": [text, text]})
    for form in ("json", "xlsx"):
        found = again(tables(one), form)
        assert (found.faults, [source.item for source in found.items]) == ([], [one])


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), codes=st.data())
def test_any_text_and_any_codes_come_back(text: str, codes: st.DataObject) -> None:
    places = ("name", "summary", "materials.1.criteria", "faqs.1.question", "notes")
    said: dict[str, Any] = {place: f"甲{text}" for place in places}
    pick = codes.draw
    said |= {
        "audiences": pick(st.lists(st.sampled_from("1234569"), unique=True, min_size=1)),
        "handle_forms": pick(st.lists(st.sampled_from("12349"), unique=True)),
        "materials.0.source": pick(st.sampled_from(["applicant", "licence", "shared", "form", "other"])),
        "clock.legal": pick(st.sampled_from([None, {"number": 3, "unit": "month", "start": "accepted"}])),
        "visits": pick(st.integers(0, 9)),
    }
    one = changed(said)
    assert [source.item for source in again(tables(one), "xlsx").items] == [one]


def test_the_codes_of_the_other_standard_come_back_too() -> None:
    layout = layout_from(ACCESS, dictionary="gbt39046")
    rows = tables_of([(item(), Issue())], [], layout=layout)
    assert rows[BASIC][0]["server_type"] == "1,2,3,4,6,5"
    assert tables(item())[BASIC][0]["server_type"] == "1,2,3,4,5,6,9"
    assert [source.item for source in again(rows, "json", layout=layout).items] == [item()]


def test_what_an_editor_changes_in_a_column_is_what_comes_in() -> None:
    rows = tables(item())
    rows[BASIC][0] |= {"promise_day": "4", "limit_scene_num": "1"}
    rows[EXTEND][0]["limit_scene_explain"] = "当面核对"
    del rows[MATERIAL][-1]
    rows[MATERIAL].append(rows[MATERIAL].pop(0) | {"order_num": "90", "material_name": "申请书"})
    found = again(rows, "xlsx")
    assert found.faults == []
    (source,) = found.items
    assert (source.item.clock.promised.number, source.item.visits, source.item.visit_reason) == (4, 1, "当面核对")
    assert [m.key for m in source.item.materials][-1] == "application"
    assert source.item.materials[-1].name == "申请书"
    assert len(source.item.materials) == len(item().materials) - 1


Change = Callable[[Any], object]


def basic(**cells: object) -> Change:
    return lambda rows: rows[BASIC][0].update(cells)


def extend(**cells: object) -> Change:
    return lambda rows: rows[EXTEND][0].update(cells)


def material(**cells: object) -> Change:
    return lambda rows: rows[MATERIAL][0].update(cells)


def again_under(rows: Any, table: str, **cells: object) -> None:
    rows[table].append(rows[table][0] | cells)


WRONG: list[tuple[str, Change, str, str]] = [
    ("no table", lambda r: r.pop(MATERIAL), "tables.missing", MATERIAL),
    ("a table too much", lambda r: r.update(up_task_general_extra=[]), "tables.unknown", "up_task_general_extra"),
    ("no column", lambda r: [x.pop("is_need") for x in r[MATERIAL]], "tables.column_missing", f"{MATERIAL}.is_need"),
    ("a column too much", basic(x="1"), "tables.column_unknown", f"{BASIC}.x"),
    ("a row twice", lambda r: again_under(r, MATERIAL), "tables.duplicate", f"{MATERIAL}.row_guid"),
    ("an item twice", lambda r: again_under(r, BASIC, row_guid="x"), "tables.belonging", f"{BASIC}.task_guid"),
    ("no second half", lambda r: r[EXTEND].clear(), "tables.belonging", f"{BASIC}.task_guid"),
    ("a row of no item", material(task_guid="x"), "tables.belonging", f"{MATERIAL}.task_guid"),
    ("an empty name", basic(task_name=""), "tables.empty", f"{BASIC}.task_name"),
    ("a wrong code", basic(task_type="99"), "schema.code", f"{BASIC}.task_type"),
    ("a wrong code of a list", basic(server_type="1,8"), "tables.cell", f"{BASIC}.server_type"),
    ("a wrong yes", extend(is_online="是"), "tables.cell", f"{EXTEND}.is_online"),
    ("no number", basic(promise_day="五"), "tables.cell", f"{BASIC}.promise_day"),
    ("half a day", basic(promise_day=2.5), "tables.cell", f"{BASIC}.promise_day"),
    ("a code as number", basic(catalog_code=131026000.0), "tables.cell", f"{BASIC}.catalog_code"),
    ("an order that is none", material(order_num="一"), "tables.cell", f"{MATERIAL}.order_num"),
    ("words changed", basic(accept_condition="随便"), "tables.told", f"{BASIC}.accept_condition"),
    ("a column not kept", basic(plan_cancel_date="2030-01-01"), "tables.told", f"{BASIC}.plan_cancel_date"),
    ("held against itself", material(source_type="99"), "tables.told", f"{MATERIAL}.source_type"),
    ("no article", material(by_law="《法》四"), "schema.article", f"{MATERIAL}.by_law"),
    ("no JSON", extend(extend_field="{"), "tables.cell", f"{EXTEND}.extend_field"),
    ("JSON of something else", extend(extend_field="[]"), "tables.cell", f"{EXTEND}.extend_field"),
    ("nothing of the rest", extend(extend_field=""), "schema.missing", f"{EXTEND}.extend_field"),
    ("an organ not listed", lambda r: r["up_zone_organization"].clear(), "tables.organ", f"{BASIC}.dept_code"),
    ("a field that is none", lambda r: _rest(r, sumary="x"), "schema.unknown", f"{EXTEND}.extend_field.sumary"),
    ("in the wrong tables", basic(task_type="20"), "tables.family", f"{BASIC}.task_type"),
]  # fmt: skip


def _rest(rows: Rows, **more: object) -> None:
    cell = rows[EXTEND][0]
    cell["extend_field"] = json.dumps(json.loads(cell["extend_field"]) | more, ensure_ascii=False)


@pytest.mark.parametrize(("change", "rule", "field"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_fault_says_rule_table_row_and_column(change: Change, rule: str, field: str) -> None:
    rows = deepcopy(tables(item()))
    change(rows)
    found = reading(rows)
    assert (rule, field) in {(fault.rule, fault.field) for fault in found.faults}
    assert all(fault.line >= 1 and fault.message for fault in found.faults)


def test_a_field_is_found_again_in_its_table_and_row() -> None:
    (source,) = again(tables(item()), "xlsx").items
    first = 3  # below two rows of names
    assert source.line(("clock", "promised", "number")) == first
    assert source.line(("materials", 4, "by_law")) == first + 4
    assert source.line(("plan", "steps", 0)) == first


def test_a_file_without_items_is_a_fault_and_faults_are_bounded() -> None:
    assert [fault.rule for fault in reading(tables()).faults] == ["tables.none"]
    rows = tables(item())
    rows[MATERIAL] = [row | {"row_guid": f"{n}", "material_name": ""} for n in range(999) for row in rows[MATERIAL][:1]]
    assert len(reading(rows).faults) == MOST_FAULTS
