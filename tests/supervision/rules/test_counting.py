"""What one fact counts as."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from onedoor.journal.rules import EntryMode, Recorded
from onedoor.kernel.clock import CHINA
from onedoor.supervision.rules import Charge, Measure, counted, seconds_of

AT = datetime(2026, 3, 2, 23, 50, tzinfo=CHINA)
CASE = Charge(7, "own", "530524101001", {"accept": "town", "site": "town"})


def fact(kind: str, *, officer: str = "王五", **body: object) -> Recorded:
    return Recorded(
        id=1, stream="case:7", seq=1, kind=kind, occurred_at=AT, recorded_at=AT, actor="account:1", on_behalf_of=None,
        channel="web", entry_mode=EntryMode.LIVE, body={"officer": officer, **body}, personal={}, hashes={},
    )  # type: ignore[arg-type]  # fmt: skip


def measures(given: Recorded) -> dict[Measure, str]:
    return {each.measure: each.organ for each in counted(given, CASE)}


def test_the_item_s_organ_answers_for_the_case_and_the_owner_of_the_task_did_the_act() -> None:
    assert measures(fact("case_accepted")) == {Measure.ACCEPTED: "own", Measure.LIVE: "town"}
    assert measures(fact("case_step_completed", step="site")) == {Measure.LIVE: "town"}
    assert measures(fact("case_decided", step="decide")) == {Measure.LIVE: "own"}


def test_an_act_of_one_person_in_two_duties_is_counted_once_more_at_the_organ_that_owns_the_task() -> None:
    merged = fact("case_step_completed", step="site", merged_duties=True)
    assert measures(merged) == {Measure.LIVE: "town", Measure.MERGED: "town"}
    assert Measure.MERGED not in measures(fact("case_decided", step="decide", merged_duties=False))
    presided = fact("case_hearing_convened", merged_duties=True)
    assert measures(presided) == {Measure.LIVE: "own", Measure.MERGED: "own"}


def test_what_silence_brought_about_is_counted_and_is_nobodys_work() -> None:
    assert measures(fact("case_accepted", officer="")) == {Measure.ACCEPTED: "own"}


def test_what_was_overlooked_and_what_silence_decided_counts_against_the_organ_of_the_item() -> None:
    assert measures(fact("case_overlooked_asked")) == {Measure.ASKED_LATE: "own", Measure.LIVE: "own"}
    assert Measure.DEEMED_ACCEPTED in measures(fact("case_accepted", officer="", how="silence"))
    assert Measure.DEEMED_ACCEPTED not in measures(fact("case_accepted", how="officer"))
    assert measures(fact("case_decided", officer="", step="decide", deemed=True)) == {Measure.DEEMED_RENEWED: "own"}


def test_an_application_typed_in_at_the_window_did_not_come_online() -> None:
    assert measures(fact("case_submitted", officer="")) == {Measure.RECEIVED: "own", Measure.ONLINE: "own"}
    assert measures(fact("case_submitted")) == {Measure.RECEIVED: "own"}


@pytest.mark.parametrize("kind", ["case_supplement_requested", "case_acceptance_refused"])
def test_what_goes_back_to_the_applicant_is_returned(kind: str) -> None:
    assert Measure.RETURNED in measures(fact(kind))


@pytest.mark.parametrize(
    ("mode", "measure"),
    [
        (EntryMode.LIVE, Measure.LIVE),
        (EntryMode.DECLARED_LATE, Measure.DECLARED_LATE),
        (EntryMode.OFFLINE_CAPTURE, Measure.OFFLINE),
        (EntryMode.IMPORT, Measure.IMPORTED),
    ],
)
def test_adoption_is_told_by_the_way_an_act_came_into_the_journal(mode: EntryMode, measure: Measure) -> None:
    assert measure in measures(replace(fact("case_delivered"), entry_mode=mode))


def test_a_limit_of_the_case_is_late_on_the_day_after_it_and_a_task_alone_is_not() -> None:
    late = fact("officers_reminded", key="clock:promised", level="red", due="2026-03-06")
    assert [(each.measure, each.day) for each in counted(late, CASE)] == [(Measure.LATE, date(2026, 3, 7))]
    assert counted(fact("officers_reminded", key="task:site", level="red", due="2026-03-06"), CASE) == ()
    assert counted(fact("officers_reminded", key="clock:legal", level="yellow", due="2026-03-06"), CASE) == ()


def test_a_day_is_the_day_in_china_on_which_the_act_was_done() -> None:
    assert {each.day for each in counted(fact("case_closed"), CASE)} == {date(2026, 3, 2)}


def test_seconds_run_from_opening_to_act_and_an_interruption_is_no_work() -> None:
    act = fact("case_accepted")
    assert seconds_of(act, AT - timedelta(seconds=75)) == 75
    assert seconds_of(act, AT - timedelta(minutes=31)) is None
    assert seconds_of(act, None) is None
    assert seconds_of(fact("case_accepted", officer=""), AT - timedelta(seconds=75)) is None
    late = replace(act, entry_mode=EntryMode.DECLARED_LATE)
    assert seconds_of(late, AT - timedelta(seconds=75)) is None


PART, WHOLE = replace(CASE, part=True), replace(CASE, whole=True)


def test_a_part_of_one_thing_is_received_and_accepted_with_the_whole_and_closed_by_itself() -> None:
    for kind in ("case_submitted", "case_accepted"):
        assert counted(fact(kind, officer=""), PART) == ()
        assert counted(fact(kind, officer=""), WHOLE)
    assert [each.measure for each in counted(fact("case_closed"), PART)] == [Measure.CLOSED]
    assert counted(fact("case_joint_closed", officer=""), WHOLE) == ()


def test_of_one_thing_only_the_answer_at_the_door_can_be_late_every_other_limit_is_its_parts() -> None:
    def late(key: str, charge: Charge) -> int:
        reminded = fact("officers_reminded", key=key, level="red", due="2026-03-01", case="n")
        return len(counted(reminded, charge))

    assert (late("clock:acceptance", WHOLE), late("clock:promised", WHOLE), late("clock:promised", PART)) == (1, 0, 1)


def test_an_opinion_on_the_materials_is_an_act_of_the_organ_that_gave_it() -> None:
    assert measures(fact("case_member_spoke", member="site")) == {Measure.LIVE: "town"}
