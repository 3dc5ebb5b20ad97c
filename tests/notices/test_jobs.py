"""From an act to a provider's record: a real worker, a real commit, the provider simulated as a process."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from correspondents import Book, send
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from onedoor.config.adapters.messages import HttpSms
from onedoor.journal.queries import stream
from onedoor.kernel.actor import system
from onedoor.notices import commands, ports, queries
from onedoor.notices.models import Delivery
from onedoor.notices.rules import State

sys.path.insert(0, str(Path(__file__).parents[1] / "simulators"))

from simulated import Simulated, simulator


@pytest.fixture
def provider() -> Iterator[Simulated]:
    before = ports.sms(), ports.mail(), ports.book()
    with simulator("sms") as running:
        ports.connect(sms=HttpSms(running.url, token="t"), mail=None, book=Book())
        yield running
    ports.connect(sms=before[0], mail=before[1], book=before[2])


def work() -> None:
    """Let a worker do all that is due now, as the worker process does it."""
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django.utils import connector_params

    with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as running:
        running.run_worker(queues=[commands.QUEUE], wait=False, concurrency=1, install_signal_handlers=False)


@pytest.mark.usefixtures("committed_db")
def test_an_acknowledged_act_reaches_the_provider_through_its_failures(provider: Simulated, settings: Any) -> None:
    settings.NOTICES = settings.NOTICES | {"backoff": [0, 0]}
    provider.fail(2, 503)
    send()
    work()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.receipt) == (State.SENT, 3, "SIM-1")
    (message,) = provider.messages()
    assert (message["phone"], message["key"]) == ("13800000000", f"onedoor-{delivery.id}")


@pytest.mark.usefixtures("committed_db")
def test_a_dead_letter_arrives_after_its_replay(provider: Simulated, settings: Any) -> None:
    settings.NOTICES = settings.NOTICES | {"backoff": []}
    provider.fail(-1, 500)
    send()
    work()
    (letter,) = queries.dead_letters(by=system("test"))
    assert provider.messages() == []
    provider.fail(0, 0)
    commands.replay([letter.id], by=system("test"), at=timezone.now())
    work()
    assert len(provider.messages()) == 1
    kinds = [fact.kind for fact in stream(f"delivery:{letter.id}")]
    assert kinds == ["notice_dead", "notice_replayed", "notice_sent"]


@pytest.mark.usefixtures("committed_db")
def test_what_was_rolled_back_never_reaches_the_provider(provider: Simulated) -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    work()
    assert provider.messages() == []
    assert commands.requeue_lost(at=timezone.now(), grace=timedelta(0)) == 0


def test_jobs_are_known_by_name_and_queue() -> None:
    assert app.tasks["notices.deliver"].queue == commands.QUEUE
    assert ("notices.requeue_lost", "") in app.periodic_registry.periodic_tasks
