"""Item files: every fault with file, line, field and rule."""

import pytest
from tests.items.samples import COUNTY, text

from onedoor.items.rules import BadFile, read, write

BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\n" + "".join(f"c{n}: [*b, *b, *b, *b]\n" for n in range(3000))
SLUGS = sorted(path.stem for path in COUNTY.glob("*.yaml"))


@pytest.mark.parametrize("slug", SLUGS)
def test_export_then_import_is_the_identity(slug: str) -> None:
    once = read(text(slug), file="a.yaml").item
    again = read(write(once), file="b.yaml").item
    assert again == once
    assert write(again) == write(once)


@pytest.mark.parametrize(
    ("written", "instead", "rule", "field"),
    [
        ('kind: "01"', 'kind: "99"', "schema.code", "kind"),
        ("visits: 0", "visits: 很多", "schema.int", "visits"),
        ("online: true", "online: 是", "schema.bool", "online"),
        ("summary: ", "sumary: ", "schema.unknown", "sumary"),
        ('basic_code: "000131026000"', "basic_code: 000131026000", "schema.text", "basic_code"),
        ("article: 行政许可法 44", "article: 《行政许可法》四十四", "schema.article", "clock.delivery.article"),
        ('when: {eq: ["$rented", "yes"]}', 'when: {equals: ["$rented", "yes"]}', "expr.operator", "materials[5].when"),
        ("kind: person_name, prefill: person.name", "kind: name", "form.kind", "form.pages[0].questions[4].kind"),
    ],
)
def test_a_fault_names_its_line_field_and_rule(written: str, instead: str, rule: str, field: str) -> None:
    broken = text().replace(written, instead, 1)
    line = next(n for n, row in enumerate(broken.splitlines(), 1) if instead in row)
    with pytest.raises(BadFile) as caught:
        read(broken, file="food.yaml")
    fault = next(f for f in caught.value.faults if f.rule == rule)
    assert (fault.file, fault.line, fault.field) == ("food.yaml", line, field)
    assert str(fault).startswith(f"food.yaml:{line}: ")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "yaml.mapping"),
        ("- a\n- b\n", "yaml.mapping"),
        ("name: [未完", "yaml.syntax"),
        ("name: 甲\nname: 乙\n", "yaml.duplicate"),
        ("name: \x07", "yaml.syntax"),
        (BOMB, "yaml.alias"),
        ("x" * 1_000_001, "yaml.size"),
    ],
)
def test_what_is_no_item_file_is_one_clear_fault(content: str, rule: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(content, file="x.yaml")
    assert caught.value.faults[0].rule == rule


def test_tags_create_no_objects() -> None:
    with pytest.raises(BadFile):
        read("name: !!python/object/apply:os.system ['true']\n", file="x.yaml")
