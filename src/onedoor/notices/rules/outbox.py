"""The life of one outgoing message: queued, sent, skipped, or dead after the last try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """投递状态."""

    QUEUED = "queued"  # 待发
    SENT = "sent"  # 已发
    SKIPPED = "skipped"  # 未发：未配置通道，或者没有联系方式
    DEAD = "dead"  # 死信：多次失败，等人处理


class Outcome(StrEnum):
    """What one try came to."""

    SENT = "sent"
    NO_ADDRESS = "no_address"
    LATER = "later"  # the provider is down or busy
    NEVER = "never"  # the provider refuses this message for good


@dataclass(frozen=True, slots=True)
class Attempt:
    """What follows from a try: the new state, and for QUEUED in how many seconds the next one starts."""

    state: State
    wait: int | None = None


def after(outcome: Outcome, *, tries: int, backoff: Sequence[int]) -> Attempt:
    """What follows from the outcome of try number ``tries`` (from 1). ``backoff``: seconds before each retry."""
    match outcome:
        case Outcome.SENT:
            return Attempt(State.SENT)
        case Outcome.NO_ADDRESS:
            return Attempt(State.SKIPPED)
        case Outcome.NEVER:
            return Attempt(State.DEAD)
    if tries > len(backoff):
        return Attempt(State.DEAD)
    return Attempt(State.QUEUED, backoff[tries - 1])
