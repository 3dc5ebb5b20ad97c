"""The plan as Viewflow has it; imported only by the program that lives lives with it."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process


class Review(flow.Flow):  # type: ignore[misc]
    """Acceptance, two opinions side by side, review, decision."""

    process_class = Process
    lock_impl = lock.select_for_update_lock

    start = flow.StartHandle().Next(this.accept)
    accept = flow.Handle(this.note).Next(this.split)
    split = flow.Split().Next(this.opinion_1).Next(this.opinion_2)
    opinion_1 = flow.Handle(this.note).Next(this.join)
    opinion_2 = flow.Handle(this.note).Next(this.join)
    join = flow.Join().Next(this.review)
    review = flow.Handle(this.note).Next(this.decide)
    decide = flow.Handle(this.note).Next(this.end)
    end = flow.End()

    def note(self, activation: Any) -> None:
        """What was found goes with the task."""
        activation.task.data = {"opinion": "无异议。"}
