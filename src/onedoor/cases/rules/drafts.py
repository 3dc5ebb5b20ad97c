"""草稿 as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from onedoor.kernel.expr import Value


@dataclass(frozen=True, slots=True)
class Draft:
    """An application not yet handed in: cleaned answers so far, vault files by material key."""

    id: str
    item: str
    item_version: int
    item_name: str
    applicant: str
    answers: Mapping[str, Value]
    files: Mapping[str, tuple[int, ...]]
    version: int
    updated: datetime
