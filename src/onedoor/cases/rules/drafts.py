"""草稿 as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from onedoor.kernel.journey import Answer


@dataclass(frozen=True, slots=True)
class Content:
    """What is filled in so far: situations, cleaned answers, vault files by material key."""

    situations: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """An application not yet handed in."""

    id: str
    item: str
    item_version: int
    item_name: str
    applicant: str
    content: Content
    version: int
    updated: datetime


EMPTY = Content()
