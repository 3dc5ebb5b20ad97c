"""Loading the sample county (示例县): everything in one transaction, once, or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

import onedoor.items
from onedoor.access import queries as access
from onedoor.access.rules import Administrator
from onedoor.areas import queries as areas
from onedoor.demo import accounts, data, errands, people, questions, relays, staff, stories
from onedoor.demo.clock import past_days
from onedoor.demo.worker import simulated
from onedoor.instance.calling import command
from onedoor.items import commands as items
from onedoor.items import queries as catalogue
from onedoor.journal.jobs import follow
from onedoor.journal.queries import is_demo
from onedoor.kernel.actor import system
from onedoor.kernel.errors import NotFound, Refused
from onedoor.orgs import commands as orgs

BY = replace(system("demo"), simulated=True)
DAYS = 21  # working days of history
BEFORE = timedelta(days=14)  # people and items are there some time before the first case
ITEMS = Path(onedoor.items.__file__).parent / "data" / "530524"

Say = Callable[[str], None]


def load(*, at: datetime, say: Say) -> bool:
    """Load the sample county with its people, accounts and cases; False where it was loaded before.

    Refused in any instance that was not declared a demo when it was made.
    """
    if not is_demo():
        raise Refused("not_demo", f"这是正式实例，不能装入示例数据。请用 {command()} up --data 另建一个示例实例。")
    if _loaded():
        return False
    say("正在装入示例数据（只在第一次启动时，大约半分钟）：")
    with _at_once():
        _everything(at, say)
    with _step("统计", say):
        follow()  # the figures stand before anybody looks
    return True


def _loaded() -> bool:
    try:
        access.account_named(Administrator.SYSTEM.value, by=BY)
    except NotFound:
        return False
    return True


def _everything(at: datetime, say: Say) -> None:
    days = past_days(areas.calendar(), today=timezone.localdate(at), number=DAYS)
    begin = timezone.make_aware(datetime.combine(days.first, datetime.min.time())) - BEFORE
    with _step("机构、场所和人员", say):
        orgs.import_folder(by=BY, at=at)
        orgs.import_file(orgs.DATA / "sample" / "staff.yaml", by=BY, at=at)
    with _step("政务服务事项", say):
        items.import_folder(ITEMS, by=BY, at=begin)
        catalogue.forget()
    with _step("群众、企业和账号", say):
        everybody = people.enter(by=BY, at=begin)
        opened = staff.open_accounts(everybody, by=BY, at=begin)
        accounts.save((*opened, staff.admit_client(by=BY, at=at)))
    with _step("一个月以来的办件", say), simulated() as worker:
        stage = stories.Stage(everybody, staff.cast(everybody, by=BY, on=days.first), days, worker)
        number = stories.play(stage, stories.scripts(data.read("stories")))
        asked, prepared, relayed = questions.play(stage), errands.play(stage), relays.play(stage)
    say(f"  共 {number} 件办件、{asked} 个咨询、{prepared} 件代办、{relayed} 件异地代收。")


@contextmanager
def _at_once() -> Iterator[None]:
    """One transaction around commands that are each a transaction of their own: all of it, or nothing at all."""
    transaction.set_autocommit(False)
    try:
        yield
        transaction.commit()
    except BaseException:
        transaction.rollback()
        raise
    finally:
        transaction.set_autocommit(True)


@contextmanager
def _step(name: str, say: Say) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"  {name}：{time.monotonic() - began:.1f} 秒")
