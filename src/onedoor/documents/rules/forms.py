"""Forms on paper (格式文本) and filled samples of them (示范文本): 行政许可法 §§29, 30."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoice:
    """One box to tick."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One line to fill in: ``value`` "" leaves room for the pen, ``lines`` of it; or boxes to tick."""

    label: str
    value: str = ""
    choices: tuple[FormChoice, ...] = ()
    hint: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """A part of the form under its heading; ``note``: when it is filled in at all."""

    title: str
    rows: tuple[FormRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """A form free of charge (§29(1)), or its 示范文本 where ``sample``. ``frame``: room to draw, in mm."""

    template: ClassVar[str] = "paper_form"
    title: str
    organ: str
    item: str
    edition: str
    sections: tuple[FormSection, ...] = ()
    text: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    frame: int = 0
    sample: bool = False
    demo: bool = False
