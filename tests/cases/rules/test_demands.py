"""What every act demands."""

from dataclasses import replace

import pytest
from tests.cases.conftest import officer

from onedoor.cases.rules.demands import LONGEST_TEXT, in_state, not_for_oneself, not_too_long, required
from onedoor.cases.rules.values import Case, State
from onedoor.kernel.actor import Representation
from onedoor.kernel.errors import Invalid, Refused


def test_an_act_in_another_state_is_refused_with_what_to_do(case: Case) -> None:
    in_state(case, State.SUBMITTED, "请刷新页面。")
    with pytest.raises(Refused, match="请刷新页面"):
        in_state(case, State.DECIDED, "请刷新页面。")


def test_words_that_are_owed_are_asked_for_each_at_its_field() -> None:
    required(reason="有理由")
    with pytest.raises(Invalid) as fault:
        required(reason=" ", opinion="")
    assert [error.field for error in fault.value.errors] == ["reason", "opinion"]


@pytest.mark.parametrize("text", ["字" * (LONGEST_TEXT + 1), "空\0"])
def test_what_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        not_too_long(text)


def test_nobody_acts_in_their_own_matter_nor_in_one_that_they_brought(case: Case) -> None:
    by = officer("王某")
    not_for_oneself(case, by)
    with pytest.raises(Refused, match="回避"):
        not_for_oneself(replace(case, agent=by.ref), by)
    mine = Representation(case.applicant, "张三", frozenset(), "本人")
    with pytest.raises(Refused, match="回避"):
        not_for_oneself(case, replace(by, represents=(mine,)))
