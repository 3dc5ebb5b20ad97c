"""Pooled connections: one that the server has left is noticed without asking."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from onedoor.config.database.base import is_dead
from onedoor.instance.postgres import OWNER, Postgres


@pytest.fixture
def wire(postgres: Postgres) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(str(postgres.dsn(OWNER, "postgres")), autocommit=True)


def test_a_living_connection_is_not_asked_and_not_dead(wire: psycopg.Connection[tuple[object, ...]]) -> None:
    assert not is_dead(wire)
    assert wire.execute("SELECT 1").fetchone() == (1,)


def test_a_connection_that_the_server_ended_is_dead_and_closed(
    wire: psycopg.Connection[tuple[object, ...]], postgres: Postgres
) -> None:
    with psycopg.connect(str(postgres.dsn(OWNER, "postgres")), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [wire.info.backend_pid])
    assert is_dead(wire)
    assert wire.closed


def test_a_message_in_between_is_no_death(wire: psycopg.Connection[tuple[object, ...]], postgres: Postgres) -> None:
    wire.execute("LISTEN something")
    with psycopg.connect(str(postgres.dsn(OWNER, "postgres")), autocommit=True) as other:
        other.execute("NOTIFY something")
    assert not is_dead(wire)
    assert wire.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.django_db
def test_the_instance_uses_this_engine() -> None:
    assert type(connection._connections["default"]).__module__ == "onedoor.config.database.base"  # type: ignore[attr-defined]
