"""The checker over what is offered: the whole report, made once, and again when something changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.items.samples import item

from onedoor.items import commands, queries
from onedoor.items.queries import checking
from onedoor.items.rules.lint import report
from onedoor.kernel.actor import system

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
SYSTEM = system("test")
pytestmark = pytest.mark.django_db


def test_it_is_the_report_of_the_offered_lists() -> None:
    commands.publish([item("food-business"), item("adoption")], by=SYSTEM, at=AT)
    offered = queries.versions_by_id([line.id for line in queries.catalogue()])
    assert queries.checked(on=DAY) == report(offered, on=DAY, tables=queries.tables())
    assert len(offered) == 2


def test_an_empty_catalogue_has_an_empty_report() -> None:
    assert queries.checked(on=DAY).organs == ()


def test_it_is_made_once_and_each_version_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    commands.publish([item("food-business"), item("adoption")], by=SYSTEM, at=AT)
    first, told = queries.checked(on=DAY), []
    monkeypatch.setattr(checking, "lint", lambda one, tables, on: told.append(one.name) or ())
    assert queries.checked(on=DAY) is first
    commands.publish([replace(item("adoption"), summary="新说明")], by=SYSTEM, at=AT)
    assert queries.checked(on=DAY) is not first
    assert told == [item("adoption").name]


def test_another_day_is_checked_by_what_is_in_force_then() -> None:
    commands.publish([item("food-business")], by=SYSTEM, at=AT)
    assert queries.checked(on=DAY).day == DAY
    assert queries.checked(on=date(2026, 3, 3)).day == date(2026, 3, 3)
