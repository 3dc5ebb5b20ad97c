"""What the platform does about errands by itself: those that nobody confirmed are reminded of, then end."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onedoor.agency import commands


@app.periodic(cron="7 0-12 * * *")
@app.task(name="agency.lapse_due", queue="upkeep", queueing_lock="agency.lapse_due")
def lapse_due(timestamp: int) -> None:
    """Every hour by day: people are told by SMS. Safe to run twice."""
    at = datetime.fromtimestamp(timestamp, UTC)
    commands.remind_due(at=at)
    commands.lapse_due(at=at)
