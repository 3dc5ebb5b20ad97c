"""Digests, variants and differences of items."""

from dataclasses import replace
from typing import Any

import pytest
from tests.items.samples import changed, item

from onedoor.items.rules import Contacts, Implementer, diff, digest, expand


def test_equal_content_has_an_equal_digest_and_any_change_another() -> None:
    assert digest(item()) == digest(changed({}))
    assert digest(item()) != digest(changed({"notes": "不同"}))
    assert digest(item()).startswith("sm3:")


FEES = [{"name": "费", "standard": "1元", "basis": "某法"}]


@pytest.mark.parametrize(
    ("changes", "field", "before", "after"),
    [
        ({"clock.promised.number": 3}, "clock.promised.number", 5, 3),
        ({"materials.2.spec": "A3"}, "materials.layout.spec", "图片或 PDF，看得清即可", "A3"),
        ({"fees": FEES}, "fees", None, FEES),
    ],
)
def test_a_difference_names_field_before_and_after(changes: Any, field: str, before: Any, after: Any) -> None:
    (change,) = diff(item(), changed(changes))
    assert (change.field, change.before, change.after) == (field, before, after)


def test_a_row_more_is_one_difference_and_order_is_another() -> None:
    one = item()
    fewer = replace(one, materials=one.materials[1:])
    assert [change.field for change in diff(fewer, one)] == ["materials.application"]
    turned = replace(one, materials=one.materials[::-1])
    assert [change.field for change in diff(one, turned)] == ["materials"]
    assert diff(one, one) == ()


def test_each_implementer_is_a_variant_with_codes_of_its_own() -> None:
    other = Implementer("1153052401524004XF", "某镇人民政府", "530524101000", (), Contacts("0875-1", "0875-2"))
    first, second = expand(replace(item(), implementers=(other,)))
    assert first == item()
    assert (second.organ_name, second.area) == ("某镇人民政府", "530524101000")
    assert second.family == first.family
    assert second.code != first.code
    assert (len(second.basic_code), len(second.implementation_code), len(second.code)) == (12, 31, 33)
