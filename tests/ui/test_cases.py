"""How far a case is, in words and a colour that agree: good news is green, no end alarms."""

import pytest

from onedoor.cases.rules.phases import Phase
from onedoor.cases.rules.values import Outcome, State
from onedoor.ui.cases import state_tag
from onedoor.ui.members import TONES
from onedoor.ui.parts import Tone


@pytest.mark.parametrize(
    ("outcome", "text", "tone"),
    [
        (None, "已决定", Tone.WAIT),
        (Outcome.GRANTED, "准予", Tone.GO),
        (Outcome.DENIED, "不予", Tone.NONE),
        (Outcome.WITHDRAWN, "已撤回", Tone.NONE),
    ],
)
def test_an_officer_reads_the_outcome_in_a_colour_that_means_the_same(
    outcome: Outcome | None, text: str, tone: Tone
) -> None:
    tag = state_tag(State.DECIDED, outcome)
    assert (tag.text, tag.tone) == (text, tone)


def test_no_end_of_a_case_alarms_a_citizen() -> None:
    assert Tone.STOP not in TONES.values()
    assert TONES[Phase.GRANTED] is Tone.GO
