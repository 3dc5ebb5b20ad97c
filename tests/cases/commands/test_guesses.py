"""Guesses at query passwords and comparisons of files are counted by day, and forgotten after some days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.cases.world import AT, World

from onedoor.access.queries import policy
from onedoor.access.queries.policy import SHIPPED
from onedoor.cases import commands, jobs, models
from onedoor.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_the_limits_are_the_instances_own_data(world: World, tmp_path: Path, settings: LazySettings) -> None:
    receipt = commands.submit(world.application(), by=world.citizen, at=AT, key="a")
    settings.DATA = tmp_path
    (tmp_path / "signin.toml").write_text(SHIPPED.read_text().replace("query_tries = 5", "query_tries = 2"))
    for _ in range(2):
        assert not commands.check_password(receipt.number, "00000000", at=AT)
    with pytest.raises(Refused):
        commands.check_password(receipt.number, receipt.password, at=AT)


def test_another_day_is_another_count(world: World) -> None:
    receipt = commands.submit(world.application(), by=world.citizen, at=AT, key="a")
    for _ in range(policy(AT.date()).query_tries):
        commands.check_password(receipt.number, "00000000", at=AT)
    assert commands.check_password(receipt.number, receipt.password, at=AT + timedelta(days=1))


def test_comparisons_from_one_address_are_limited(world: World) -> None:
    for _ in range(policy(AT.date()).compare_tries_of_address):
        commands.charge_comparison("192.0.2.1", at=AT)
    with pytest.raises(Refused, match="核对文件的次数过多"):
        commands.charge_comparison("192.0.2.1", at=AT)
    commands.charge_comparison("192.0.2.2", at=AT)


def test_counts_of_days_past_are_forgotten_and_once_is_as_good_as_twice(world: World) -> None:
    kept = policy(AT.date()).guesses_kept_days
    for days in (0, 1, kept, kept + 1, kept + 40):
        commands.check_password("number", "0", at=AT - timedelta(days=days), address="192.0.2.1")
    assert commands.forget_guesses(at=AT) == 4
    assert commands.forget_guesses(at=AT) == 0
    assert {row.day for row in models.Guess.objects.all()} == {
        (AT - timedelta(days=days)).date() for days in (0, 1, kept)
    }


def test_the_night_job_may_run_twice(world: World) -> None:
    commands.check_password("number", "0", at=AT)
    later = int((AT + timedelta(days=60)).timestamp())
    jobs.forget_guesses(later)
    jobs.forget_guesses(later)
    assert not models.Guess.objects.exists()
