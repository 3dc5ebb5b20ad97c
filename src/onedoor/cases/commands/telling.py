"""Telling the applicant what was done on a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.queries.rows import case_of, cases_by_ids, whole
from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import governing, profile_of
from onedoor.cases.rules.telling import told
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel

AFTER_SUBMIT: Final = "cases.after_submit"
MOST_AT_ONCE: Final = 100
SMS_TOO: Final = (Channel.SMS,)
# Waiting jobs of the same kind that were never tried: done together with this one, they go in the same transaction.
TAKE_WAITING: Final = """
DELETE FROM procrastinate_jobs WHERE id IN (
  SELECT id FROM procrastinate_jobs
  WHERE status = 'todo' AND task_name = %s AND attempts = 0 AND scheduled_at IS NULL
  ORDER BY priority DESC, id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING (args ->> 'case_id')::bigint
"""


@transaction.atomic(durable=True)
def tell(number: str, kinds: Iterable[str], *, at: datetime) -> None:
    """Send the applicant one message for each kind of event that has one, in the site and by SMS."""
    notices.send_all(_letters(case_of(whole(models.Case.objects.all()).get(number=number)), kinds), at=at)


@transaction.atomic(durable=True)
def tell_of_receipt(case_id: int, *, at: datetime, together: bool) -> int:
    """Tell the applicant of a received application; how many were told.

    ``together``: also those whose jobs wait behind this one, in this transaction, so that a rush costs one job and
    not one a case. Where that fails all of them wait as before; whoever tries again does so for one case alone.
    """
    ids = [case_id]
    if together:
        with connection.cursor() as cursor:
            cursor.execute(TAKE_WAITING, [AFTER_SUBMIT, MOST_AT_ONCE])
            ids += [row[0] for row in cursor.fetchall()]
    rows = whole(models.Case.objects.filter(pk__in=ids))
    notices.send_all([letter for row in rows for letter in _letters(case_of(row), (e.Submitted.kind,))], at=at)
    return len(rows)


@transaction.atomic(durable=True)
def tell_of_dates(cases: Sequence[int], *, at: datetime) -> int:
    """Tell the applicants of all these cases that their dates moved, in one transaction; how many messages."""
    letters = [letter for case in cases_by_ids(cases) for letter in _letters(case, (e.DatesMoved.kind,))]
    return len(notices.send_all(letters, at=at))


def _letters(case: Case, kinds: Iterable[str]) -> list[notices.Letter]:
    end = governing(case, profile_of(case, items.version(case.item_version)), areas.calendar(case.area))
    about = notices.About(f"case:{case.number}", case.area)
    found = (told(kind, case, end) for kind in kinds)
    return [notices.Letter(case.applicant, each.template, each.values, about, SMS_TOO) for each in found if each]
