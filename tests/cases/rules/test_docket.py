"""Filters of the inbox as values."""

from datetime import date

import pytest

from onedoor.cases.rules.docket import Wanted, check_name, last_yellow, wanted
from onedoor.kernel.errors import Invalid
from onedoor.kernel.workdays import Calendar

CALENDAR = Calendar(2026, 2026, frozenset(), frozenset(), "test")


def test_unknown_conditions_are_left_out_and_long_words_cut() -> None:
    found = wanted({"q": " 取水\0" + "水" * 99, "page": "3", "level": "red"})
    assert found.level == "red"
    assert len(found.q) == 60
    assert "\0" not in found.q
    assert Wanted(act="review").given() == {"act": "review"}


@pytest.mark.parametrize("name", ["", "  ", "长" * 31, "换\n行"])
def test_a_name_is_short_and_printable(name: str) -> None:
    with pytest.raises(Invalid):
        check_name(name)


def test_yellow_reaches_over_the_weekend_to_the_next_working_day() -> None:
    friday = date(2026, 3, 6)
    assert last_yellow(friday, CALENDAR) == date(2026, 3, 9)
