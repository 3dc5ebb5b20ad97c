"""Rules over many items: near-duplicates are those that comparing every name with every other finds."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from tests.items.samples import DAY, item, tables

from onedoor.items.rules import Item, Level, PowerSource, lint_all
from onedoor.items.rules.lint.catalogue import pairs_of, similar

names = st.lists(st.text("食品经营许可备案（）证", min_size=1, max_size=9), max_size=25)


@given(names, st.integers(1, 100))
def test_the_index_finds_the_pairs_that_comparing_all_with_all_finds(written: list[str], percent: int) -> None:
    sets = {place: pairs_of(name) for place, name in enumerate(written)}
    slow = {
        (a, b) for a, b in combinations(sets, 2) if 100 * len(sets[a] & sets[b]) >= percent * len(sets[a] | sets[b])
    }
    found = list(similar(sets, percent))
    assert sorted(found) == sorted(slow)


def rules(*items: Item) -> list[list[str]]:
    wide = ("catalogue.",)
    return [[f.rule for f in told if f.rule.startswith(wide)] for told in lint_all(items, tables(), on=DAY)]


def test_punctuation_makes_no_other_name() -> None:
    assert pairs_of("食品经营许可（延续）") == pairs_of("食品经营许可延续")
    assert pairs_of("证") == {"证"}


def test_the_same_item_at_several_organs_is_no_duplicate() -> None:
    county = item()
    township = replace(county, level=Level.TOWNSHIP, area="530524101000", power_source=PowerSource.HANDED_DOWN)
    assert rules(county, township) == [[], []]


def test_the_highest_level_gives_the_name_and_below_it_the_most() -> None:
    county = item()
    below = [replace(county, level=Level.TOWNSHIP, organ=f"organ{n}", name="小吃店许可") for n in range(3)]
    assert rules(*below, county) == [["catalogue.name_differs"]] * 3 + [[]]
    odd = replace(below[0], name="小食店许可")
    assert rules(odd, *below[1:]) == [["catalogue.name_differs"], [], []]


def test_another_sequence_under_the_code_may_have_its_own_name() -> None:
    county = item()
    assert rules(county, replace(county, sequence="02", name="食品经营许可（延续）")) == [[], []]
