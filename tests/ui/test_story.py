"""办理经过: every fact of a case has a line of its own, and reads well."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from onedoor.cases.rules import events as e
from onedoor.ui import story

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage


def test_every_event_of_a_case_has_a_line() -> None:
    assert {kind for kind in e.EVENTS.values() if not story.worded(kind)} == set()


def test_a_joint_visit_is_told_with_a_space_after_the_hour() -> None:
    meets = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
    called = e.VisitCalled(ordinal=1, meets=meets, members=("food", "sign"), on=date(2026, 11, 13), place="店门口")
    page = SimpleNamespace(facts=(SimpleNamespace(event=called, at=meets),))
    line = story.moments(cast("CasePage", page), officers=True)[0]
    assert line.text == "约定2026年11月16日 09:30 联合踏勘，2 项一起去"
