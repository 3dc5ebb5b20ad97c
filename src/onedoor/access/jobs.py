"""What the worker does for access."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onedoor.access import commands


@app.periodic(cron="40 3 * * *")
@app.task(name="access.sweep", queue="upkeep", queueing_lock="access.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every night: remove expired sessions, tokens and locks. Safe to run twice, never retried."""
    commands.sweep(at=datetime.fromtimestamp(timestamp, UTC))
