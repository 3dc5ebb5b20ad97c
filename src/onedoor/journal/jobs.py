"""Turns of the worker's loops: seal what is finished, let followers read on. Not one job per second."""

from __future__ import annotations

import structlog
from django.db import DatabaseError
from django.utils import timezone

from onedoor.journal import commands, ports

log = structlog.get_logger(__name__)


def seal() -> int:
    """Seal until nothing is new; returns how many facts. Any number of processes may call it: one works at a time."""
    total = 0
    while sealed := commands.seal(at=timezone.now()):
        total += sealed
    return total


def follow() -> int:
    """Move every wired follower on until it is up to date; one that fails waits for the next turn, others go on."""
    return sum(_drain(follower) for follower in ports.followers())


def _drain(follower: ports.Follower) -> int:
    total = 0
    try:
        while moved := commands.follow(follower):
            total += moved
    except DatabaseError as error:
        log.error("follower_failed", follower=follower.name, error=str(error))
    return total
