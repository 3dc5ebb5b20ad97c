"""集体讨论: who took part is named, and the decision says that and when it was held."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cases.conftest import Now, fold, published, submitted

from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle as law
from onedoor.cases.rules.papers.noting import noted
from onedoor.cases.rules.values import Outcome, Verdict
from onedoor.kernel.errors import Invalid
from onedoor.kernel.plan import StepKind

DAY = date(2026, 3, 3)


def test_a_deliberation_names_who_took_part_and_the_decision_says_when_it_was_held(now: Now) -> None:
    item = published("燃气经营许可证核发")
    when = now(DAY, "审查员", item)
    case = fold(None, (submitted(item, DAY, {}),), now(DAY, "张三", item))
    case = fold(case, law.accept(case, when), now(DAY, "收件员", item))
    held = next(step for step in item.plan.steps if step.kind is StepKind.DELIBERATION)
    decided = e.Decided(step="decide", outcome=Outcome.GRANTED, on=DAY, article="")
    assert "集体讨论" not in noted(case, item, decided)
    while held not in law.open_steps(case, item):
        words = {"step": law.open_steps(case, item)[0].key, "verdict": Verdict.PASSED, "opinion": "一致"}
        case = fold(case, law.complete_step(case, when, **words, officers=("甲", "乙")), when)  # type: ignore[arg-type]
    words = {"step": held.key, "verdict": Verdict.PASSED, "opinion": "甲、乙都同意"}
    with pytest.raises(Invalid, match="集体讨论应当有 2 人以上参加"):
        law.complete_step(case, when, **words, officers=("甲",))  # type: ignore[arg-type]
    case = fold(case, law.complete_step(case, when, **words, officers=("甲", "乙")), when)  # type: ignore[arg-type]
    assert "本决定经本机关于2026年3月3日集体讨论。" in noted(case, item, decided)
