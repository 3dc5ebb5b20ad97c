"""Places of an item's tree: written and read back, set and taken away, and told as changes of cells."""

from __future__ import annotations

import pytest
from tests.items.samples import item

from onedoor.desk.fields.shape import changes, drop, get, part_at, place_of, put, read_place, write_place
from onedoor.items import queries
from onedoor.items.rules import encode
from onedoor.items.rules.drafting import INHERIT
from onedoor.kernel.errors import NotFound

TREE = encode(item("food-business"))


@pytest.mark.parametrize(
    "text", ["name", "clock.promised.number", "materials.2.copies", "form.pages.0.questions.1.when"]
)
def test_a_place_is_read_as_it_is_written(text: str) -> None:
    assert write_place(read_place(text)) == text


@pytest.mark.parametrize("text", ["", "materials.copies", "name.0", "clock.promised.none", "materials.-1"])
def test_what_is_no_place_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        read_place(text)


def test_what_goes_without_saying_is_not_said() -> None:
    path = read_place("materials.0.tolerated_days")
    assert put(TREE, {path: 0}) == TREE
    assert get(put(TREE, {path: 3}), path) == 3


def test_a_new_row_gets_a_key_that_no_other_has() -> None:
    place = read_place("situations.3.question")
    tree = put(put(TREE, {place: "一"}), {read_place("situations.4.question"): "二"})
    keys = [row["key"] for row in tree["situations"]]
    assert len(set(keys)) == len(keys) == 5


def test_a_change_of_a_row_is_a_change_of_its_cell_alone() -> None:
    table, path = queries.policies(), read_place("materials.2.copies")
    assert changes(TREE, put(TREE, {path: 1}), table) == {("materials", "layout", "copies"): 1}
    assert place_of(("materials", "layout", "copies"), TREE, table) == path


def test_a_row_that_is_taken_away_is_inherited_again() -> None:
    found = changes(TREE, drop(TREE, read_place("situations.2")), queries.policies())
    assert found == {("situations", "rented"): INHERIT}
    with pytest.raises(NotFound):
        drop(TREE, read_place("situations.9"))


def test_the_type_of_a_place_is_that_of_its_field() -> None:
    assert part_at(read_place("visits")).hint is int
    assert part_at(read_place("fees.0.cents")).optional
