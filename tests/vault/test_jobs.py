"""The nightly sweep is a job that the worker knows by name."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django import app

from onedoor.vault import jobs, ports


@pytest.mark.django_db
@pytest.mark.usefixtures("blobs")
def test_the_sweep_runs_with_the_grace_of_the_settings() -> None:
    ports.blobs().put("ab" * 32, io.BytesIO(b"x"))
    now = datetime.now(UTC)
    jobs.sweep(int((now + timedelta(hours=23)).timestamp()))
    assert len(list(ports.blobs().held())) == 1
    jobs.sweep(int((now + timedelta(hours=25)).timestamp()))
    assert list(ports.blobs().held()) == []


def test_the_sweep_is_periodic_and_known_by_name() -> None:
    assert "vault.sweep" in app.tasks
    assert ("vault.sweep", "") in app.periodic_registry.periodic_tasks
