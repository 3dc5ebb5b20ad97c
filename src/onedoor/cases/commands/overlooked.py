"""追加请求: the organ asks for what it overlooked; the applicant brings it, says no, or says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.rules import overlooked
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor


@transaction.atomic(durable=True)
def ask_overlooked(
    number: str, *, by: Actor, at: datetime, materials: Mapping[str, str], reason: str, version: int | None = None
) -> Case:
    """追加请求: material key → what would help, by a leader of the organ who has not handled the case."""
    doing = Doing(by, at, version, (Act.NOTIFY,))
    return act(number, doing, lambda c, now: overlooked.ask(c, now, materials=materials, reason=reason))


@transaction.atomic(durable=True)
def decline_overlooked(number: str, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """申请人不补 what was asked for too late. What it does bring comes as ``hand_in_owed``."""
    return act(number, Doing(by, at, version, (Act.SUPPLEMENT,)), overlooked.decline)
