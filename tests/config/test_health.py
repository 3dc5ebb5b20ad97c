"""The health page."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from pytest_django import Settings

from onedoor.config import health
from onedoor.config.health import Finding, Level
from onedoor.instance.home import Home

pytestmark = pytest.mark.django_db


def found(name: str) -> Finding:
    return next(finding for finding in health.findings(timezone.now()) if finding.name == name)


def test_anyone_learns_that_it_serves_and_nothing_more(client: Client) -> None:
    response = client.get("/health.json")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_without_a_database_it_says_so_with_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(health.connection, "cursor", refuse)
    assert client.get("/health.json").status_code == 503


def test_the_page_does_not_exist_for_those_who_do_not_manage_the_system(client: Client) -> None:
    assert client.get("/health").status_code == 404


def test_a_disk_nearly_full_is_told_before_writes_are_refused() -> None:
    free = health.free_bytes()
    for least, level in ((0, Level.GOOD), (free // 2, Level.WARNING), (2 * free, Level.BAD)):
        with override_settings(LEAST_FREE_BYTES=least):
            assert found("磁盘").level is level


def test_missing_and_damaged_keys_are_named(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    assert found("密钥").level is Level.BAD
    Home(tmp_path).create()
    assert found("密钥").level is Level.GOOD
    (tmp_path / "keys" / "personal.key").write_bytes(b"short")
    assert "personal.key" in found("密钥").text


def test_a_single_role_that_may_change_the_journal_is_told() -> None:
    assert "只有一个数据库角色" in found("数据库").text  # tests run as the owner


def test_no_worker_is_a_fault_and_a_living_one_is_not() -> None:
    assert found("后台进程").level is Level.BAD
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert found("后台进程").level is Level.GOOD


def test_a_job_of_a_dead_worker_and_a_late_job_are_counted() -> None:
    assert found("后台任务").level is Level.GOOD
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at, worker_id) VALUES"
            " ('q', 'late', 'todo', now() - interval '1 hour', NULL),"
            " ('q', 'dead', 'doing', NULL, (SELECT max(id) FROM procrastinate_workers)),"
            " ('q', 'gone', 'failed', NULL, NULL)"
        )
    assert found("后台任务").text == "失败 1 件，停滞 1 件，超过五分钟没有开始 1 件"


def test_a_clock_that_differs_from_the_databases_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(health.timezone, "now", lambda: later)
    assert "相差 3600 秒" in health.clock(later).text


@pytest.mark.parametrize(("synchronised", "level"), [(True, Level.GOOD), (False, Level.WARNING)])
def test_a_clock_that_nobody_keeps_right_is_told(
    synchronised: bool, level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "is_synchronised", lambda: synchronised)
    assert health.clock(timezone.now()).level is level


@pytest.mark.parametrize(("lag", "level"), [(None, Level.GOOD), (5.0, Level.GOOD), (61.0, Level.BAD)])
def test_a_seal_that_lags_is_a_fault(lag: float | None, level: Level) -> None:
    assert health.seal_lag(lambda: lag)(timezone.now()).level is level
