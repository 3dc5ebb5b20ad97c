"""材料意见 of the organs of a bundle's members."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.rules import gathering
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor


@transaction.atomic(durable=True)
def speak(
    number: str, *, by: Actor, at: datetime, member: str, materials: Mapping[str, str], version: int | None = None
) -> Case:
    """提材料意见 on the whole, by the organ of one member, before the lead's one notice; no materials: all is there."""
    return act(
        number,
        Doing(by, at, version, (Act.REVIEW,), member),
        lambda c, now: gathering.speak(c, now, member=member, materials=materials),
    )
