"""转报 (行政许可法 §§35, 43): 初步审查意见, sent to the upper level with all materials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from onedoor.documents.rules.parts import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardReport:
    """初步审查意见: addressed to the organ that decides. ``within``: its own limit in words, "" where none is set.

    ``permit``: whether the law forbids to ask the applicant again for what goes along.
    """

    template: ClassVar[str] = "upward_report"
    head: Head
    applicant: str
    accepted_on: date
    advice: str
    opinion: str
    way: str
    materials: tuple[str, ...]
    basis: tuple[str, ...]
    within: str = ""
    permit: bool = False
