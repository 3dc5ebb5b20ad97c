"""How a county answers questions: limits with their basis and dates, who dispatches, whose answers are checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onedoor.kernel.clock import Clock, Limit, StartEvent, Unit, due
from onedoor.kernel.errors import Refused
from onedoor.kernel.workdays import Calendar, Due

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Answering:
    """From a day on: how many working days an answer may take, and why."""

    since: date
    limit: Limit


@dataclass(frozen=True, slots=True)
class Returning:
    """From a day on: within how many hours a wrong dispatch may be returned, and why."""

    since: date
    hours: int
    basis: str

    @property
    def span(self) -> timedelta:
        """The hours as a span of time."""
        return timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class Closing:
    """From a day on: after how many days the asker is asked whether all is said, when it is closed then, and why."""

    since: date
    ask_after: timedelta
    close_after: timedelta
    basis: str


@dataclass(frozen=True, slots=True)
class Service:
    """The rules of one county."""

    desk: str
    answering: tuple[Answering, ...]
    returning: tuple[Returning, ...]
    closing: tuple[Closing, ...]
    times_back: int
    most_a_day: int
    most_of_address: int
    checked: frozenset[str]
    templates: Mapping[str, str]

    def limit(self, on: date) -> Limit:
        """The limit of an answer on a day. Refused where no rule is in force."""
        found = [each for each in self.answering if each.since <= on]
        if not found:
            raise Refused("no_limit", "这一天还没有咨询答复时限的规定，请联系系统管理员登记。")
        return max(found, key=lambda each: each.since).limit

    def return_rule(self, on: date) -> Returning:
        """The rule of returning on a day. Refused where none is in force."""
        found = [each for each in self.returning if each.since <= on]
        if not found:
            raise Refused("no_return", "这一天还没有退单的规定，请答复，或联系派单方。")
        return max(found, key=lambda each: each.since)

    def closing_rule(self, on: date) -> Closing:
        """The rule of closing on a day. Refused where none is in force."""
        found = [each for each in self.closing if each.since <= on]
        if not found:
            raise Refused("no_closing", "这一天还没有咨询多久按问完处理的规定，请联系系统管理员登记。")
        return max(found, key=lambda each: each.since)

    def due(self, on: date, calendar: Calendar) -> Due:
        """The last day of an answer to what is asked on this day, which is not counted."""
        return due(Clock(self.limit(on), on), calendar)

    def needs_check(self, organ: str) -> bool:
        """Whether this organ's answers go out only after a leader's check."""
        return bool(self.checked & {organ, EVERY})


def service_of(tree: Mapping[str, Any]) -> Service:
    """A county's data file as rules. Raises KeyError or TypeError for a file that is not one."""
    asking: Mapping[str, int] = tree["asking"]
    rows: Sequence[Mapping[str, Any]] = tree["answering"]
    return Service(
        desk=tree["desk"]["organ"],
        answering=tuple(
            Answering(row["from"], Limit(row["workdays"], Unit.WORKDAY, StartEvent.RECEIVED, note=row["basis"]))
            for row in rows
        ),
        returning=tuple(Returning(row["from"], row["hours"], row["basis"]) for row in tree["returning"]),
        closing=tuple(
            Closing(row["from"], timedelta(row["ask_after"]), timedelta(row["close_after"]), row["basis"])
            for row in tree["closing"]
        ),
        times_back=asking["times_back"],
        most_a_day=asking["most_a_day"],
        most_of_address=asking["most_of_address"],
        checked=frozenset(tree["check"]["organs"]),
        templates=dict(tree["templates"]),
    )
