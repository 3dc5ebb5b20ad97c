"""The same item side by side: every difference is shown, with who sets it and whether it may be so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.items.samples import changed, item

from onedoor.items import queries
from onedoor.items.rules import Level
from onedoor.items.rules.comparison import Line, Mark, Part, column, compare, standard_column
from onedoor.items.rules.layers import Layer, fold, own

TABLE = queries.policies()
FOOD = item()
TOWN = replace(FOOD, organ="11530524015241018J", organ_name="田园镇人民政府", area="530524101000")


def national(**more: Any) -> Layer:
    tree = {"name": FOOD.name, "basic_code": FOOD.basic_code, "sequence": FOOD.sequence}
    return Layer(Level.NATIONAL, "国家基本目录", tree | more)


def promised(number: int) -> dict[str, Any]:
    return {"number": number, "unit": "workday", "start": "accepted", "note": FOOD.clock.promised.note}


def only(lines: tuple[Line, ...], *path: str) -> Line:
    (found,) = [line for line in lines if line.path == path]
    return found


def test_equal_lists_share_a_column_and_nothing_differs() -> None:
    found = compare([column(FOOD, TABLE), column(TOWN, TABLE)], TABLE)
    assert [one.names for one in found.columns] == [(FOOD.organ_name, TOWN.organ_name)]
    assert found.differing == ()
    assert {line.part for line in found.lines} == set(Part)


def test_who_where_and_telephones_are_not_compared() -> None:
    found = compare([column(FOOD, TABLE)], TABLE)
    assert not {"organ", "area", "places", "contacts", "remedies"} & {line.path[0] for line in found.lines}


def test_a_longer_limit_is_told_with_the_level_that_sets_each() -> None:
    above = fold([national(clock={"promised": promised(7)})], TABLE)
    slow = changed({"clock.promised.number": 9})
    mine = Layer(Level.COUNTY, slow.organ_name, own(above, slow))
    found = compare([standard_column(above), column(slow, TABLE, found=fold([*above.layers, mine], TABLE))], TABLE)
    line = only(found.differing, "clock", "promised")
    assert [(held.value["number"], held.mark) for held in line.held] == [(7, Mark.SAME), (9, Mark.WORSE)]
    assert (line.held[0].origin, line.label) == ("国家基本目录", "承诺办结时限")
    assert "只能在上级规定的基础上缩短" in line.why


def test_a_shorter_limit_is_better_and_says_that_it_is_one_s_own() -> None:
    above = fold([national(clock={"promised": promised(7)})], TABLE)
    mine = Layer(Level.COUNTY, FOOD.organ_name, own(above, FOOD))
    found = compare([standard_column(above), column(FOOD, TABLE, found=fold([*above.layers, mine], TABLE))], TABLE)
    held = only(found.lines, "clock", "promised").held[1]
    assert (held.mark, held.origin) == (Mark.BETTER, FOOD.organ_name)
    assert only(found.lines, "name").held[1].origin == "国家基本目录"


def test_what_was_inherited_from_an_older_standard_is_behind_not_wrong() -> None:
    old, new = (fold([national(clock={"promised": promised(n)})], TABLE) for n in (7, 4))
    seven = changed({"clock.promised.number": 7})
    mine = Layer(Level.COUNTY, seven.organ_name, own(old, seven))
    found = compare([standard_column(new), column(seven, TABLE, found=fold([*old.layers, mine], TABLE))], TABLE)
    assert only(found.lines, "clock", "promised").held[1].mark is Mark.BEHIND


def test_without_a_standard_what_most_say_is_the_measure() -> None:
    other = replace(TOWN, visits=FOOD.visits + 2)
    found = compare([column(one, TABLE) for one in (FOOD, TOWN, other)], TABLE)
    assert [held.mark for held in only(found.lines, "visits").held] == [Mark.SAME, Mark.OTHER]


def test_a_material_that_one_list_lacks_is_one_line_not_twenty() -> None:
    fewer = replace(TOWN, materials=FOOD.materials[1:])
    found = compare([column(FOOD, TABLE), column(fewer, TABLE)], TABLE)
    gone = FOOD.materials[0]
    (line,) = [line for line in found.differing if line.path[:2] == ("materials", gone.key)]
    assert line.label == f"申请材料“{gone.name}”"
    assert [held.mark for held in line.held] == [Mark.SAME, Mark.MISSING]


def test_a_row_is_called_by_its_name() -> None:
    copies = changed({"materials.2.copies": 3})
    found = compare([column(FOOD, TABLE), column(replace(copies, organ_name="某局"), TABLE)], TABLE)
    assert [line.label for line in found.differing] == [f"申请材料“{FOOD.materials[2].name}”：复印件份数"]


def test_where_the_standard_says_nothing_it_does_not_differ() -> None:
    found = compare([standard_column(fold([national()], TABLE)), column(FOOD, TABLE)], TABLE)
    assert found.differing == ()
    assert not only(found.lines, "visits").held[0].stated
