"""What the platform does about questions by itself: those of which nothing more comes are asked about, then closed."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onedoor.hotline import commands


@app.periodic(cron="50 0 * * *")
@app.task(name="hotline.settle_idle", queue="upkeep", queueing_lock="hotline.settle_idle", pass_context=False)
def settle_idle(timestamp: int) -> None:
    """Every morning. Safe to run twice."""
    commands.settle_all_idle(at=datetime.fromtimestamp(timestamp, UTC))
