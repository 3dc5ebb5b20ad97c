"""What each fact changes in a case, a table a family."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from onedoor.cases.rules.changes.ending import ENDING_CHANGES
from onedoor.cases.rules.changes.handling import HANDLING_CHANGES, submitted
from onedoor.cases.rules.changes.hearing import HEARING_CHANGES
from onedoor.cases.rules.changes.joint import JOINT_CHANGES
from onedoor.cases.rules.changes.overlooked import OVERLOOKED_CHANGES
from onedoor.cases.rules.changes.payment import PAYMENT_CHANGES
from onedoor.cases.rules.changes.promises import PROMISE_CHANGES
from onedoor.cases.rules.changes.publicity import PUBLICITY_CHANGES
from onedoor.cases.rules.changes.steps import STEP_CHANGES
from onedoor.cases.rules.changes.upward import UPWARD_CHANGES
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case

__all__ = ["CHANGES", "submitted"]

CHANGES: Final[dict[type[Event], Callable[[Case, Any, Fact], Case]]] = {
    **ENDING_CHANGES,
    **HANDLING_CHANGES,
    **HEARING_CHANGES,
    **JOINT_CHANGES,
    **OVERLOOKED_CHANGES,
    **PAYMENT_CHANGES,
    **PROMISE_CHANGES,
    **PUBLICITY_CHANGES,
    **STEP_CHANGES,
    **UPWARD_CHANGES,
}
