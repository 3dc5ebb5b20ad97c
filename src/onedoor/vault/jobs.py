"""What the worker does for the vault."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from onedoor.vault import commands


@app.periodic(cron="20 3 * * *")
@app.task(name="vault.sweep", queue="upkeep", queueing_lock="vault.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every night: remove bytes that no file refers to. Safe to run twice, never retried."""
    grace = timedelta(hours=settings.VAULT["orphan_hours"])
    commands.sweep(at=datetime.fromtimestamp(timestamp, UTC), grace=grace)
