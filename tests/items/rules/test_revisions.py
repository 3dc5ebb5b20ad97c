"""What changed between two versions, once each, by names that people know."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from tests.items.samples import DATA, changed, item

from onedoor.items.rules.layers import policies_from
from onedoor.items.rules.revisions import Revision, revisions


def between(changes: Mapping[str, Any]) -> tuple[Revision, ...]:
    table = policies_from(YAML(typ="safe").load((DATA / "fields.yaml").read_text(encoding="utf-8")))
    return revisions(item(), changed(changes), table)


def test_nothing_changed_nothing_is_told() -> None:
    assert between({}) == ()


def test_a_field_is_told_with_both_values() -> None:
    (one,) = between({"visits": 1})
    assert (one.label, one.before, one.after) == ("到现场次数", 0, 1)


def test_a_field_of_a_material_is_told_with_the_materials_name() -> None:
    (one,) = between({"materials.2.copies": 2})
    assert one.label == "申请材料“经营场所设备布局图和操作流程图”的复印件份数"


def test_a_new_row_and_one_that_is_gone_are_told_once_each() -> None:
    last = len(item().materials)
    added = {"key": "plan", "name": "消防平面图", "kind": "3", "by_law": "食品安全法 33"}
    (one,) = between({f"materials.{last}": added})
    assert (one.label, one.new, one.gone) == ("申请材料“消防平面图”", True, False)
    new, gone = sorted(between({"materials.2.key": "sketch"}), key=lambda each: each.gone)
    assert (new.label, gone.label) == ("申请材料“经营场所设备布局图和操作流程图”",) * 2
    assert (new.new, gone.gone) == (True, True)


def test_a_situation_is_told_by_its_question() -> None:
    (one,) = between({"situations.2.hint": "看租赁合同"})
    assert one.label.startswith("情形“经营场所是租的还是自己的？”")


def test_another_order_of_rows_is_told_once_with_their_names() -> None:
    table = policies_from(YAML(typ="safe").load((DATA / "fields.yaml").read_text(encoding="utf-8")))
    before = item()
    after = replace(before, situations=before.situations[::-1])
    (one,) = revisions(before, after, table)
    asked = [each.question.rstrip("？") for each in before.situations]
    assert (one.label, one.moved) == ("情形的先后", True)
    assert (one.before, one.after) == (tuple(asked), tuple(reversed(asked)))
