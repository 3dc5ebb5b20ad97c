"""The health page on files and messages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onedoor.config import watch
from onedoor.config.health import CHECKS, Level
from onedoor.notices.queries import OutboxState
from onedoor.vault.rules import ScannerState

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def outbox(**changes: Any) -> OutboxState:
    held = {"sms": True, "mail": True, "queued": 0, "dead": 0, "skipped": 0, "oldest_due": None}
    return OutboxState(**{**held, **changes})


@pytest.mark.parametrize(
    ("configured", "working", "level"),
    [(False, False, Level.WARNING), (True, True, Level.GOOD), (True, False, Level.BAD)],
)
def test_the_scanner_is_missing_working_or_silent(
    monkeypatch: pytest.MonkeyPatch, configured: bool, working: bool, level: Level
) -> None:
    state = ScannerState(configured=configured, working=working, label="未配置查毒")
    monkeypatch.setattr(watch.vault, "scanner_state", lambda: state)
    found = watch.scanner(NOW)
    assert (found.name, found.level) == ("查毒", level)
    assert "未配置查毒" in found.text


@pytest.mark.parametrize(
    ("state", "level"),
    [
        (outbox(), Level.GOOD),
        (outbox(mail=False), Level.NOTE),
        (outbox(dead=2), Level.WARNING),
        (outbox(queued=1, oldest_due=NOW - timedelta(minutes=1)), Level.GOOD),
        (outbox(queued=1, oldest_due=NOW - timedelta(hours=1)), Level.BAD),
    ],
)
def test_messages_that_stay_are_seen(monkeypatch: pytest.MonkeyPatch, state: OutboxState, level: Level) -> None:
    monkeypatch.setattr(watch.notices, "outbox_state", lambda: state)
    assert watch.messages(NOW).level is level


def test_both_are_on_the_page() -> None:
    assert {watch.scanner, watch.messages} <= set(CHECKS)
