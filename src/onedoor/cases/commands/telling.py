"""Telling the applicant what was done on a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.commands import store
from onedoor.cases.rules.clocks import governing
from onedoor.cases.rules.telling import told
from onedoor.items import queries as items
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel


@transaction.atomic(durable=True)
def tell(number: str, kinds: Iterable[str], *, at: datetime) -> None:
    """Send the applicant one message for each kind of event that has one, in the site and by SMS."""
    row = models.Case.objects.get(number=number)
    case = store.load(row)
    end = governing(case, items.version(case.item_version).clock, areas.calendar(case.area))
    about = notices.About(f"case:{case.number}", case.area)
    for kind in kinds:
        if message := told(kind, case, end):
            to, text, words = case.applicant, message.template, message.values
            notices.send(to, text, words, at=at, about=about, channels=(Channel.SMS,))
