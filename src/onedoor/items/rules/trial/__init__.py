"""可执行的事项测试: invented applicants walk every path of an item before anybody real has to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onedoor.items.rules.paper import Stationery, Writer
from onedoor.items.rules.trial.papers import Drawn, as_published, drawn, faults_of, paper_failures
from onedoor.items.rules.trial.trying import Course
from onedoor.items.rules.trial.values import Failure, Trial, Trouble
from onedoor.items.rules.values import Item
from onedoor.kernel.law import law
from onedoor.kernel.workdays import Calendar

__all__ = ["Drawn", "Failure", "Trial", "Trouble", "as_published", "drawn", "faults_of", "trial"]


@law("优化营商环境条例", 35)
def trial(item: Item, *, on: date, calendar: Calendar, stationery: Stationery) -> Trial:
    """Walk an item from the first question to the decision, as every kind of applicant there can be.

    Found are: an applicant who cannot go on, a part that nobody comes to, a review that does not end in a decision
    or has no time to, a material that may come after the decision, a paper that cannot be made. Deterministic;
    raises nothing.
    """
    writer = Writer(stationery, on, item.area, lambda code: code)
    found = Course(item, writer=writer, calendar=calendar).run()
    return replace(found, failures=(*found.failures, *paper_failures(item, writer=writer)))
