"""The program of ``bench history``: ``python -m onedoor.bench.history_work``; applications, and deadlines anew.

Through the commands, in one process with its PostgreSQL. ``{"do": "furnish"}`` gives what is applied for and by whom,
``{"do": "submit", "times": N, …}`` milliseconds each;
``{"do": "recompute"}`` moves a year's holidays and gives the seconds of the first and of a second run, with a digest of
every row and task after each, and those of telling the parties.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any, Final

from onedoor.instance import garbage

STORED: Final = """
SELECT (SELECT md5(string_agg(md5(c::text), '' ORDER BY id)) FROM cases_case c),
  (SELECT md5(string_agg(md5(s::text), '' ORDER BY case_id, key)) FROM cases_step s),
  (SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM cases_task t)
"""
WAITING: Final = """
SELECT args ->> 'cases' FROM procrastinate_jobs
WHERE task_name = 'cases.tell_of_dates' AND status = 'todo' ORDER BY id
"""
AHEAD: Final = 90  # days after today, every weekday of which is made a day off in turn


def submitted(times: int, *, code: str, bodies: Sequence[str], at: datetime) -> list[float]:
    """So many applications for one item, one after another."""
    from onedoor.cases import commands
    from onedoor.cases.rules.application import Application
    from onedoor.kernel.actor import system

    took = []
    for number, body in zip(range(times + 1), cycle(bodies)):
        application = Application(**{**json.loads(body), "item": code})
        began = time.perf_counter()
        commands.submit(application, by=system("bench"), at=at, key=f"{at.isoformat()}-{number}")
        took.append((time.perf_counter() - began) * 1000)
    return took[1:]  # the first warms up


def recomputed(*, at: datetime) -> dict[str, Any]:
    """The days off of the coming weeks change; every running deadline is reckoned anew, twice."""
    from onedoor.areas import commands as areas
    from onedoor.areas.rules import NATION
    from onedoor.kernel.actor import system
    from onedoor.kernel.clock import local_date

    for year in _changed(local_date(at)):
        areas.add_year(year, by=system("bench"), at=at)
    first, second = _run(NATION, at=at), _run(NATION, at=at + timedelta(minutes=5))
    return {"first": first, "second": second, "told": _told(at=at)}


def _changed(today: date) -> Iterator[Any]:
    """Both years that the coming weeks lie in, each as it is published with one working day more off."""
    from onedoor.areas import queries
    from onedoor.areas.rules import NATION, PublishedYear

    calendar = queries.calendar()
    for year in sorted({today.year, (today + timedelta(days=AHEAD)).year}):
        off = {day for day in calendar.days_off if day.year == year}
        work = frozenset(day for day in calendar.make_up if day.year == year)
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        free = next(day for day in days if day > today and calendar.is_workday(day) and day.weekday() < 5)
        yield PublishedYear(NATION, year, "性能测试：调整一天", frozenset({*off, free}), work)


def _run(area: str, *, at: datetime) -> dict[str, Any]:
    from onedoor.cases import commands

    began, used = time.perf_counter(), time.process_time()
    after, seen, moved = 0, 0, 0
    while (done := commands.recompute(area, at=at, after=after)).seen:
        after, seen, moved = done.last, seen + done.seen, moved + done.moved
    took = {"seconds": time.perf_counter() - began, "processor": time.process_time() - used}
    return {**took, "seen": seen, "moved": moved, "digest": _digest()}


def _told(*, at: datetime) -> dict[str, Any]:
    """The jobs that tell the parties, done here one after another as a worker does them."""
    from django.db import connection

    from onedoor.cases import commands

    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        jobs = cursor.fetchall()
    began, told = time.perf_counter(), 0
    for (cases,) in jobs:
        told += commands.tell_of_dates(json.loads(cases), at=at)
    return {"seconds": time.perf_counter() - began, "messages": told}


def _digest() -> str:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(STORED)
        return " ".join(cursor.fetchone())


def main() -> None:
    """A job on standard input; what it found on standard output."""
    import django

    django.setup()
    garbage.spare()  # as the worker does, whose work this is
    from django.utils import timezone

    job = json.load(sys.stdin)
    sys.stdout.write(json.dumps(DOING[job.pop("do")](**job, at=timezone.now())))


def furnished(*, at: datetime) -> dict[str, Any]:
    """The item of ``bench submit`` and its applications, beside whatever is there."""
    from onedoor.bench import world

    code, bodies = world.furnished(at=at)
    return {"code": code, "bodies": bodies}


DOING: Final[dict[str, Callable[..., Any]]] = {"furnish": furnished, "submit": submitted, "recompute": recomputed}


if __name__ == "__main__":
    main()
