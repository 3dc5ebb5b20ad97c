"""From a document to the plain tree that a template reads: dates in words, nothing but text, numbers, lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import ClassVar, Final, Protocol
from zoneinfo import ZoneInfo

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

EDITION: Final = 3  # of all templates together: what was sent in one edition is printed in it for ever
SHANGHAI = ZoneInfo("Asia/Shanghai")


def chinese_date(day: date) -> str:
    """``2026年3月2日``: Arabic figures without leading zeros (GB/T 9704-2012, 7.3.5.4 成文日期)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """``2026年3月2日 09:05`` in Beijing time. A moment without a time zone is a ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_date(local)} {local:%H:%M}"


def to_data(value: object) -> Json:
    """A document (or any part of one) as JSON-ready data. Unknown types are a TypeError."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return chinese_moment(value)
        case date():
            return chinese_date(value)
        case tuple() | list():
            return [to_data(item) for item in value]
    if is_dataclass(value):
        return {field.name: to_data(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"a document cannot hold a {type(value).__name__}")


class Templated(Protocol):
    """A document: a dataclass that names its template."""

    template: ClassVar[str]


def wording(document: Templated) -> str:
    """A document as it is kept: edition and name of its template, and all that it says, as JSON."""
    kept = {"edition": EDITION, "template": document.template, "data": to_data(document)}
    return json.dumps(kept, ensure_ascii=False)
