"""Figures as tables."""

import pytest

from onedoor.desk.director.tables import ALL_ACTS, adoption_table, count, figures_table, share, unstaffed_table
from onedoor.kernel.actor import Act
from onedoor.orgs.rules import Post, PostKind
from onedoor.orgs.rules.values import ALWAYS
from onedoor.supervision.rules import Adoption, Figures, Measure, Period


@pytest.mark.parametrize(("value", "text"), [(None, "—"), (0.0, "0.0%"), (1.0, "100.0%"), (0.3333, "33.3%")])
def test_a_share_has_one_digit_and_none_without_a_denominator(value: float | None, text: str) -> None:
    assert share(value).text == text


def test_a_nought_leads_nowhere() -> None:
    assert count(0, Measure.LATE, organ="o", period=Period.TODAY).href == ""
    assert "measure=late" in count(2, Measure.LATE, organ="o", period=Period.TODAY).href


def test_the_total_is_the_sum_of_the_rows() -> None:
    one, two = Figures("a", {Measure.RECEIVED: 2}), Figures("b", {Measure.RECEIVED: 3, Measure.CLOSED: 1})
    table = figures_table({Period.MONTH: (one, two)}, {"a": "甲局"})
    assert [cell.text for cell in table.total[:4]] == ["合计", "5", "0", "1"]
    assert [row[0].text for row in table.rows] == ["b", "甲局"]


def test_two_periods_stand_beside_each_other_and_whoever_rested_today_is_still_listed() -> None:
    today, lately = Figures("a", {}), Figures("a", {Measure.RECEIVED: 7, Measure.ONLINE: 6})
    table = figures_table({Period.TODAY: (today,), Period.LATELY: (lately,)}, {"a": "甲局"})
    (row,) = table.rows
    assert [cell.text for cell in row] == ["甲局", *"00000", *"70000", "—", "85.7%"]
    assert table.columns[1] == "今日 收件"
    assert table.columns[6] == "近 30 日 收件"
    assert len(table.columns) == len(row) == 1 + sum(width for _, width in table.groups)
    assert "measure=online&period=lately" in row[-1].href


def test_every_figure_of_the_use_of_the_platform_leads_to_its_cases() -> None:
    table = adoption_table((Adoption("a", {Measure.LIVE: 3, Measure.MERGED: 1}, {60: 2}),), {}, Period.LATELY)
    (row,) = table.rows
    links = [cell.href.partition("measure=")[2].partition("&")[0] for cell in row if cell.value]
    assert links[1:] == [ALL_ACTS, "live", "live", "timed", "timed", "merged"]
    assert (table.columns[-1], row[-1].text, row[1].text) == ("一人兼任", "1", "3")
    assert "近 30 日" in table.title


def test_the_same_post_that_nobody_holds_stands_in_one_row_the_rarest_first() -> None:
    held = (("起草岗", "a"), ("起草岗", "b"), ("窗口岗", "a"))
    posts = [Post(f"{o}.x", n, PostKind.WINDOW, o, "530524", frozenset({Act.ACCEPT}), None, ALWAYS) for n, o in held]
    table = unstaffed_table(posts, {"a": "甲局", "b": "乙局"})
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["窗口岗", "1", "甲局"],
        ["起草岗", "2", "甲局、乙局"],
    ]
