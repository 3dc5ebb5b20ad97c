"""The lists and thresholds that rules look things up in: data with basis and dates (``items/data/tables.yaml``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from onedoor.kernel.workdays import Calendar


@dataclass(frozen=True, slots=True)
class PowerLevel:
    """法定层级: items of these kinds under this law ("" = any) belong to this level or one above it."""

    law: str
    kinds: frozenset[str]
    lowest: str
    basis: str


@dataclass(frozen=True, slots=True)
class AllowedFee:
    """One fee of the 目录清单; ``cents``: the only amounts in 分 it may have, () where a tariff applies.

    ``until``: the day from which it may not be taken any more, ``ended_by``: what ended it.
    """

    name: str
    basis: str
    cents: tuple[int, ...] = ()
    until: date | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Everything that is in force on one day. ``basis``: on what each list rests, by its name."""

    day: date
    basis: Mapping[str, str]
    topics_person: frozenset[str]
    topics_company: frozenset[str]
    catch_all: tuple[str, ...]
    catch_all_conditions: tuple[str, ...]
    in_registers: tuple[str, ...]
    norms: tuple[str, ...]
    norms_high: tuple[str, ...]
    norms_low: tuple[str, ...]
    norms_not: tuple[str, ...]
    no_pause: tuple[str, ...]
    stages: tuple[tuple[str, ...], ...]
    powers: tuple[PowerLevel, ...]
    fees: tuple[AllowedFee, ...]
    area_codes: Mapping[str, str]
    most_visits: int
    platform_questions: tuple[str, ...]
    known_answers: Mapping[str, str]
    mention_percent: int
    similar_percent: int
    index_weights: Mapping[str, int]
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Edition:
    """One list as it stands from one day until another (None = still)."""

    since: date
    until: date | None
    basis: str
    value: Any

    def holds(self, day: date) -> bool:
        """Whether it is in force on this day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Tables:
    """Every list in all its editions, oldest first."""

    editions: Mapping[str, tuple[Edition, ...]]

    def on(self, day: date) -> Lists:
        """What is in force on a day; before its first edition a list is empty and its rules are silent."""
        found = {name: self._on(name, day) for name in _READERS}
        values = {name: edition.value for name, edition in found.items()}
        return Lists(day=day, basis={name: edition.basis for name, edition in found.items()}, **values)

    def _on(self, name: str, day: date) -> Edition:
        in_force = [edition for edition in self.editions[name] if edition.holds(day)]
        return in_force[-1] if in_force else Edition(day, None, "", _READERS[name](_EMPTY.get(name, [])))


def tables_from(tree: Mapping[str, object]) -> Tables:
    """Tables out of their YAML tree. KeyError where a list, a date or a basis is missing."""
    return Tables({name: tuple(_editions(tree[name], read)) for name, read in _READERS.items()})


def _editions(rows: Any, read: Callable[[Any], Any]) -> Iterator[Edition]:
    for row in sorted(rows, key=lambda row: _day(row["from"])):
        yield Edition(_day(row["from"]), _end(row), row["basis"], read(row["values"]))


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _end(row: Mapping[str, Any]) -> date | None:
    return _day(row["until"]) if row.get("until") else None


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, values))


def _groups(values: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_texts, values))


def _powers(rows: Sequence[Mapping[str, Any]]) -> tuple[PowerLevel, ...]:
    return tuple(PowerLevel(r.get("law", ""), frozenset(r["kinds"]), r["lowest"], r["basis"]) for r in rows)


def _fees(rows: Sequence[Mapping[str, Any]]) -> tuple[AllowedFee, ...]:
    return tuple(
        AllowedFee(r["name"], r["basis"], tuple(r.get("cents", ())), _end(r), r.get("ended_by", "")) for r in rows
    )


def _calendar(tree: Mapping[str, Any]) -> Calendar:
    days_off, make_up = (frozenset(map(_day, tree[key])) for key in ("days_off", "make_up"))
    years = {day.year for day in days_off | make_up} or {1}
    return Calendar(min(years), max(years), days_off, make_up, "tables")


_READERS: dict[str, Callable[[Any], Any]] = {
    "topics_person": frozenset,
    "topics_company": frozenset,
    "catch_all": _texts,
    "catch_all_conditions": _texts,
    "in_registers": _texts,
    "norms": _texts,
    "norms_high": _texts,
    "norms_low": _texts,
    "norms_not": _texts,
    "no_pause": _texts,
    "stages": _groups,
    "powers": _powers,
    "fees": _fees,
    "area_codes": dict,
    "most_visits": int,
    "platform_questions": _texts,
    "known_answers": dict,
    "mention_percent": int,
    "similar_percent": int,
    "index_weights": dict,
    "calendar": _calendar,
}
_EMPTY: dict[str, Any] = {
    "most_visits": 9,
    "mention_percent": 0,
    "similar_percent": 101,
    "calendar": {"days_off": [], "make_up": []},
}
assert set(_READERS) == {field.name for field in fields(Lists)} - {"day", "basis"}  # noqa: S101  # read at import
