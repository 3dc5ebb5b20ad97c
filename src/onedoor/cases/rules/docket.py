"""What an officer asks of the inbox (筛选): colours are days of a working calendar, everything else is equality."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onedoor.cases.rules.clocks import Alarm, Threshold, alarm
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.workdays import Calendar, workdays_between

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME = 30
LONGEST_WORDS = 60
MOST_FILTERS = 20
EVERYONE = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One set of conditions; "" asks nothing. ``held``: "all" also shows what colleagues hold by name."""

    q: str = ""
    item: str = ""
    organ: str = ""
    area: str = ""
    act: str = ""
    level: str = ""
    held: str = ""

    def given(self) -> dict[str, str]:
        """The conditions that ask something, by name."""
        return {name: value for name, value in asdict(self).items() if value}


def wanted(given: Mapping[str, str]) -> Wanted:
    """Conditions as a browser sends them: unknown names are left out, long words are cut."""
    names = (each.name for each in fields(Wanted))
    return Wanted(**{name: given.get(name, "").replace("\0", "").strip()[:LONGEST_WORDS] for name in names})


def check_name(name: str) -> str:
    """The name of a saved filter or of words for an act. Raises Invalid where there is none or it is too long."""
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Invalid([FieldError("name", f"请起一个 {LONGEST_NAME} 字以内的名称。")])
    return name


def last_yellow(today: date, calendar: Calendar, threshold: Threshold | None = None) -> date:
    """The last day whose tasks are yellow today (working days of the calendar); from the next on they are green."""
    limit, day = threshold or Threshold(), today
    while alarm(workdays_between(today, day + timedelta(days=1), calendar).days, limit) is Alarm.YELLOW:
        day += timedelta(days=1)
    return day
