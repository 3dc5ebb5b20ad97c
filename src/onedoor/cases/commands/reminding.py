"""Telling officers that a task or a limit turned yellow or red: once for each level, whoever sweeps how often."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.commands import store
from onedoor.cases.rules.clocks import Alarm
from onedoor.cases.rules.reminders import Alarmed, alarmed
from onedoor.cases.rules.values import Case
from onedoor.documents.rules import chinese_date
from onedoor.items.rules.values import ItemVersion
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.clock import local_date
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules.posts import PostKind

TEMPLATES: Final = {Alarm.YELLOW: "warned", Alarm.RED: "overdue"}


class Crew:
    """Who is to be told, asked once for each organ, place, item and act of one sweep."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._able: dict[tuple[Act, str, str, str], tuple[str, ...]] = {}
        self._chiefs: dict[str, tuple[str, ...]] = {}

    def told(self, case: Case, alarm: Alarmed) -> tuple[str, ...]:
        """The accounts: the holder by name, else whoever may do the task, else (and for a limit) 首席代表."""
        if alarm.holder:
            return (alarm.holder,)
        able = self._owners(case, alarm.organ, alarm.act) if alarm.act else ()
        return able or self._chiefs_of(alarm.organ)

    def _owners(self, case: Case, organ: str, act: Act) -> tuple[str, ...]:
        key = (act, organ, case.area, case.item)
        if key not in self._able:
            target = Target(frozenset({organ}), case.area, case.applicant, case.item, case.number)
            found = orgs.officers(act, target, self._on)
            self._able[key] = tuple(person.account for person in found if person.account)
        return self._able[key]

    def _chiefs_of(self, organ: str) -> tuple[str, ...]:
        """首席代表 of the organ; where it has none, its leaders."""
        if organ not in self._chiefs:
            posts = [post for post in orgs.posts(organ, self._on) if post.kind is PostKind.CHIEF]
            found = [person for post in posts for person in orgs.holders(post.code, self._on)]
            found = found or [person for _, person in orgs.leaders(organ, self._on)]
            self._chiefs[organ] = tuple(dict.fromkeys(person.account for person in found if person.account))
        return self._chiefs[organ]


def remind(case: Case, item: ItemVersion, *, by: Actor, at: datetime, crew: Crew) -> int:
    """Tell the officers of everything of this case that is yellow or red and of which they were not told yet.

    For use inside the transaction that holds the case's row: two sweeps never tell twice. One message a person even
    where task and limit end on one day. How many were told.
    """
    told = set(models.Reminder.objects.filter(case_id=case.id).values_list("key", "due", "level"))
    found = alarmed(case, item, calendar=areas.calendar(case.area), on=local_date(at))
    new = [each for each in found if (each.key, each.due, each.level) not in told]
    rows = models.Reminder.objects.bulk_create(
        models.Reminder(case_id=case.id, key=each.key, due=each.due, level=each.level, at=at) for each in new
    )
    already: set[tuple[str, date]] = set()
    entries = []
    for row, each in zip(rows, new, strict=True):
        to = [account for account in crew.told(case, each) if (account, each.due) not in already]
        already.update((account, each.due) for account in to)
        _send(case, each, to, at=at)
        entries.append(_entry(row.pk, case, each, to=to, by=by, at=at))
    if entries:
        journal.append(entries)
    return len(already)


def _send(case: Case, alarm: Alarmed, to: list[str], *, at: datetime) -> None:
    words = {"item": case.item_name, "step": alarm.what, "due": chinese_date(alarm.due), "case": case.number}
    about = notices.About(f"case:{case.number}", case.area)
    for account in to:
        if alarm.template:
            notices.send(account, alarm.template, words, at=at, about=about, channels=(Channel.SMS,))
        else:
            notices.send(account, TEMPLATES[alarm.level], words, at=at, about=about)


def _entry(pk: int, case: Case, alarm: Alarmed, *, to: list[str], by: Actor, at: datetime) -> Entry:
    return Entry(
        stream=f"reminder:{pk}",
        seq=1,
        kind="officers_reminded",
        occurred_at=at,
        actor=by,
        body={
            "case": case.number,
            "key": alarm.key,
            "organ": alarm.organ,
            "due": alarm.due.isoformat(),
            "level": alarm.level.value,
            "to": list(to),
        },
        entry_mode=store.mode_of(by),
    )
