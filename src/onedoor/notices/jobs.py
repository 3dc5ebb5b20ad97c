"""What the worker does for notices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from onedoor.notices import commands


@app.task(name="notices.deliver", queue=commands.QUEUE)
def deliver(delivery: int) -> None:
    """One try to send one message; further tries enqueue themselves."""
    commands.deliver(delivery, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="notices.requeue_lost", queue="upkeep", queueing_lock="notices.requeue_lost")
def requeue_lost(timestamp: int) -> None:
    """Every ten minutes: pick up messages whose job was lost. Safe to run twice, never retried."""
    grace = timedelta(seconds=settings.NOTICES["lost_after"])
    commands.requeue_lost(at=datetime.fromtimestamp(timestamp, UTC), grace=grace)
