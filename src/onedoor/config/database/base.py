"""Django's engine for PostgreSQL; a pooled connection is looked at before use without asking the server.

Django's own check asks the server before every request. A server that has ended closes its sockets, and a closed
socket is readable: the kernel knows without a round trip. Only where something is there to read is the server asked.
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """After a restart of the database nobody meets a dead connection."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A living connection out of the pool; dead ones are handed back, and the pool replaces them."""
        connection = super().get_new_connection(conn_params)
        while self.pool and is_dead(connection):
            self.pool.putconn(connection)
            connection = self.pool.getconn()
        return connection


def is_dead(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has left; such a connection is closed afterwards."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if not poll.poll(0):
        return False
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        connection.close()
        return True
    return False
