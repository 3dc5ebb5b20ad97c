"""What the platform does about errands by itself: those that nobody confirmed end."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onedoor.agency import commands


@app.periodic(cron="7 * * * *")
@app.task(name="agency.lapse_due", queue="upkeep", queueing_lock="agency.lapse_due")
def lapse_due(timestamp: int) -> None:
    """Every hour. Safe to run twice."""
    commands.lapse_due(at=datetime.fromtimestamp(timestamp, UTC))
