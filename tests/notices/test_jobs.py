"""The worker knows the jobs of notices by the names under which commands enqueue them."""

from procrastinate.contrib.django import app

from onedoor.notices import commands


def test_jobs_are_known_by_name_and_queue() -> None:
    assert app.tasks["notices.deliver"].queue == commands.QUEUE
    assert ("notices.requeue_lost", "") in app.periodic_registry.periodic_tasks
