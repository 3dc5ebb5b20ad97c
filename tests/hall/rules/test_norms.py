"""The norms of service: each says what it demands, how it is checked, and on which basis."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onedoor.hall import queries
from onedoor.hall.rules.norms import Answer, by_month, checked, norms_from, self_check
from onedoor.kernel.errors import Invalid

ROW: dict[str, Any] = {"key": "k", "name": "首问负责", "demand": "答复", "check": "问三位", "basis": "待核实"}


def test_every_norm_of_the_file_is_complete() -> None:
    found = queries.norms()
    assert {"首问负责", "一次告知", "AB 岗", "限时办结", "服务承诺"} <= {norm.name for norm in found}
    assert all(norm.demand and norm.check and norm.basis for norm in found)


def test_a_norm_without_a_basis_or_twice_is_refused() -> None:
    with pytest.raises(TypeError):
        norms_from({"norms": [{name: value for name, value in ROW.items() if name != "basis"}]})
    with pytest.raises(ValueError, match="写了两次"):
        norms_from({"norms": [ROW, ROW]})


TWO = norms_from({"norms": [ROW, {**ROW, "key": "second", "name": "一次告知"}]})
DAY = date(2026, 3, 12)


def test_a_walk_says_of_every_norm_whether_it_is_kept_and_of_each_no_why() -> None:
    with pytest.raises(Invalid) as caught:
        checked(TWO, {"k": Answer(False)}, site="hall", officer="赵主任", on=DAY)
    assert {error.field: error.message for error in caught.value.errors} == {
        "k": "「首问负责」没做到，请写明看到了什么、怎么改。",
        "second": "「一次告知」还没有选做到还是没做到。",
    }
    with pytest.raises(Invalid, match="超过 200 字"):
        checked(TWO[:1], {"k": Answer(True, "长" * 201)}, site="hall", officer="赵主任", on=DAY)


def test_what_was_recorded_comes_back_and_the_last_of_a_month_counts() -> None:
    def walked(day: date, *, kept: bool) -> Any:
        answers = {"k": Answer(True), "second": Answer(kept, "" if kept else "两次补正")}
        event = checked(TWO, answers, site="hall", officer="赵主任", on=day)
        return self_check(TWO, event, on=day)

    march, again, april = (
        walked(DAY, kept=False),
        walked(date(2026, 3, 30), kept=True),
        walked(date(2026, 4, 2), kept=False),
    )
    assert [norm.name for norm, _ in march.broken] == ["一次告知"]
    assert by_month([march, again, april]) == (april, again)
    assert again.broken == ()
