"""Lists and thresholds have editions with dates and a basis."""

from datetime import date
from typing import Any

import pytest
from tests.items.samples import DAY, tables

from onedoor.items.rules.lint import Tables, tables_from
from onedoor.items.rules.lint.tables import Edition


def with_visits(*rows: dict[str, Any]) -> Tables:
    tree: dict[str, Any] = {name: [] for name in tables().editions}
    return tables_from({**tree, "most_visits": list(rows)})


OLD = {"from": "2018-06-10", "basis": "旧规定", "values": 2}
NEW = {"from": "2026-01-01", "until": "2027-01-01", "basis": "新规定", "values": 1}


@pytest.mark.parametrize(
    ("day", "most", "basis"),
    [
        (date(2018, 6, 9), 9, ""),
        (date(2018, 6, 10), 2, "旧规定"),
        (date(2025, 12, 31), 2, "旧规定"),
        (date(2026, 1, 1), 1, "新规定"),
        (date(2027, 1, 1), 2, "旧规定"),
    ],
)
def test_the_newest_edition_in_force_counts(day: date, most: int, basis: str) -> None:
    for rows in ((OLD, NEW), (NEW, OLD)):
        lists = with_visits(*rows).on(day)
        assert (lists.most_visits, lists.basis["most_visits"], lists.day) == (most, basis, day)


@pytest.mark.parametrize("missing", ["from", "basis", "values"])
def test_an_edition_without_date_basis_or_value_is_no_edition(missing: str) -> None:
    with pytest.raises(KeyError):
        with_visits({key: value for key, value in OLD.items() if key != missing})


def test_every_list_of_ours_is_in_force_and_says_on_what_it_rests() -> None:
    lists = tables().on(DAY)
    assert all(lists.basis.values())
    assert lists.calendar.first_year <= DAY.year <= lists.calendar.last_year


def test_an_edition_ends_on_its_last_day() -> None:
    edition = Edition(date(2026, 1, 1), date(2026, 2, 1), "规定", 1)
    assert [edition.holds(date(2025, 12, 31)), edition.holds(date(2026, 1, 31)), edition.holds(date(2026, 2, 1))] == [
        False,
        True,
        False,
    ]
