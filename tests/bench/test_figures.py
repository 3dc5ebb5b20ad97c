"""Figures carry their baseline, and the ratio is worked out, never typed in."""

import json

from hypothesis import given
from hypothesis import strategies as st

from onedoor.bench.figures import Figure, as_json, as_text, percentile

NO_LIMIT = {"most": None, "least": None}


def test_the_json_is_what_scripts_were_promised() -> None:
    found = json.loads(as_json("submit", [Figure("rate", 150.0, "1/s", 300.0), Figure("errors", 0, "errors")]))
    assert found == {
        "bench": "submit",
        "results": [
            {
                "name": "rate",
                "value": 150.0,
                "unit": "1/s",
                "baseline": 300.0,
                "most": None,
                "least": None,
                "ratio": 0.5,
            },
            {
                "name": "errors",
                "value": 0,
                "unit": "errors",
                "baseline": None,
                "most": None,
                "least": None,
                "ratio": None,
            },
        ],
    }


def test_people_read_a_baseline_beside_a_figure_where_it_has_one() -> None:
    assert "比值 0.5" in as_text(Figure("rate", 150.0, "1/s", 300.0))
    assert "比值" not in as_text(Figure("errors", 0, "errors"))


def test_a_limit_is_said_to_be_kept_or_not() -> None:
    low = Figure("found", 0.8, "", least=0.85)
    assert not low.kept
    assert "低于 0.85" in as_text(low)
    kept, broken = Figure("hands", 66.0, "s", most=90.0), Figure("hands", 118.0, "s", most=90.0)
    assert (kept.kept, broken.kept) == (True, False)
    assert "不超过 90" in as_text(kept)
    assert "超过了 90" in as_text(broken)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_so_many_lie_at_or_below_a_percentile_and_it_is_one_of_them(values: list[float], share: float) -> None:
    ordered = sorted(values)
    found = percentile(ordered, share)
    assert found in ordered
    assert sum(value <= found for value in ordered) >= share * len(ordered)


def test_of_nothing_there_is_no_percentile() -> None:
    assert percentile([], 0.95) == 0
