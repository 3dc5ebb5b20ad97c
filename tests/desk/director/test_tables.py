"""Figures as tables."""

import pytest

from onedoor.desk.director.tables import count, figures_table, share
from onedoor.supervision.rules import Figures, Measure, Period


@pytest.mark.parametrize(("value", "text"), [(None, "—"), (0.0, "0.0%"), (1.0, "100.0%"), (0.3333, "33.3%")])
def test_a_share_has_one_digit_and_none_without_a_denominator(value: float | None, text: str) -> None:
    assert share(value).text == text


def test_a_nought_leads_nowhere() -> None:
    assert count(0, Measure.LATE, organ="o", period=Period.TODAY).href == ""
    assert "measure=late" in count(2, Measure.LATE, organ="o", period=Period.TODAY).href


def test_the_total_is_the_sum_of_the_rows() -> None:
    one, two = Figures("a", {Measure.RECEIVED: 2}), Figures("b", {Measure.RECEIVED: 3, Measure.CLOSED: 1})
    table = figures_table((one, two), {"a": "甲局"}, Period.TODAY)
    assert [cell.text for cell in table.total[:4]] == ["合计", "5", "0", "1"]
    assert [row[0].text for row in table.rows] == ["b", "甲局"]
