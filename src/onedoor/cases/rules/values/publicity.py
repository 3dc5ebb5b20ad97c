"""公示 of a step, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Publicity:
    """公示 of one step. ``objections``: each by key, whether it was answered."""

    on: date
    until: date
    notice: str | None
    objections: dict[str, bool] = field(default_factory=dict)
