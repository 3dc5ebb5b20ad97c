"""The parts that several documents share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands on every letter: who writes, under which number and date, to whom, about which case.

    ``agent``: who acts for the addressee, as it is printed (代理人, 代办人). ``verify_url`` is printed as a QR code;
    ``demo`` marks every page “示例·无法律效力”.
    """

    organ: str
    number: str
    dated: date
    addressee: str
    case_number: str
    item: str
    agent: str = ""
    contact: str = ""
    verify_url: str = ""
    seal_name: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine:
    """One material received: name, copies, form (原件, 复印件, 电子) and where it came from."""

    name: str
    copies: int = 1
    form: str = "电子"
    source: str = "自行提交"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One defect: the material, and what is wrong with it and what to do."""

    material: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A limit in words with its last day: “20 个工作日” from “受理之日” under an article, due on a date.

    ``provisional``: the calendar of that year is not published yet, so the date may still move.
    """

    limit: str
    start: str
    article: str
    due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """复议 and 诉讼: to whom and within how long (行政复议法 §20: days; 行政诉讼法 §46: months)."""

    review_body: str
    review_days: int
    court: str
    court_months: int
    review_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line on a licence: “经营场所” and its value."""

    label: str
    value: str
