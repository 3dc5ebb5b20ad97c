"""Taking an item's tree apart and putting it together loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from onedoor.items.queries import DATA, load_yaml
from onedoor.items.rules.layers import Policies, assemble, cells

FILES = sorted((DATA / "530524").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_item_of_the_catalogue_comes_together_again(policies: Policies, file: Path) -> None:
    tree = load_yaml(file)
    assert assemble(cells(tree, policies), policies) == tree


def test_a_table_is_taken_apart_row_by_row_and_field_by_field(policies: Policies) -> None:
    tree = {"materials": [{"key": "layout", "name": "布局图", "copies": 1}], "clock": {"kind": "permit"}}
    assert cells(tree, policies) == {
        ("materials", "layout", "name"): "布局图",
        ("materials", "layout", "copies"): 1,
        ("clock", "kind"): "permit",
    }


def test_a_row_that_says_nothing_but_its_key_is_kept(policies: Policies) -> None:
    tree = {"materials": [{"key": "layout"}]}
    assert cells(tree, policies) == {("materials", "layout"): {}}
    assert assemble(cells(tree, policies), policies) == tree


def test_a_situation_is_one_cell(policies: Policies) -> None:
    row = {"key": "rented", "question": "租的吗？", "options": []}
    assert cells({"situations": [row]}, policies) == {("situations", "rented"): {"question": "租的吗？", "options": []}}
